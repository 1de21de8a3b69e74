package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/server"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

type tokenCommand struct {
	Mint    tokenMint    `cmd:"" help:"Sign a test token for a door with a key of an app."`
	Inspect tokenInspect `cmd:"" help:"Explain a token: each check, passed or failed, and the cure."`
}

type tokenMint struct {
	config.Store `embed:""`
	Key          string            `required:"" help:"Id of the key to sign with."`
	Door         chat.Door         `default:"sdk" enum:"sdk,jsm,code" help:"Door that the token is for: ${enum}."`
	ExternalID   string            `help:"External id of the user: sdk and code."`
	Number       int64             `help:"Number of the user: code."`
	Email        string            `help:"E-mail address: jsm, code."`
	Name         string            `help:"Name of the user."`
	Expires      time.Duration     `default:"1h" help:"Time until exp, e.g. --expires=-1h for a token that has expired (with the equals sign); 0 leaves exp out."`
	Claim        map[string]string `help:"Further claims, name=value; a value that is JSON is taken as JSON."`
	JSON         bool              `name:"json" help:"Print JSON."`
}

func (t *tokenMint) Run(ctx context.Context, o *output) error {
	return data(ctx, t.Store, o, func(opened server.Data, _ *admin.Service) error {
		now := time.Now()
		claims, err := t.claims(now)
		if err != nil {
			return err
		}
		token, err := opened.Keys.Mint(ctx, chat.KeyID(t.Key), t.Door, claims, now)
		if err != nil {
			return err
		}
		if t.JSON {
			return o.json(map[string]string{"token": token})
		}
		o.line("%s", token)
		return nil
	})
}

// claims are those of the door's documented form.
func (t *tokenMint) claims(now time.Time) (map[string]any, error) {
	claims := map[string]any{"iat": now.Unix()}
	if t.Expires != 0 {
		claims["exp"] = now.Add(t.Expires).Unix()
	}
	set := func(into map[string]any, name, value string) {
		if value != "" {
			into[name] = value
		}
	}
	switch t.Door {
	case chat.DoorSDK:
		if t.ExternalID == "" {
			return nil, errors.New("--external-id is required for the sdk door")
		}
		set(claims, "external_id", t.ExternalID)
		set(claims, "email", t.Email)
		set(claims, "name", t.Name)
	case chat.DoorJSM:
		if t.Email == "" {
			return nil, errors.New("--email is required for the jsm door")
		}
		set(claims, "email", t.Email)
		set(claims, "displayName", t.Name)
	case chat.DoorCode:
		switch {
		case t.ExternalID != "":
			user := map[string]any{"id": t.ExternalID}
			set(user, "email", t.Email)
			set(user, "name", t.Name)
			claims["user"] = user
		case t.Number > 0:
			claims["id"] = t.Number
		case t.Email != "":
			claims["email"] = t.Email
		default:
			return nil, errors.New("one of --external-id, --number and --email is required for the code door")
		}
	}
	for name, text := range t.Claim {
		var value any
		if json.Unmarshal([]byte(text), &value) != nil {
			value = text
		}
		claims[name] = value
	}
	return claims, nil
}

type tokenInspect struct {
	config.Store `embed:""`
	App          string    `help:"Id of the app that the token is for. Default: the first app."`
	Door         chat.Door `default:"sdk" enum:"sdk,jsm,code" help:"Door at which the token is presented: ${enum}."`
	ExternalID   string    `help:"The argument of login(externalId, jwt), if one is given."`
	Token        string    `arg:"" optional:"" help:"The token; without it, or with -, it is read from standard input, which keeps it out of the shell's history."`
	JSON         bool      `name:"json" help:"Print JSON."`
}

// errRefused makes the exit code tell that the token does not hold; everything has been said.
var errRefused = errors.New("this token is refused")

func (t *tokenInspect) Run(ctx context.Context, o *output) error {
	token, err := t.text()
	if err != nil {
		return err
	}
	return data(ctx, t.Store, o, func(opened server.Data, _ *admin.Service) error {
		app, err := t.app(ctx, opened.Store)
		if err != nil {
			return err
		}
		request := auth.Request{App: app, Door: t.Door, Token: token, ExternalID: t.ExternalID}
		diagnosis, err := auth.NewVerifier(opened.Keys).Inspect(ctx, request, time.Now())
		if err != nil {
			return err
		}
		if t.JSON {
			err = o.json(diagnosisOf(diagnosis))
		} else {
			o.diagnosis(diagnosis)
		}
		if err == nil && diagnosis.Refusal != nil {
			err = errRefused
		}
		return err
	})
}

func (t *tokenInspect) text() (string, error) {
	if t.Token != "" && t.Token != "-" {
		return t.Token, nil
	}
	raw, err := io.ReadAll(io.LimitReader(os.Stdin, 1<<20))
	return strings.TrimRight(string(raw), "\r\n"), err
}

func (t *tokenInspect) app(ctx context.Context, s store.Store) (app chat.App, err error) {
	err = s.Read(ctx, func(tx store.Tx) error {
		var err error
		if t.App != "" {
			app, err = tx.GetApp(chat.AppID(t.App))
			return err
		}
		found := false
		if app, found, err = tx.FindDefaultApp(); err == nil && !found {
			err = errors.New("there is no app yet: make one with parlor app create")
		}
		return err
	})
	return app, err
}

// diagnosis is a token explained, as JSON.
type diagnosis struct {
	Accepted bool            `json:"accepted"`
	Refusal  *wire.Problem   `json:"refusal,omitempty"`
	Checks   []check         `json:"checks"`
	Header   json.RawMessage `json:"header,omitempty"`
	Claims   json.RawMessage `json:"claims,omitempty"`
}

type check struct {
	Name   string `json:"name"`
	State  string `json:"state"`
	Detail string `json:"detail,omitempty"`
	Cure   string `json:"cure,omitempty"`
}

func diagnosisOf(d auth.Diagnosis) diagnosis {
	out := diagnosis{Accepted: d.Refusal == nil, Header: validJSON(d.Header), Claims: validJSON(d.Claims)}
	if d.Refusal != nil {
		problem := wire.ProblemOf(d.Refusal)
		out.Refusal = &problem
	}
	for _, c := range d.Checks {
		out.Checks = append(out.Checks, check{c.Name, string(c.State), c.Detail, c.Cure})
	}
	return out
}

// validJSON is nil where a refused token holds something else.
func validJSON(raw []byte) json.RawMessage {
	if !json.Valid(raw) {
		return nil
	}
	return raw
}

var marks = map[auth.State]string{auth.Passed: "✓", auth.Failed: "✗", auth.NotReached: "·"}

func (o *output) diagnosis(d auth.Diagnosis) {
	for _, c := range d.Checks {
		o.line("%s %-22s %s", marks[c.State], c.Name, c.Detail)
		if c.Cure != "" {
			o.line("  %-22s → %s", "", c.Cure)
		}
	}
	if d.Refusal == nil {
		o.line("\nThis token is accepted.")
		return
	}
	claim := ""
	if d.Refusal.Field != "" {
		claim = fmt.Sprintf(" (%s)", d.Refusal.Field)
	}
	o.line("\nThis token is refused: %s%s. %s", d.Refusal.Code+" "+string(d.Refusal.Reason), claim, d.Refusal.Message)
}
