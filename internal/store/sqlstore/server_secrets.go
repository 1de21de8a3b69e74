package sqlstore

import "github.com/parlorchat/parlor/internal/store"

func scanServerSecret(row scanner, s *store.ServerSecret) error { return row.Scan(&s.Name, &s.Sealed) }

func (t *tx) KeepServerSecret(made store.ServerSecret) (store.ServerSecret, error) {
	const doing = "keep server secret"
	if _, err := t.exec(doing, `INSERT INTO server_secrets (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING`, made.Name, blob(made.Sealed)); err != nil {
		return store.ServerSecret{}, err
	}
	return get(t, "secret", doing, scanServerSecret, `SELECT name, sealed FROM server_secrets WHERE name = $1`, made.Name)
}

func (t *tx) UpdateServerSecret(s store.ServerSecret) error {
	return t.execOn("secret", "update server secret", `UPDATE server_secrets SET sealed = $2 WHERE name = $1`, s.Name, blob(s.Sealed))
}

func (t *tx) ListServerSecrets() ([]store.ServerSecret, error) {
	return list(t, "list server secrets", scanServerSecret, `SELECT name, sealed FROM server_secrets ORDER BY name`)
}
