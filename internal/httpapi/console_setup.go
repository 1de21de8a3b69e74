package httpapi

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// Doctor explains tokens.
type Doctor interface {
	Inspect(ctx context.Context, r auth.Request, now time.Time) (auth.Diagnosis, error)
}

// getSetUp tells how the app is set up.
func (c *call) getSetUp() (answer, error) {
	return c.setUp(c.api.Admin.GetApp(c.Context(), c.principal, c.app.ID))
}

func (c *call) setUp(app chat.App, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return ok(wire.SetUpOf(app, admin.SettingTexts(app)))
}

// changeSetUp changes settings of the app and its logo, all that are named or none.
func (c *call) changeSetUp() (answer, error) {
	var body wire.SetUpChange
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if body.Settings == nil {
		return answer{}, chat.InvalidField("settings", "is required: the settings to change, by name")
	}
	changes := admin.AppChanges{Settings: body.Settings}
	if body.Logo != nil {
		picture, err := base64.StdEncoding.DecodeString(*body.Logo)
		if err != nil {
			return answer{}, chat.InvalidField("logo", "must be the bytes of a picture in base64")
		}
		changes.Logo = &picture
	}
	return c.setUp(c.api.Admin.SetApp(c.Context(), c.principal, c.app.ID, changes))
}

// listSetUpKeys lists all keys of the app, oldest first, also those that are good no more.
func (c *call) listSetUpKeys() (answer, error) {
	keys, err := c.api.Admin.ListKeys(c.Context(), c.principal, c.app.ID)
	if err != nil {
		return answer{}, err
	}
	list := wire.SetUpKeys{Keys: make([]wire.SetUpKey, 0, len(keys))}
	for _, key := range keys {
		list.Keys = append(list.Keys, wire.SetUpKeyOf(key, c.api.Now()))
	}
	return ok(list)
}

// makeSetUpKey makes a key for the uses that are named. Its secret is shown this once.
func (c *call) makeSetUpKey() (answer, error) {
	var body wire.SetUpKeyInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	uses := make([]chat.Use, len(body.Uses))
	for i, use := range body.Uses {
		uses[i] = chat.Use(use)
	}
	return c.madeKey(c.api.Admin.CreateKey(c.Context(), c.principal, admin.KeyInput{App: c.app.ID, Name: body.DisplayName, Uses: uses}))
}

// rotateSetUpKey makes the successor of a key, beside which the old one works for a while.
func (c *call) rotateSetUpKey() (answer, error) {
	var body wire.RotationInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	// Before it is a duration: a large count of seconds is none.
	if most := int64(chat.MaxKeyOverlap / time.Second); body.OverlapSeconds < 0 || body.OverlapSeconds > most {
		return answer{}, chat.InvalidField("overlapSeconds", "must be from 0 to %d", most)
	}
	return c.madeKey(c.api.Admin.RotateKey(c.Context(), c.principal, c.app.ID, chat.KeyID(c.PathValue("keyId")), time.Duration(body.OverlapSeconds)*time.Second))
}

func (c *call) madeKey(key chat.Key, secret string, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return created(wire.MadeKey{Key: wire.SetUpKeyOf(key, c.api.Now()), Secret: secret})
}

// revokeSetUpKey ends a key at once, and every session that was minted with it.
func (c *call) revokeSetUpKey() (answer, error) {
	_, err := c.api.Admin.RevokeKey(c.Context(), c.principal, c.app.ID, chat.KeyID(c.PathValue("keyId")))
	return answer{status: http.StatusNoContent}, err
}

// explainToken runs the checks of a sign-in, and tells of each. Nothing of the token is kept.
func (c *call) explainToken() (answer, error) {
	var body wire.DoctorInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	door := chat.Door(body.Door)
	if !door.Valid() {
		return answer{}, chat.InvalidField("door", "must be one of sdk, jsm, code")
	}
	found, err := c.api.Doctor.Inspect(c.Context(), auth.Request{App: c.app, Door: door, Token: body.Token, ExternalID: body.ExternalID}, c.api.Now())
	if err != nil {
		return answer{}, err
	}
	shown := wire.Diagnosis{Accepted: found.Refusal == nil, Checks: make([]wire.DoctorCheck, 0, len(found.Checks)), Header: wire.JSONIn(found.Header), Claims: wire.JSONIn(found.Claims)}
	if found.Refusal != nil {
		refusal := wire.ProblemOf(found.Refusal)
		shown.Refusal = &refusal
	}
	for _, check := range found.Checks {
		shown.Checks = append(shown.Checks, wire.DoctorCheck{Name: check.Name, State: string(check.State), Detail: check.Detail, Cure: check.Cure})
	}
	return ok(shown)
}

// listRefusals lists the kinds of sign-ins that this process has refused.
func (c *call) listRefusals() (answer, error) {
	list := wire.Refusals{Refusals: []wire.Refusal{}}
	for _, refused := range c.api.Directory.Refusals.List(c.app.ID) {
		list.Refusals = append(list.Refusals, wire.Refusal{Problem: wire.ProblemOf(&refused.Why), Door: string(refused.Door), Key: refused.Key, Page: refused.Page,
			Count: refused.Count, FirstAt: wire.At(refused.First), LastAt: wire.At(refused.Last)})
	}
	return ok(list)
}
