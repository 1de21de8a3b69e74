package wire

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
)

// SetUp is how an app is set up. Settings are the texts that "parlor app set" takes, by name.
type SetUp struct {
	App      SetUpApp          `json:"app"`
	Settings map[string]string `json:"settings"`
	Seats    Seats             `json:"seats"`
	Logo     string            `json:"logo,omitzero"` // path of the picture
}

// SetUpApp is an app as those who set it up see it.
type SetUpApp struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	IntegrationID string `json:"integrationId"`
	CreatedAt     Time   `json:"createdAt"`
}

// Seats are how many identified users there are, and may be.
type Seats struct {
	Used  int64  `json:"used"`
	Limit *int64 `json:"limit,omitzero"` // absent: no limit
}

// SetUpOf is an app with the texts of its settings.
func SetUpOf(app chat.App, settings map[string]string) SetUp {
	return SetUp{App: SetUpApp{string(app.ID), app.Name, string(app.IntegrationID), At(app.CreatedAt)}, Settings: settings, Seats: Seats{app.SeatsUsed, app.Settings.Seats}, Logo: LogoPath(app)}
}

// SetUpChange is the body that changes settings.
type SetUpChange struct {
	Settings map[string]string `json:"settings"`
	Logo     *string           `json:"logo"` // a picture in base64; empty: none from now on; absent: as it is
}

// SetUpKey is a key as those who set up an app see it.
type SetUpKey struct {
	ID          string   `json:"id"`
	DisplayName string   `json:"displayName"`
	Uses        []string `json:"uses"`
	Alg         string   `json:"alg"`
	Status      string   `json:"status"` // "live"; "retiring": live until notAfter, as it was rotated; "ended"
	Imported    bool     `json:"imported"`
	Weak        bool     `json:"weak"` // shorter than its algorithm wants
	CreatedAt   Time     `json:"createdAt"`
	NotAfter    Time     `json:"notAfter,omitzero"`
	RevokedAt   Time     `json:"revokedAt,omitzero"`
	LastUsedAt  Time     `json:"lastUsedAt,omitzero"`
}

// SetUpKeyOf is a key at the time.
func SetUpKeyOf(k chat.Key, now time.Time) SetUpKey {
	key := SetUpKey{ID: string(k.ID), DisplayName: k.Name, Uses: make([]string, 0, len(k.Uses)), Alg: k.Alg, Status: "ended", Imported: k.Imported, Weak: k.Weak,
		CreatedAt: At(k.CreatedAt), NotAfter: At(k.NotAfter), RevokedAt: At(k.RevokedAt), LastUsedAt: At(k.LastUsedAt)}
	for _, use := range k.Uses {
		key.Uses = append(key.Uses, string(use))
	}
	switch {
	case k.Live(now) && k.NotAfter.IsZero():
		key.Status = "live"
	case k.Live(now):
		key.Status = "retiring"
	}
	return key
}

// SetUpKeys are the keys of an app.
type SetUpKeys struct {
	Keys []SetUpKey `json:"keys"`
}

// MadeKey is a key with its secret, which is shown this once.
type MadeKey struct {
	Key    SetUpKey `json:"key"`
	Secret string   `json:"secret"`
}

// SetUpKeyInput is the body that makes a key.
type SetUpKeyInput struct {
	DisplayName string   `json:"displayName"`
	Uses        []string `json:"uses"`
}

// RotationInput is the body that rotates a key.
type RotationInput struct {
	OverlapSeconds int64 `json:"overlapSeconds"`
}

// DoctorInput is the body that has a token explained.
type DoctorInput struct {
	Door       string `json:"door"`
	Token      string `json:"token"`
	ExternalID string `json:"externalId"` // the argument of login, if one is given
}

// Diagnosis is a token explained.
type Diagnosis struct {
	Accepted bool           `json:"accepted"`
	Refusal  *Problem       `json:"refusal,omitzero"`
	Checks   []DoctorCheck  `json:"checks"`
	Header   jsontext.Value `json:"header,omitzero"` // as it stands in the token; absent where that is no JSON
	Claims   jsontext.Value `json:"claims,omitzero"`
}

// DoctorCheck is one check of a token.
type DoctorCheck struct {
	Name   string `json:"name"`
	State  string `json:"state"`
	Detail string `json:"detail,omitzero"`
	Cure   string `json:"cure,omitzero"`
}

// JSONIn is a text of a token, or nothing where it is no JSON.
func JSONIn(raw []byte) jsontext.Value {
	if value := jsontext.Value(raw); value.IsValid() {
		return value
	}
	return nil
}

// Refusals are kinds of sign-ins that were refused, the last one first.
type Refusals struct {
	Refusals []Refusal `json:"refusals"`
}

// Refusal is a kind of sign-in that was refused, and how often.
type Refusal struct {
	Problem
	Door    string `json:"door"`
	Key     string `json:"key,omitzero"` // as the token says, unverified
	Page    string `json:"page,omitzero"`
	Count   int64  `json:"count"`
	FirstAt Time   `json:"firstAt"`
	LastAt  Time   `json:"lastAt"`
}
