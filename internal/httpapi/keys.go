package httpapi

import (
	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// createKey makes a key that calls the API and signs users in, as the documented keys do. Its secret is shown this once.
func (c *call) createKey() (answer, error) {
	var body wire.KeyInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if body.DisplayName == "" {
		return answer{}, chat.InvalidField("displayName", "is required")
	}
	key, secret, err := c.api.Admin.CreateKey(c.Context(), c.principal,
		admin.KeyInput{App: c.app.ID, Name: body.DisplayName, Uses: []chat.Use{chat.UseAPI, chat.UseSDK}})
	if err != nil {
		return answer{}, renamed(err)
	}
	shown := wire.KeyOf(key)
	shown.Secret = secret
	return created(wire.OneKey{Key: shown})
}

// listKeys lists the live keys of the app, oldest first.
func (c *call) listKeys() (answer, error) {
	keys, err := c.api.Admin.ListKeys(c.Context(), c.principal, c.app.ID)
	if err != nil {
		return answer{}, err
	}
	list := wire.Keys{Keys: []wire.Key{}}
	for _, key := range keys {
		if key.Live(c.api.Now()) {
			list.Keys = append(list.Keys, wire.KeyOf(key))
		}
	}
	return ok(list)
}

func (c *call) getKey() (answer, error) {
	key, err := c.liveKey()
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneKey{Key: wire.KeyOf(key)})
}

// deleteKey revokes a key: it, and every session that was minted with it, ends at once.
func (c *call) deleteKey() (answer, error) {
	key, err := c.liveKey()
	if err != nil {
		return answer{}, err
	}
	if _, err := c.api.Admin.RevokeKey(c.Context(), c.principal, c.app.ID, key.ID); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) liveKey() (chat.Key, error) {
	key, err := c.api.Admin.GetKey(c.Context(), c.principal, c.app.ID, chat.KeyID(c.PathValue("keyId")))
	if err == nil && !key.Live(c.api.Now()) {
		err = chat.Missing("key")
	}
	return key, err
}
