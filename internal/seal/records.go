package seal

import "github.com/parlorchat/parlor/internal/chat"

// SigningKey is the place of a key's secret: admin seals it there, auth opens it.
func SigningKey(app chat.AppID, key chat.KeyID) Record {
	return Record{App: string(app), Key: string(key), Purpose: "signing key"}
}

// WebhookSecret is the place of a webhook's secret: admin seals it there, webhook opens it.
func WebhookSecret(app chat.AppID, webhook chat.WebhookID) Record {
	return Record{App: string(app), Key: string(webhook), Purpose: "webhook secret"}
}

// ServerSecret is the place of a secret of the server itself: server seals it there and opens it.
func ServerSecret(name string) Record {
	return Record{Key: name, Purpose: "server secret"}
}

// TOTPSecret is the place of the secret that an agent's phone makes codes of: staff seals it there and opens it.
func TOTPSecret(agent chat.AgentID) Record {
	return Record{Key: string(agent), Purpose: "totp secret"}
}
