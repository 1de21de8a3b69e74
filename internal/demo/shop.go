package demo

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
)

//go:embed shop
var shopFiles embed.FS

// customers are who may sign in at the shop.
var customers = map[string]customer{
	"ana": {ID: "customer-1001", Name: "Ana Almeida", Email: "ana@customers.example"},
	"ben": {ID: "customer-1002", Name: "Ben Okafor", Email: "ben@customers.example"},
}

type customer struct{ ID, Name, Email string }

// customerCookie says who is signed in at the shop, on the pages that the shop renders for them. A real shop has a session
// there that nobody can make up.
const customerCookie = "customer"

// shopPage is what the shop's pages are rendered with.
type shopPage struct {
	Path                     string
	Parlor, Integration, App string
	Portal                   string
	Customer                 string // who is signed in, empty: nobody
	Name, Code               string // of the customer: the name, and the code that the backend signed
}

// shop is the company's own web server: a page for each door, and the one endpoint that an integrator writes.
func (c *company) shop() http.Handler {
	pages := template.Must(template.ParseFS(shopFiles, "shop/*.html"))
	static, err := fs.Sub(shopFiles, "shop")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux := http.NewServeMux()
	for path, name := range map[string]string{"/{$}": "sdk.html", "/jsm": "jsm.html", "/code": "code.html", "/shared": "shared.html"} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			c.guard(w)
			pages.ExecuteTemplate(w, name, c.pageFor(r))
		})
	}
	mux.HandleFunc("POST /code", signInAtShop)
	mux.HandleFunc("POST /chat-token", c.chatToken)
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	return mux
}

func (c *company) pageFor(r *http.Request) shopPage {
	page := shopPage{Path: r.URL.Path, Parlor: c.parlor, Integration: string(c.app.IntegrationID), App: string(c.app.ID), Portal: portal}
	cookie, err := r.Cookie(customerCookie)
	if err != nil {
		return page
	}
	who, known := customers[cookie.Value]
	if !known {
		return page
	}
	page.Customer, page.Name = cookie.Value, who.Name
	if page.Code, err = c.sign(chat.DoorCode, who, ""); err != nil {
		panic(err) // the key is one that was made for this
	}
	return page
}

// guard sends the strict policy that a careful company has: its own origin and Parlor's, nothing inline. Pages with a code
// in them must not be kept by anybody.
func (c *company) guard(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' "+c.parlor+
		"; frame-src "+c.parlor+"; connect-src 'self' "+c.parlor+"; img-src 'self' data:")
	w.Header().Set("Cache-Control", "no-store")
}

// signInAtShop signs a customer in at the shop, or out.
func signInAtShop(w http.ResponseWriter, r *http.Request) {
	cookie := http.Cookie{Name: customerCookie, Value: r.FormValue("customer"), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if _, known := customers[cookie.Value]; !known {
		cookie.Value, cookie.MaxAge = "", -1
	}
	http.SetCookie(w, &cookie)
	http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
}
