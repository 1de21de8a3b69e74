package demo

import (
	"embed"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

//go:embed shop
var shopFiles embed.FS

// customers are who may sign in at the shop. A real shop knows who is signed in by its own session.
var customers = map[string]customer{
	"ana": {ID: "customer-1001", Name: "Ana Almeida", Email: "ana@customers.example"},
	"ben": {ID: "customer-1002", Name: "Ben Okafor", Email: "ben@customers.example"},
}

type customer struct{ ID, Name, Email string }

// tokenLife is how long the shop's tokens are good for; the page asks for a fresh one in time.
const tokenLife = 15 * time.Minute

// shop is the company's own web server: its pages, and the one endpoint that an integrator writes.
func (c *company) shop() http.Handler {
	pages := template.Must(template.ParseFS(shopFiles, "shop/*.html"))
	static, err := fs.Sub(shopFiles, "shop")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		c.guard(w)
		pages.ExecuteTemplate(w, "index.html", map[string]string{"Parlor": c.parlor, "Integration": string(c.app.IntegrationID)})
	})
	mux.HandleFunc("POST /chat-token", c.chatToken)
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	return mux
}

// guard sends the strict policy that a careful company has: its own origin and Parlor's, nothing inline.
func (c *company) guard(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' "+c.parlor+
		"; frame-src "+c.parlor+"; connect-src 'self' "+c.parlor+"; img-src 'self' data:")
}

// chatToken signs the customer's token: with the key's id as kid, scope user, and the customer's own id. It also signs
// wrong ones, to show how Parlor explains them.
func (c *company) chatToken(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Customer, Mistake string }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096)).Decode(&asked); err != nil {
		http.Error(w, "the body must be JSON", http.StatusBadRequest)
		return
	}
	who, known := customers[asked.Customer]
	if !known {
		http.Error(w, "nobody is signed in", http.StatusUnauthorized)
		return
	}
	claims := jwt.MapClaims{"scope": "user", "external_id": who.ID, "name": who.Name, "email": who.Email,
		"email_verified": true, "iat": time.Now().Unix(), "exp": time.Now().Add(tokenLife).Unix()}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	token.Header["kid"] = string(c.signing.id)
	secret := []byte(c.signing.secret)
	switch asked.Mistake {
	case "expired":
		claims["exp"] = time.Now().Add(-2 * time.Hour).Unix()
	case "kid":
		token.Header["kid"] = "app_000000000000000000000000"
	case "secret":
		secret = append([]byte("x"), secret...)
	case "number":
		claims["external_id"] = 1001
	}
	signed, err := token.SignedString(secret)
	if err != nil {
		http.Error(w, "cannot sign", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(map[string]string{"externalId": who.ID, "jwt": signed})
}
