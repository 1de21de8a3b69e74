package httpapi_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/httpapi"
	"github.com/parlorchat/parlor/internal/servertest"
)

// role is somebody who calls, and what the audiences answer them; 0 is the route's own success.
type role struct {
	authorization string
	rest          int // of AppKey
	signIn        int // of the sessions endpoint, where the header names a session to replace
	signOut       int // also of lines that are open, whose credential the header holds, too
}

// roles are all who may present themselves at a route.
func (e env) roles() map[string]role {
	account := e.accountKey()
	_, other := e.NewApp("Other")
	sdkOnly, codeOnly, revoked := e.NewKey(chat.UseSDK), e.NewKey(chat.UseCode), e.revokedKey(chat.UseAPI)
	scoped := func(k servertest.Key, scope string) string {
		return "Bearer " + k.Token(e.T, map[string]any{"scope": scope})
	}
	session := e.signIn(`{}`).want(201).signedIn()
	const dead, malformed = 0, 400
	return map[string]role{
		"nobody":                            {"", 401, 0, 401},
		"wrong secret":                      {basic(e.Key.ID, "wrong"), 401, malformed, 401},
		"no secret":                         {basic(e.Key.ID, ""), 401, malformed, 401},
		"another key's secret":              {basic(e.Key.ID, other.Secret), 401, malformed, 401},
		"unknown key":                       {basic("app_0123456789abcdef01234567", e.Key.Secret), 401, malformed, 401},
		"key id with NUL":                   {basic("app_\x00", e.Key.Secret), 401, malformed, 401},
		"no base64":                         {"Basic !!!", 401, malformed, 401},
		"no colon":                          {"Basic " + base64.StdEncoding.EncodeToString([]byte(e.Key.ID)), 401, malformed, 401},
		"another scheme":                    {"Digest a=b", 401, malformed, 401},
		"empty bearer":                      {"Bearer ", 401, malformed, 401},
		"user token":                        {"Bearer " + e.UserToken("u-1"), 403, dead, 0},
		"session token":                     {"Bearer " + session.Session.Token, 401, dead, 0},
		"sdk-only key":                      {basic(sdkOnly.ID, sdkOnly.Secret), 401, malformed, 401},
		"sdk-only key, scope app":           {scoped(sdkOnly, "app"), 401, dead, 0},
		"code-only key":                     {basic(codeOnly.ID, codeOnly.Secret), 401, malformed, 401},
		"revoked key":                       {basic(revoked.ID, revoked.Secret), 401, malformed, 401},
		"revoked key, scope app":            {scoped(revoked, "app"), 401, dead, 0},
		"other app's key":                   {basic(other.ID, other.Secret), 401, malformed, 401},
		"other app's key, scope app":        {scoped(other, "app"), 401, dead, 0},
		"app key, scope account":            {scoped(e.Key, "account"), 403, dead, 0},
		"app key, scope integration":        {scoped(e.Key, "integration"), 403, dead, 0},
		"app key, no scope":                 {"Bearer " + e.Key.Token(e.T, map[string]any{}), 401, dead, 0},
		"app key, expired":                  {"Bearer " + e.Key.Token(e.T, map[string]any{"scope": "app", "exp": time.Now().Add(-2 * time.Minute).Unix()}), 401, dead, 0},
		"account key, scope app":            {scoped(account, "app"), 403, dead, 0},
		"app key":                           {basic(e.Key.ID, e.Key.Secret), 0, malformed, 401},
		"app key, scheme in capitals":       {"BASIC " + strings.TrimPrefix(basic(e.Key.ID, e.Key.Secret), "Basic "), 0, malformed, 401},
		"app key, scope app":                {scoped(e.Key, "app"), 0, dead, 0},
		"account key":                       {basic(account.ID, account.Secret), 0, malformed, 401},
		"account key, scope account":        {scoped(account, "account"), 0, dead, 0},
		"app key, unsigned":                 {"Bearer " + unsigned(e.Key.ID), 401, dead, 0},
		"app key, signed with other secret": {scoped(servertest.Key{ID: e.Key.ID, Secret: other.Secret}, "app"), 401, dead, 0},
	}
}

func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret))
}

func unsigned(kid string) string {
	token := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"scope": "app"})
	token.Header["kid"] = kid
	signed, err := token.SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		panic(err)
	}
	return signed
}

// operator is who changes apps and keys in the tests.
var operator = chat.Principal{Operator: true, Name: "test"}

func (e env) accountKey() (key servertest.Key) {
	e.Helper()
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		made, secret, err := a.CreateKey(ctx, operator, admin.KeyInput{Uses: []chat.Use{chat.UseAccount}})
		key = servertest.Key{ID: string(made.ID), Secret: secret}
		return err
	})
	return key
}

// revoke revokes a key of the app, in another process.
func (e env) revoke(key servertest.Key) {
	e.Helper()
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		_, err := a.RevokeKey(ctx, operator, e.App.ID, chat.KeyID(key.ID))
		return err
	})
}

// revokedKey is a key that is good for nothing any more.
func (e env) revokedKey(uses ...chat.Use) servertest.Key {
	e.Helper()
	key := e.NewKey(uses...)
	e.revoke(key)
	return key
}

// visit is one call of a route that succeeds for those who may.
type visit struct {
	path, body string
	status     int
}

// visits make, for each route, what a call of it needs.
var visits = map[string]func(env) visit{
	"GET /healthz":                              func(env) visit { return visit{"/healthz", "", 200} },
	"GET /readyz":                               func(env) visit { return visit{"/readyz", "", 200} },
	"GET /sdk/v1/apps/{appId}/config":           func(e env) visit { return visit{e.sdk("/config"), "", 200} },
	"GET /sdk/v1/apps/{appId}/prechat":          func(e env) visit { return visit{e.sdk("/prechat"), "", 200} },
	"GET /sdk/v1/apps/{appId}/availability":     func(e env) visit { return visit{e.sdk("/availability"), "", 200} },
	"GET /sdk/v1/apps/{appId}/uploads":          func(e env) visit { return visit{e.sdk("/uploads"), "", 200} },
	"GET /sdk/v1/config":                        func(env) visit { return visit{"/sdk/v1/config", "", 200} },
	"GET /page/v1/apps/{appId}/session":         strangers("/session", ""),
	"POST /page/v1/apps/{appId}/session":        strangers("/session", `{}`),
	"DELETE /page/v1/apps/{appId}/session":      strangers("/session", ""),
	"POST /page/v1/apps/{appId}/email-codes":    strangers("/email-codes", `{"email":"a@example.com"}`),
	"POST /page/v1/apps/{appId}/email-sessions": strangers("/email-sessions", `{"email":"a@example.com","code":"000000"}`),
	"POST /sdk/v1/apps/{appId}/sessions": func(e env) visit {
		return visit{e.sdk("/sessions"), `{}`, 201}
	},
	"DELETE /sdk/v1/apps/{appId}/sessions/current":   func(e env) visit { return visit{e.sdk("/sessions/current"), "", 204} },
	"POST /sdk/v1/apps/{appId}/lines":                func(e env) visit { return visit{e.sdk("/lines"), `{"type":"hello","v":1}`, 201} },
	"POST /sdk/v1/apps/{appId}/lines/current/frames": func(e env) visit { return visit{e.sdk("/lines/current/frames"), `{"first":1,"frames":[]}`, 404} },
	"POST /sdk/v1/apps/{appId}/lines/current/poll":   func(e env) visit { return visit{e.sdk("/lines/current/poll"), `{}`, 404} },
	"DELETE /sdk/v1/apps/{appId}/lines/current":      func(e env) visit { return visit{e.sdk("/lines/current"), "", 204} },

	"GET /console/v1/session":                                                                            outsiders("/session", ""),
	"POST /console/v1/session":                                                                           outsiders("/session", `{"email":"a@example.com","password":"x"}`),
	"DELETE /console/v1/session":                                                                         outsiders("/session", ""),
	"POST /console/v1/session/proof":                                                                     outsiders("/session/proof", `{"password":"x"}`),
	"POST /console/v1/session/second-step":                                                               outsiders("/session/second-step", `{"code":"123456"}`),
	"POST /console/v1/agent/totp":                                                                        outsiders("/agent/totp", ""),
	"PUT /console/v1/agent/totp":                                                                         outsiders("/agent/totp", `{"code":"123456"}`),
	"DELETE /console/v1/agent/totp":                                                                      outsiders("/agent/totp", ""),
	"POST /console/v1/agent/recovery-codes":                                                              outsiders("/agent/recovery-codes", ""),
	"PUT /console/v1/apps/{appId}/factors":                                                               outsiders("/apps/$APP/factors", `{"factors":"off"}`),
	"DELETE /console/v1/apps/{appId}/agents/{agentId}/factors":                                           outsiders("/apps/$APP/agents/x/factors", ""),
	"POST /console/v1/session/second-step/passkey":                                                       outsiders("/session/second-step/passkey", ""),
	"PUT /console/v1/session/second-step/passkey":                                                        outsiders("/session/second-step/passkey", `{"credential":{}}`),
	"POST /console/v1/session/passkey":                                                                   outsiders("/session/passkey", ""),
	"PUT /console/v1/session/passkey":                                                                    outsiders("/session/passkey", `{"credential":{}}`),
	"POST /console/v1/session/proof/passkey":                                                             outsiders("/session/proof/passkey", ""),
	"PUT /console/v1/session/proof/passkey":                                                              outsiders("/session/proof/passkey", `{"credential":{}}`),
	"GET /console/v1/agent/passkeys":                                                                     outsiders("/agent/passkeys", ""),
	"POST /console/v1/agent/passkeys":                                                                    outsiders("/agent/passkeys", ""),
	"PUT /console/v1/agent/passkeys":                                                                     outsiders("/agent/passkeys", `{"name":"Phone","credential":{}}`),
	"PATCH /console/v1/agent/passkeys/{passkeyId}":                                                       outsiders("/agent/passkeys/x", `{"name":"Phone"}`),
	"DELETE /console/v1/agent/passkeys/{passkeyId}":                                                      outsiders("/agent/passkeys/x", ""),
	"GET /console/v1/session/ways":                                                                       outsiders("/session/ways", ""),
	"POST /console/v1/session/sign-on":                                                                   outsiders("/session/sign-on", ""),
	"PUT /console/v1/session/sign-on":                                                                    outsiders("/session/sign-on", `{"code":"x","state":"x"}`),
	"POST /console/v1/session/proof/sign-on":                                                             outsiders("/session/proof/sign-on", ""),
	"GET /console/v1/apps/{appId}/integrations":                                                          outsiders("/apps/$APP/integrations", ""),
	"POST /console/v1/apps/{appId}/integrations":                                                         outsiders("/apps/$APP/integrations", `{"type":"custom"}`),
	"POST /console/v1/apps/{appId}/integrations/{integrationId}/webhooks":                                outsiders("/apps/$APP/integrations/x/webhooks", `{"target":"https://shop.example"}`),
	"PATCH /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}":                   outsiders("/apps/$APP/integrations/x/webhooks/x", `{"enabled":false}`),
	"DELETE /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}":                  outsiders("/apps/$APP/integrations/x/webhooks/x", ""),
	"POST /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/secret":             outsiders("/apps/$APP/integrations/x/webhooks/x/secret", ""),
	"GET /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/attempts":            outsiders("/apps/$APP/integrations/x/webhooks/x/attempts", ""),
	"POST /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/test":               outsiders("/apps/$APP/integrations/x/webhooks/x/test", ""),
	"GET /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters":         outsiders("/apps/$APP/integrations/x/webhooks/x/deadLetters", ""),
	"POST /console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters/replay": outsiders("/apps/$APP/integrations/x/webhooks/x/deadLetters/replay", ""),
	"POST /console/v1/links/look":                                                                        outsiders("/links/look", `{"token":"x"}`),
	"POST /console/v1/links/accept":                                                                      outsiders("/links/accept", `{"token":"x","password":"long enough"}`),
	"PATCH /console/v1/agent":                                                                            outsiders("/agent", `{"name":"Kim"}`),
	"POST /console/v1/agent/password":                                                                    outsiders("/agent/password", `{"current":"x","next":"long enough"}`),
	"POST /console/v1/apps":                                                                              outsiders("/apps", `{"name":"New"}`),
	"GET /console/v1/apps/{appId}/agents":                                                                outsiders("/apps/$APP/agents", ""),
	"PUT /console/v1/apps/{appId}/agents/{agentId}":                                                      outsiders("/apps/$APP/agents/x", `{"role":"owner"}`),
	"DELETE /console/v1/apps/{appId}/agents/{agentId}":                                                   outsiders("/apps/$APP/agents/x", ""),
	"POST /console/v1/apps/{appId}/invitations":                                                          outsiders("/apps/$APP/invitations", `{"email":"a@example.com","role":"agent"}`),
	"DELETE /console/v1/apps/{appId}/invitations/{invitationId}":                                         outsiders("/apps/$APP/invitations/x", ""),

	"GET /console/v1/apps/{appId}/inbox":                               outsiders("/apps/$APP/inbox", ""),
	"GET /console/v1/apps/{appId}/views":                               outsiders("/apps/$APP/views", ""),
	"PUT /console/v1/apps/{appId}/views/{viewId}":                      outsiders("/apps/$APP/views/x", `{"name":"Mine","status":"open"}`),
	"DELETE /console/v1/apps/{appId}/views/{viewId}":                   outsiders("/apps/$APP/views/x", ""),
	"GET /console/v1/apps/{appId}/inbox/search":                        outsiders("/apps/$APP/inbox/search?query=x", ""),
	"GET /console/v1/apps/{appId}/people":                              outsiders("/apps/$APP/people?query=x", ""),
	"GET /console/v1/apps/{appId}/inbox/{conversationId}":              outsiders("/apps/$APP/inbox/x", ""),
	"PATCH /console/v1/apps/{appId}/inbox/{conversationId}":            outsiders("/apps/$APP/inbox/x", `{"status":"closed"}`),
	"GET /console/v1/apps/{appId}/inbox/{conversationId}/thread":       outsiders("/apps/$APP/inbox/x/thread", ""),
	"POST /console/v1/apps/{appId}/inbox/{conversationId}/messages":    outsiders("/apps/$APP/inbox/x/messages", `{"id":"1","text":"hi"}`),
	"POST /console/v1/apps/{appId}/inbox/{conversationId}/notes":       outsiders("/apps/$APP/inbox/x/notes", `{"id":"1","text":"hi"}`),
	"POST /console/v1/apps/{appId}/inbox/{conversationId}/read":        outsiders("/apps/$APP/inbox/x/read", `{"number":0}`),
	"POST /console/v1/apps/{appId}/inbox/{conversationId}/typing":      outsiders("/apps/$APP/inbox/x/typing", `{"active":true}`),
	"GET /console/v1/apps/{appId}/people/{userId}":                     outsiders("/apps/$APP/people/x", ""),
	"POST /console/v1/apps/{appId}/inbox/{conversationId}/attachments": outsiders("/apps/$APP/inbox/x/attachments", form("a.txt", "hello")),

	"GET /console/v1/apps/{appId}/teams":             outsiders("/apps/$APP/teams", ""),
	"POST /console/v1/apps/{appId}/teams":            outsiders("/apps/$APP/teams", `{"name":"Support","routing":"manual"}`),
	"PATCH /console/v1/apps/{appId}/teams":           outsiders("/apps/$APP/teams", `{"intake":null}`),
	"PUT /console/v1/apps/{appId}/teams/{teamId}":    outsiders("/apps/$APP/teams/x", `{"name":"Support","routing":"manual"}`),
	"DELETE /console/v1/apps/{appId}/teams/{teamId}": outsiders("/apps/$APP/teams/x", ""),

	"GET /console/v1/apps/{appId}/canned-replies":                    outsiders("/apps/$APP/canned-replies", ""),
	"POST /console/v1/apps/{appId}/canned-replies":                   outsiders("/apps/$APP/canned-replies", `{"shortcut":"hi","title":"Hi","text":"Hi"}`),
	"POST /console/v1/apps/{appId}/canned-replies/preview":           outsiders("/apps/$APP/canned-replies/preview", `{"text":"Hi"}`),
	"PUT /console/v1/apps/{appId}/canned-replies/{cannedReplyId}":    outsiders("/apps/$APP/canned-replies/x", `{"shortcut":"hi","title":"Hi","text":"Hi"}`),
	"DELETE /console/v1/apps/{appId}/canned-replies/{cannedReplyId}": outsiders("/apps/$APP/canned-replies/x", ""),

	"GET /console/v1/apps/{appId}/settings":                           outsiders("/apps/$APP/settings", ""),
	"PATCH /console/v1/apps/{appId}/settings":                         outsiders("/apps/$APP/settings", `{"settings":{"name":"New"}}`),
	"GET /console/v1/apps/{appId}/business-hours":                     outsiders("/apps/$APP/business-hours", ""),
	"PUT /console/v1/apps/{appId}/business-hours":                     outsiders("/apps/$APP/business-hours", `{"week":{}}`),
	"GET /console/v1/apps/{appId}/questions":                          outsiders("/apps/$APP/questions", ""),
	"PUT /console/v1/apps/{appId}/questions":                          outsiders("/apps/$APP/questions", `{"questions":[]}`),
	"GET /console/v1/apps/{appId}/stale":                              outsiders("/apps/$APP/stale?retention=30d", ""),
	"GET /console/v1/apps/{appId}/mail":                               outsiders("/apps/$APP/mail", ""),
	"POST /console/v1/apps/{appId}/mail/test":                         outsiders("/apps/$APP/mail/test", ""),
	"POST /console/v1/apps/{appId}/inbox/{conversationId}/transcript": outsiders("/apps/$APP/inbox/x/transcript", ""),
	"GET /console/v1/apps/{appId}/users/{userId}/subscription":        outsiders("/apps/$APP/users/x/subscription", ""),
	"GET /console/v1/apps/{appId}/keys":                               outsiders("/apps/$APP/keys", ""),
	"POST /console/v1/apps/{appId}/keys":                              outsiders("/apps/$APP/keys", `{"uses":["api"]}`),
	"POST /console/v1/apps/{appId}/keys/{keyId}/rotation":             outsiders("/apps/$APP/keys/x/rotation", `{"overlapSeconds":0}`),
	"DELETE /console/v1/apps/{appId}/keys/{keyId}":                    outsiders("/apps/$APP/keys/x", ""),
	"POST /console/v1/apps/{appId}/doctor":                            outsiders("/apps/$APP/doctor", `{"door":"sdk","token":"x"}`),
	"GET /console/v1/apps/{appId}/refusals":                           outsiders("/apps/$APP/refusals", ""),
	"GET /console/v1/apps/{appId}/users":                              outsiders("/apps/$APP/users", ""),
	"POST /console/v1/apps/{appId}/users/{userId}/sign-out":           outsiders("/apps/$APP/users/x/sign-out", ""),
	"PUT /console/v1/apps/{appId}/users/{userId}/block":               outsiders("/apps/$APP/users/x/block", `{"blocked":true}`),
	"GET /console/v1/apps/{appId}/users/{userId}/export":              outsiders("/apps/$APP/users/x/export", ""),
	"DELETE /console/v1/apps/{appId}/users/{userId}":                  outsiders("/apps/$APP/users/x", ""),
	"POST /console/v1/apps/{appId}/merges":                            outsiders("/apps/$APP/merges", `{"surviving":{"userId":"x"},"discarded":{"userId":"y"}}`),
	"GET /console/v1/apps/{appId}/merges":                             outsiders("/apps/$APP/merges", ""),
	"POST /console/v1/apps/{appId}/merges/{mergeId}/undo":             outsiders("/apps/$APP/merges/x/undo", ""),
	"GET /console/v1/apps/{appId}/numbers":                            outsiders("/apps/$APP/numbers", ""),
	"GET /console/v1/apps/{appId}/ratings":                            outsiders("/apps/$APP/ratings", ""),
	"GET /console/v1/apps/{appId}/audit":                              outsiders("/apps/$APP/audit", ""),
	"GET /console/v1/apps/{appId}/blocks":                             outsiders("/apps/$APP/blocks", ""),
	"POST /console/v1/apps/{appId}/blocks":                            outsiders("/apps/$APP/blocks", `{"addresses":"203.0.113.7"}`),
	"DELETE /console/v1/apps/{appId}/blocks/{blockId}":                outsiders("/apps/$APP/blocks/x", ""),

	"GET /console/v1/apps/{appId}/conflicts":                           outsiders("/apps/$APP/conflicts", ""),
	"GET /console/v1/apps/{appId}/conflicts/count":                     outsiders("/apps/$APP/conflicts/count", ""),
	"POST /console/v1/apps/{appId}/conflicts/{conflictId}/merge":       outsiders("/apps/$APP/conflicts/x/merge", `{"survivingUserId":"x"}`),
	"POST /console/v1/apps/{appId}/conflicts/{conflictId}/move":        outsiders("/apps/$APP/conflicts/x/move", ""),
	"PUT /console/v1/apps/{appId}/conflicts/{conflictId}/dismissal":    outsiders("/apps/$APP/conflicts/x/dismissal", ""),
	"DELETE /console/v1/apps/{appId}/conflicts/{conflictId}/dismissal": outsiders("/apps/$APP/conflicts/x/dismissal", ""),

	"GET /v2/tokenInfo":                                                                          func(env) visit { return visit{"/v2/tokenInfo", "", 200} },
	"POST /v2/apps":                                                                              func(env) visit { return visit{"/v2/apps", `{"displayName":"New"}`, 201} },
	"GET /v2/apps":                                                                               func(env) visit { return visit{"/v2/apps", "", 200} },
	"GET /v2/apps/{appId}":                                                                       func(e env) visit { return visit{e.path(""), "", 200} },
	"PATCH /v2/apps/{appId}":                                                                     func(e env) visit { return visit{e.path(""), `{}`, 200} },
	"DELETE /v2/apps/{appId}":                                                                    another("", "", 200),
	"POST /v2/apps/{appId}/keys":                                                                 another("/keys", `{"displayName":"New"}`, 201),
	"GET /v2/apps/{appId}/keys":                                                                  another("/keys", "", 200),
	"GET /v2/apps/{appId}/keys/{keyId}":                                                          another("/keys/$KEY", "", 200),
	"DELETE /v2/apps/{appId}/keys/{keyId}":                                                       another("/keys/$KEY", "", 200),
	"POST /v2/apps/{appId}/integrations":                                                         another("/integrations", `{"type":"web"}`, 201),
	"GET /v2/apps/{appId}/integrations":                                                          another("/integrations", "", 200),
	"GET /v2/apps/{appId}/integrations/{integrationId}":                                          another("/integrations/$CUSTOM", "", 200),
	"PATCH /v2/apps/{appId}/integrations/{integrationId}":                                        another("/integrations/$CUSTOM", `{}`, 200),
	"DELETE /v2/apps/{appId}/integrations/{integrationId}":                                       another("/integrations/$CUSTOM", "", 200),
	"POST /v2/apps/{appId}/integrations/{integrationId}/keys":                                    another("/integrations/$CUSTOM/keys", `{"displayName":"New"}`, 201),
	"GET /v2/apps/{appId}/integrations/{integrationId}/keys":                                     another("/integrations/$CUSTOM/keys", "", 200),
	"GET /v2/apps/{appId}/integrations/{integrationId}/keys/{keyId}":                             another("/integrations/$CUSTOM/keys/x", "", 404),
	"DELETE /v2/apps/{appId}/integrations/{integrationId}/keys/{keyId}":                          another("/integrations/$CUSTOM/keys/x", "", 404),
	"POST /v2/apps/{appId}/integrations/{integrationId}/webhooks":                                another("/integrations/$CUSTOM/webhooks", `{"target":"http://127.0.0.1:1","triggers":["*"]}`, 201),
	"GET /v2/apps/{appId}/integrations/{integrationId}/webhooks":                                 another("/integrations/$CUSTOM/webhooks", "", 200),
	"GET /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}":                     another("/integrations/$CUSTOM/webhooks/$WEBHOOK", "", 200),
	"PATCH /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}":                   another("/integrations/$CUSTOM/webhooks/$WEBHOOK", `{}`, 200),
	"DELETE /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}":                  another("/integrations/$CUSTOM/webhooks/$WEBHOOK", "", 200),
	"POST /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/secret":             another("/integrations/$CUSTOM/webhooks/$WEBHOOK/secret", `{}`, 201),
	"GET /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters":         another("/integrations/$CUSTOM/webhooks/$WEBHOOK/deadLetters", "", 200),
	"POST /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters/replay": another("/integrations/$CUSTOM/webhooks/$WEBHOOK/deadLetters/replay", `{}`, 200),
	"POST /v2/apps/{appId}/users": func(e env) visit {
		return visit{e.path("/users"), `{"externalId":"` + chat.NewID(time.Now()) + `"}`, 201}
	},
	"GET /v2/apps/{appId}/users": func(e env) visit {
		return visit{e.path("/users?filter[identities.email]=a@example.com"), "", 200}
	},
	"GET /v2/apps/{appId}/users/{userIdOrExternalId}":    func(e env) visit { return visit{e.path("/users/" + e.anyUser()), "", 200} },
	"PATCH /v2/apps/{appId}/users/{userIdOrExternalId}":  func(e env) visit { return visit{e.path("/users/" + e.anyUser()), `{}`, 200} },
	"DELETE /v2/apps/{appId}/users/{userIdOrExternalId}": func(e env) visit { return visit{e.path("/users/" + e.anyUser()), "", 200} },
	"PUT /v2/apps/{appId}/users/{userIdOrExternalId}/externalId": func(e env) visit {
		return visit{e.path("/users/" + e.anyUser() + "/externalId"), `{"externalId":"u-` + chat.NewID(time.Now()) + `"}`, 200}
	},
	"DELETE /v2/apps/{appId}/users/{userIdOrExternalId}/personalinformation": func(e env) visit {
		return visit{e.path("/users/" + e.anyUser() + "/personalinformation"), "", 200}
	},
	"GET /v2/apps/{appId}/users/{userIdOrExternalId}/clients":  func(e env) visit { return visit{e.path("/users/" + e.anyUser() + "/clients"), "", 200} },
	"POST /v2/apps/{appId}/users/{userIdOrExternalId}/clients": func(e env) visit { return visit{e.path("/users/" + e.anyUser() + "/clients"), `{}`, 501} },
	"DELETE /v2/apps/{appId}/users/{userIdOrExternalId}/clients/{clientId}": func(e env) visit {
		return visit{e.path("/users/" + e.anyUser() + "/clients/x"), "", 404}
	},
	"GET /v2/apps/{appId}/users/{userIdOrExternalId}/devices": func(e env) visit { return visit{e.path("/users/" + e.anyUser() + "/devices"), "", 200} },
	"GET /v2/apps/{appId}/users/{userIdOrExternalId}/devices/{deviceId}": func(e env) visit {
		return visit{e.path("/users/" + e.anyUser() + "/devices/x"), "", 404}
	},
	"POST /v2/apps/{appId}/merges": func(e env) visit { return visit{e.path("/merges"), e.twoUsers(), 201} },
	"POST /v1.1/apps/{appId}/appusers/merge": func(e env) visit {
		a, b := chat.NewID(time.Now())+"a", chat.NewID(time.Now())+"b"
		e.newUser(a)
		e.newUser(b)
		return visit{"/v1.1/apps/" + string(e.App.ID) + "/appusers/merge", fmt.Sprintf(`{"surviving":{"userId":%q},"discarded":{"userId":%q}}`, a, b), 200}
	},
	"GET /v2/apps/{appId}/merges": func(e env) visit { return visit{e.path("/merges"), "", 200} },
	"GET /v2/apps/{appId}/merges/{mergeId}": func(e env) visit {
		return visit{e.path("/merges/" + e.anyMerge()), "", 200}
	},
	"POST /v2/apps/{appId}/merges/{mergeId}/undo": func(e env) visit {
		return visit{e.path("/merges/" + e.anyMerge() + "/undo"), "", 200}
	},
	"POST /v2/apps/{appId}/conversations": func(e env) visit { return visit{e.path("/conversations"), `{"type":"sdkGroup"}`, 201} },
	"GET /v2/apps/{appId}/conversations": func(e env) visit {
		return visit{e.path("/conversations?filter[userId]=" + e.anyUser()), "", 200}
	},
	"GET /v2/apps/{appId}/conversations/{conversationId}":    func(e env) visit { return visit{e.path(e.anyConversation()), "", 200} },
	"PATCH /v2/apps/{appId}/conversations/{conversationId}":  func(e env) visit { return visit{e.path(e.anyConversation()), `{}`, 200} },
	"DELETE /v2/apps/{appId}/conversations/{conversationId}": func(e env) visit { return visit{e.path(e.anyConversation()), "", 200} },
	"POST /v2/apps/{appId}/conversations/{conversationId}/activity": func(e env) visit {
		return visit{e.path(e.anyConversation() + "/activity"), `{"author":{"type":"business"},"type":"typing:start"}`, 200}
	},
	"GET /v2/apps/{appId}/conversations/{conversationId}/participants": func(e env) visit { return visit{e.path(e.anyConversation() + "/participants"), "", 200} },
	"POST /v2/apps/{appId}/conversations/{conversationId}/join": func(e env) visit {
		return visit{e.path(e.anyConversation() + "/join"), `{"userId":"` + e.anyUser() + `"}`, 201}
	},
	"POST /v2/apps/{appId}/conversations/{conversationId}/leave": func(e env) visit {
		conversation, user := e.anyConversation(), e.anyUser()
		e.rest("POST", conversation+"/join", `{"userId":"`+user+`"}`).want(201)
		return visit{e.path(conversation + "/leave"), `{"userId":"` + user + `"}`, 200}
	},
	"POST /v2/apps/{appId}/attachments": func(e env) visit { return visit{e.path("/attachments"), form("a.txt", "hello"), 201} },
	"POST /v2/apps/{appId}/attachments/remove": func(e env) visit {
		return visit{e.path("/attachments/remove"), `{"mediaUrl":"` + e.attach("", "a.txt", "hello").MediaURL + `"}`, 200}
	},
	"POST /sdk/v1/apps/{appId}/conversations/{conversationId}/attachments": func(e env) visit {
		return visit{e.sdk(e.anyConversation() + "/attachments"), form("a.txt", "hello"), 401}
	},
	"POST /v2/apps/{appId}/conversations/{conversationId}/messages": func(e env) visit {
		return visit{e.path(e.anyConversation() + "/messages"), `{"author":{"type":"business"},"content":{"type":"text","text":"hi"}}`, 201}
	},
	"GET /v2/apps/{appId}/conversations/{conversationId}/messages":    func(e env) visit { return visit{e.path(e.anyConversation() + "/messages"), "", 200} },
	"DELETE /v2/apps/{appId}/conversations/{conversationId}/messages": func(e env) visit { return visit{e.path(e.anyConversation() + "/messages"), "", 200} },
	"DELETE /v2/apps/{appId}/conversations/{conversationId}/messages/{messageId}": func(e env) visit {
		conversation := e.anyConversation()
		message := e.say(strings.TrimPrefix(conversation, "/conversations/"), "hi")
		return visit{e.path(conversation + "/messages/" + message.ID), "", 200}
	},

	"POST /v2/apps/{appId}/switchboards":                   another("/switchboards", "", 201),
	"GET /v2/apps/{appId}/switchboards":                    another("/switchboards", "", 200),
	"PATCH /v2/apps/{appId}/switchboards/{switchboardId}":  another("/switchboards/$BOARD", `{}`, 200),
	"DELETE /v2/apps/{appId}/switchboards/{switchboardId}": another("/switchboards/$BOARD", "", 200),
	"POST " + members: another("/switchboards/$BOARD/switchboardIntegrations", `{"name":"new","integrationId":"$CUSTOM"}`, 201),
	"GET " + members:  another("/switchboards/$BOARD/switchboardIntegrations", "", 200),
	"PATCH " + members + "/{switchboardIntegrationId}":                    another("/switchboards/$BOARD/switchboardIntegrations/$HUMAN", `{}`, 200),
	"DELETE " + members + "/{switchboardIntegrationId}":                   another("/switchboards/$BOARD/switchboardIntegrations/$HUMAN", "", 200),
	"POST /v2/apps/{appId}/conversations/{conversationId}/passControl":    another("/conversations/$LED/passControl", `{"switchboardIntegration":"human"}`, 200),
	"POST /v2/apps/{appId}/conversations/{conversationId}/offerControl":   another("/conversations/$LED/offerControl", `{"switchboardIntegration":"human"}`, 200),
	"POST /v2/apps/{appId}/conversations/{conversationId}/acceptControl":  another("/conversations/$LED/acceptControl", `{}`, 400),
	"POST /v2/apps/{appId}/conversations/{conversationId}/releaseControl": another("/conversations/$LED/releaseControl", "", 200),
}

const members = "/v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations"

// accountOnly are the routes of REST that keys of an app may not use.
var accountOnly = map[string]bool{"POST /v2/apps": true, "GET /v2/apps": true, "PATCH /v2/apps/{appId}": true}

// onAnotherApp tells the routes whose calls are about a fresh app, since they change what the other routes need: here only
// account keys may use them.
func onAnotherApp(route string) bool {
	method, path, _ := strings.Cut(route, " ")
	return route == "DELETE /v2/apps/{appId}" || method != "" &&
		(strings.HasPrefix(path, "/v2/apps/{appId}/keys") || strings.HasPrefix(path, "/v2/apps/{appId}/integrations") ||
			strings.HasPrefix(path, "/v2/apps/{appId}/switchboards") || strings.HasSuffix(path, "Control"))
}

// ofSession are the routes that a live session alone may use. The one of the roles ends in other calls of this walk:
// TestUserUploads has its own.
var ofSession = map[string]bool{"POST /sdk/v1/apps/{appId}/conversations/{conversationId}/attachments": true}

// another is a visit below a fresh app, of which $KEY is a key, $CUSTOM an integration and $WEBHOOK its webhook; $BOARD is a
// switchboard, $HUMAN the one on it that does not begin, and $LED a conversation in which the other one is in control.
func another(below, body string, status int) func(env) visit {
	return func(e env) visit {
		app, key := e.NewApp("Another")
		root := "/v2/apps/" + string(app.ID)
		below := strings.ReplaceAll(below, "$KEY", key.ID)
		if strings.Contains(below, "$CUSTOM") {
			made := e.call("POST", root+"/integrations", customBody("http://127.0.0.1:1"), key.Basic()).want(201).integration()
			below = strings.NewReplacer("$CUSTOM", made.ID, "$WEBHOOK", made.Webhooks[0].ID).Replace(below)
		}
		body := body
		if strings.Contains(below, "$BOARD") || strings.Contains(below, "$LED") {
			b := e.boardOf(root, key, "bot", "human")
			led := e.call("POST", root+"/conversations", `{"type":"sdkGroup"}`, key.Basic()).want(201).conversation()
			below = strings.NewReplacer("$BOARD", b.id, "$HUMAN", b.members["human"].ID, "$LED", led.ID).Replace(below)
			body = strings.ReplaceAll(body, "$CUSTOM", b.members["human"].IntegrationID)
		}
		return visit{root + below, body, status}
	}
}

// strangers are the roles of this table to the hosted page's own calls: the page of another origin.
func strangers(path, body string) func(env) visit {
	return func(e env) visit { return visit{e.page(path), body, 403} }
}

// outsiders are the roles of this table to the console's calls: whatever key or token they have, they are no page of this server.
func outsiders(path, body string) func(env) visit {
	return func(e env) visit {
		return visit{"/console/v1" + strings.ReplaceAll(path, "$APP", string(e.App.ID)), body, 403}
	}
}

// toConsole are those roles of this table that are enough for the console's calls: none of them is looked at there. Its own are in
// TestEveryRouteOfTheConsoleKnowsItsRoles.
var toConsole = []string{"nobody", "session token", "app key", "account key"}

func isOfConsole(route httpapi.Route) bool { return strings.HasPrefix(route.Path, "/console/") }

func (e env) anyUser() string { return e.newUser(chat.NewID(time.Now())).ID }

// anyConversation is the path of a group conversation, which can be deleted.
func (e env) anyConversation() string {
	return "/conversations/" + e.rest("POST", "/conversations", `{"type":"sdkGroup"}`).want(201).conversation().ID
}

// TestEveryRouteKnowsItsCallers walks all routes as all roles (security rule 59).
func TestEveryRouteKnowsItsCallers(t *testing.T) {
	t.Parallel()
	e := start(t)
	roles := e.roles()
	for _, route := range httpapi.Routes() {
		name := route.Method + " " + route.Path
		prepare := visits[name]
		if prepare == nil {
			t.Errorf("no call of %s is prepared: add it to visits", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := e.in(t)
			for who, role := range roles {
				if who == "session token" && ofSession[name] || isOfConsole(route) && !slices.Contains(toConsole, who) {
					continue
				}
				visit := prepare(e)
				wanted := visit.status
				isAccount := strings.HasPrefix(who, "account key") && role.rest == 0
				isREST := route.Who == httpapi.AppKey || route.Who == httpapi.AnyKey
				switch {
				case onAnotherApp(name) && !strings.HasPrefix(who, "account key"):
					wanted = 401
				case isREST && role.rest != 0 && !(route.Who == httpapi.AnyKey && strings.HasPrefix(who, "other app's key")):
					wanted = role.rest
				case accountOnly[name] && !isAccount, name == "GET /v2/tokenInfo" && isAccount:
					wanted = 403
				case strings.HasSuffix(name, "/sessions") && role.signIn != 0:
					wanted = role.signIn
				case strings.Contains(name, "/current") && role.signOut != 0:
					wanted = role.signOut
				}
				headers := []string{"Origin: https://shop.example"}
				if strings.HasPrefix(visit.body, "--") {
					headers = append(headers, formType)
				}
				if role.authorization != "" {
					headers = append(headers, "Authorization: "+role.authorization)
				}
				r := e.call(route.Method, visit.path, visit.body, headers...)
				if r.status != wanted {
					t.Errorf("%s gets %d, want %d: %s", who, r.status, wanted, r.body)
				}
				if cors := r.header.Get("Access-Control-Allow-Origin"); (cors != "") != (route.Who == httpapi.Page || route.Who == httpapi.Script) {
					t.Errorf("%s: Access-Control-Allow-Origin is %q", who, cors)
				}
			}
		})
	}
}

// TestAccountKeysSeeWhichAppsThereAre: others learn nothing of apps that are not theirs.
func TestAccountKeysSeeWhichAppsThereAre(t *testing.T) {
	t.Parallel()
	e := start(t)
	account := e.accountKey()
	for _, app := range []string{"0123456789abcdef01234567", "x", string(e.App.IntegrationID)} {
		path := "/v2/apps/" + app + "/users/u"
		e.call("GET", path, "", account.Basic()).wantProblem(404, "app_not_found", "")
		e.call("GET", path, "", e.basic()).wantProblem(401, "unauthorized", "")
	}
}

// TestRevocationByAnotherProcess: the server that is running refuses the key within two seconds (security rule 26).
func TestRevocationByAnotherProcess(t *testing.T) {
	t.Parallel()
	e := start(t)
	key := e.NewKey(chat.UseAPI)
	path := e.path("/users?filter[identities.email]=a@example.com")
	e.call("GET", path, "", key.Basic()).want(200)
	e.revoke(key)
	within := time.After(2 * time.Second)
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for e.call("GET", path, "", key.Basic()).status != 401 {
		select {
		case <-within:
			t.Fatal("a revoked key is still good after 2 seconds")
		case <-again.C:
		}
	}
	e.call("GET", path, "", e.basic()).want(200)
}
