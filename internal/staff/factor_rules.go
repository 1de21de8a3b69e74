package staff

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// bySignOn is how a session that the provider opened is called in the audit log.
const bySignOn = "single sign-on"

// askSecondIn refuses whoever has to set up a second factor before they do anything in the app. Nobody is locked out by it: what sets one up is asked of the account and
// of no app.
func askSecondIn(tx store.Tx, agent chat.Agent, session chat.AgentSession, id chat.AppID) error {
	app, err := tx.GetApp(id)
	if err != nil || app.Settings.Factors == chat.FactorsAtWill {
		return err
	}
	factors, err := tx.CountFactors(agent.ID)
	if err == nil && app.Settings.Factors.Misses(session, factors) {
		err = secondNeeded("This app asks everybody for a second factor. Set up an authenticator app or a passkey (POST /console/v1/agent/totp, /console/v1/agent/passkeys), then repeat this.")
	}
	return err
}

func secondNeeded(message string) error { return chat.Refuse("second_factor_needed", message) }

// RequireFactors says of whom in the app a second factor is asked from now on. Who asks it of others has one: Forbidden second_factor_needed otherwise. The one who
// asks must be an owner there: the caller has asked.
func (s *Service) RequireFactors(ctx context.Context, by chat.Agent, id chat.AppID, rule chat.FactorRule) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		factors, err := tx.LockFactors(by.ID)
		if err != nil {
			return err
		}
		if rule != chat.FactorsAtWill && !factors.Second() {
			return secondNeeded("Set up a second factor of your own first, so that you know what you ask of the others.")
		}
		app, err := tx.LockApp(id)
		if err != nil {
			return err
		}
		app.Settings.Factors = rule
		if err := tx.UpdateApp(app); err != nil {
			return err
		}
		if err := tx.AppendEvent(&chat.Event{Kind: chat.EventAppChanged, App: id, At: s.now()}); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: id, At: s.now(), Actor: nameOf(by), Action: "app.factors", Target: string(id), Detail: map[string]string{"required": rule.String()}})
	})
}
