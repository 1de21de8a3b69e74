package seal

import "github.com/parlorchat/parlor/internal/chat"

// SigningKey is the place of a key's secret: admin seals it there, auth opens it.
func SigningKey(app chat.AppID, key chat.KeyID) Record {
	return Record{App: string(app), Key: string(key), Purpose: "signing key"}
}
