package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/api"
)

// Who may call a route.
type Who string

// The audiences of routes. What each asks for is in audience.go; there is no route without one.
const (
	Everybody Who = "everybody" // no credentials; nothing about an app is told
	Script    Who = "script"    // scripts that do not know the id of their app: the query or the host name says which it is
	Page      Who = "page"      // pages of the app's origins, and programs: an end user's browser before it has a session
	OwnPage   Who = "own page"  // the hosted page of this server, whose session is in a cookie
	AnyKey    Who = "any key"   // REST v2 where no app is named: what the key may is the work package's to say
	AppKey    Who = "app key"   // REST v2: a key that has power over the app in the path

	Console     Who = "console"      // the console of this server, before somebody is signed in there
	Agent       Who = "agent"        // whoever is signed in at the console
	AppAgent    Who = "app agent"    // whoever has a role in the app in the path
	AppAdmin    Who = "app admin"    // whoever is an admin or an owner of it
	AppOwner    Who = "app owner"    // whoever is an owner of it
	ServerAdmin Who = "server admin" // whoever may manage the server
)

// Route is one method and path, and who may call it.
type Route struct {
	Method, Path string
	Who          Who
	handle       handler
}

// Routes is every route of this door.
func Routes() []Route {
	return []Route{
		{"GET", "/healthz", Everybody, (*call).healthy},
		{"GET", "/readyz", Everybody, (*call).ready},

		{"GET", "/sdk/v1/config", Script, (*call).configOfScript},
		{"GET", "/sdk/v1/apps/{appId}/config", Page, (*call).config},
		{"GET", "/sdk/v1/apps/{appId}/prechat", Page, (*call).prechat},
		{"GET", "/sdk/v1/apps/{appId}/availability", Page, (*call).availability},
		{"POST", "/sdk/v1/apps/{appId}/sessions", Page, (*call).signIn},
		{"DELETE", "/sdk/v1/apps/{appId}/sessions/current", Page, (*call).signOut},

		{"POST", "/sdk/v1/apps/{appId}/lines", Page, (*call).openLine},
		{"POST", "/sdk/v1/apps/{appId}/lines/current/frames", Page, (*call).sayOnLine},
		{"POST", "/sdk/v1/apps/{appId}/lines/current/poll", Page, (*call).pollLine},
		{"DELETE", "/sdk/v1/apps/{appId}/lines/current", Page, (*call).endLine},

		{"GET", "/sdk/v1/apps/{appId}/uploads", Page, (*call).uploadRules},
		{"POST", "/sdk/v1/apps/{appId}/conversations/{conversationId}/attachments", Page, (*call).upload},

		{"GET", "/page/v1/apps/{appId}/session", OwnPage, (*call).pageSession},
		{"POST", "/page/v1/apps/{appId}/session", OwnPage, (*call).pageSignIn},
		{"DELETE", "/page/v1/apps/{appId}/session", OwnPage, (*call).pageSignOut},
		{"POST", "/page/v1/apps/{appId}/email-codes", OwnPage, (*call).sendEmailCode},
		{"POST", "/page/v1/apps/{appId}/email-sessions", OwnPage, (*call).signInByEmail},

		{"GET", "/console/v1/session", Agent, (*call).consoleSession},
		{"POST", "/console/v1/session", Console, (*call).consoleSignIn},
		{"DELETE", "/console/v1/session", Console, (*call).consoleSignOut},
		{"POST", "/console/v1/session/proof", Agent, (*call).provePassword},
		{"POST", "/console/v1/session/second-step", Console, (*call).answerSecondStep},
		{"POST", "/console/v1/session/second-step/passkey", Console, (*call).askAtSecondStep},
		{"PUT", "/console/v1/session/second-step/passkey", Console, (*call).passkeyAtSecondStep},
		{"POST", "/console/v1/session/passkey", Console, (*call).askForPasskey},
		{"PUT", "/console/v1/session/passkey", Console, (*call).signInByPasskey},
		{"POST", "/console/v1/session/proof/passkey", Agent, (*call).askForProof},
		{"PUT", "/console/v1/session/proof/passkey", Agent, (*call).proveByPasskey},
		{"GET", "/console/v1/session/ways", Console, (*call).waysIn},
		{"POST", "/console/v1/session/sign-on", Console, (*call).beginSignOn},
		{"PUT", "/console/v1/session/sign-on", Console, (*call).finishSignOn},
		{"POST", "/console/v1/session/proof/sign-on", Agent, (*call).beginProofBySignOn},
		{"POST", "/console/v1/links/look", Console, (*call).lookAtLink},
		{"POST", "/console/v1/links/accept", Console, (*call).acceptLink},
		{"PATCH", "/console/v1/agent", Agent, (*call).changeProfile},
		{"POST", "/console/v1/agent/password", Agent, (*call).changePassword},
		{"POST", "/console/v1/agent/totp", Agent, proved((*call).setUpTOTP)},
		{"PUT", "/console/v1/agent/totp", Agent, proved((*call).confirmTOTP)},
		{"DELETE", "/console/v1/agent/totp", Agent, proved((*call).removeTOTP)},
		{"GET", "/console/v1/agent/passkeys", Agent, (*call).listPasskeys},
		{"POST", "/console/v1/agent/passkeys", Agent, proved((*call).beginPasskey)},
		{"PUT", "/console/v1/agent/passkeys", Agent, proved((*call).finishPasskey)},
		{"PATCH", "/console/v1/agent/passkeys/{passkeyId}", Agent, (*call).renamePasskey},
		{"DELETE", "/console/v1/agent/passkeys/{passkeyId}", Agent, proved((*call).removePasskey)},
		{"POST", "/console/v1/agent/recovery-codes", Agent, proved((*call).renewRecoveryCodes)},
		{"POST", "/console/v1/apps", ServerAdmin, (*call).createWorkplace},
		{"GET", "/console/v1/apps/{appId}/agents", AppAgent, (*call).listAgents},
		{"PUT", "/console/v1/apps/{appId}/agents/{agentId}", AppOwner, proved((*call).setRole)},
		{"DELETE", "/console/v1/apps/{appId}/agents/{agentId}", AppOwner, proved((*call).removeAgent)},
		{"DELETE", "/console/v1/apps/{appId}/agents/{agentId}/factors", AppOwner, proved((*call).takeFactors)},
		{"PUT", "/console/v1/apps/{appId}/factors", AppOwner, proved((*call).requireFactors)},
		{"POST", "/console/v1/apps/{appId}/invitations", AppOwner, proved((*call).inviteAgent)},
		{"DELETE", "/console/v1/apps/{appId}/invitations/{invitationId}", AppOwner, (*call).withdrawInvitation},

		{"GET", "/console/v1/apps/{appId}/inbox", AppAgent, (*call).listInbox},
		{"GET", "/console/v1/apps/{appId}/inbox/search", AppAgent, (*call).searchInbox},
		{"GET", "/console/v1/apps/{appId}/inbox/{conversationId}", AppAgent, (*call).getEntry},
		{"PATCH", "/console/v1/apps/{appId}/inbox/{conversationId}", AppAgent, (*call).changeEntry},
		{"GET", "/console/v1/apps/{appId}/inbox/{conversationId}/thread", AppAgent, (*call).readThread},
		{"POST", "/console/v1/apps/{appId}/inbox/{conversationId}/messages", AppAgent, (*call).sendAsAgent},
		{"POST", "/console/v1/apps/{appId}/inbox/{conversationId}/attachments", AppAgent, (*call).uploadAsAgent},
		{"POST", "/console/v1/apps/{appId}/inbox/{conversationId}/notes", AppAgent, (*call).writeNote},
		{"POST", "/console/v1/apps/{appId}/inbox/{conversationId}/read", AppAgent, (*call).markReadAsAgent},
		{"POST", "/console/v1/apps/{appId}/inbox/{conversationId}/transcript", AppAgent, (*call).sendTranscript},
		{"POST", "/console/v1/apps/{appId}/inbox/{conversationId}/typing", AppAgent, (*call).typeAsAgent},
		{"GET", "/console/v1/apps/{appId}/people", AppAgent, (*call).findPeople},
		{"GET", "/console/v1/apps/{appId}/views", AppAgent, (*call).listSavedViews},
		{"PUT", "/console/v1/apps/{appId}/views/{viewId}", AppAgent, (*call).saveView},
		{"DELETE", "/console/v1/apps/{appId}/views/{viewId}", AppAgent, (*call).removeSavedView},
		{"GET", "/console/v1/apps/{appId}/people/{userId}", AppAgent, (*call).getPerson},
		{"GET", "/console/v1/apps/{appId}/teams", AppAgent, (*call).listTeams},
		{"POST", "/console/v1/apps/{appId}/teams", AppAdmin, (*call).createTeam},
		{"PATCH", "/console/v1/apps/{appId}/teams", AppAdmin, (*call).arrangeTeams},
		{"PUT", "/console/v1/apps/{appId}/teams/{teamId}", AppAdmin, (*call).updateTeam},
		{"DELETE", "/console/v1/apps/{appId}/teams/{teamId}", AppAdmin, (*call).deleteTeam},
		{"GET", "/console/v1/apps/{appId}/canned-replies", AppAgent, (*call).listCannedReplies},
		{"POST", "/console/v1/apps/{appId}/canned-replies", AppAdmin, (*call).createCannedReply},
		{"POST", "/console/v1/apps/{appId}/canned-replies/preview", AppAdmin, (*call).previewCannedReply},
		{"PUT", "/console/v1/apps/{appId}/canned-replies/{cannedReplyId}", AppAdmin, (*call).updateCannedReply},
		{"DELETE", "/console/v1/apps/{appId}/canned-replies/{cannedReplyId}", AppAdmin, (*call).deleteCannedReply},

		{"GET", "/console/v1/apps/{appId}/settings", AppAdmin, (*call).getSetUp},
		{"PATCH", "/console/v1/apps/{appId}/settings", AppAdmin, (*call).changeSetUp},
		{"GET", "/console/v1/apps/{appId}/business-hours", AppAdmin, (*call).getBusinessHours},
		{"PUT", "/console/v1/apps/{appId}/business-hours", AppAdmin, (*call).setBusinessHours},
		{"GET", "/console/v1/apps/{appId}/questions", AppAdmin, (*call).getQuestions},
		{"PUT", "/console/v1/apps/{appId}/questions", AppAdmin, (*call).setQuestions},
		{"GET", "/console/v1/apps/{appId}/stale", AppAdmin, (*call).countStale},
		{"GET", "/console/v1/apps/{appId}/mail", AppAdmin, (*call).mailState},
		{"POST", "/console/v1/apps/{appId}/mail/test", AppAdmin, (*call).sendTestMail},
		{"GET", "/console/v1/apps/{appId}/keys", AppAdmin, (*call).listSetUpKeys},
		{"POST", "/console/v1/apps/{appId}/keys", AppAdmin, proved((*call).makeSetUpKey)},
		{"POST", "/console/v1/apps/{appId}/keys/{keyId}/rotation", AppAdmin, proved((*call).rotateSetUpKey)},
		{"DELETE", "/console/v1/apps/{appId}/keys/{keyId}", AppAdmin, proved((*call).revokeSetUpKey)},
		{"POST", "/console/v1/apps/{appId}/doctor", AppAdmin, (*call).explainToken},
		{"GET", "/console/v1/apps/{appId}/refusals", AppAdmin, (*call).listRefusals},
		{"GET", "/console/v1/apps/{appId}/users", AppAdmin, (*call).findUsers},
		{"POST", "/console/v1/apps/{appId}/users/{userId}/sign-out", AppAdmin, (*call).signUserOut},
		{"GET", "/console/v1/apps/{appId}/users/{userId}/subscription", AppAdmin, (*call).userSubscription},
		{"PUT", "/console/v1/apps/{appId}/users/{userId}/block", AppAdmin, (*call).blockUser},
		{"GET", "/console/v1/apps/{appId}/users/{userId}/export", AppAdmin, proved((*call).exportUser)},
		{"DELETE", "/console/v1/apps/{appId}/users/{userId}", AppAdmin, proved((*call).eraseUser)},
		{"GET", "/console/v1/apps/{appId}/conflicts", AppAdmin, (*call).listConflicts},
		{"GET", "/console/v1/apps/{appId}/conflicts/count", AppAdmin, (*call).countConflicts},
		{"POST", "/console/v1/apps/{appId}/conflicts/{conflictId}/merge", AppAdmin, (*call).mergeConflict},
		{"POST", "/console/v1/apps/{appId}/conflicts/{conflictId}/move", AppAdmin, proved((*call).moveAddress)},
		{"PUT", "/console/v1/apps/{appId}/conflicts/{conflictId}/dismissal", AppAdmin, (*call).dismissConflict},
		{"DELETE", "/console/v1/apps/{appId}/conflicts/{conflictId}/dismissal", AppAdmin, (*call).reopenConflict},
		{"POST", "/console/v1/apps/{appId}/merges", AppAdmin, (*call).mergeUsers},
		{"GET", "/console/v1/apps/{appId}/merges", AppAdmin, (*call).listMerges},
		{"POST", "/console/v1/apps/{appId}/merges/{mergeId}/undo", AppAdmin, (*call).undoMerge},
		{"GET", "/console/v1/apps/{appId}/integrations", AppAdmin, (*call).listIntegrations},
		{"POST", "/console/v1/apps/{appId}/integrations", AppAdmin, proved((*call).createIntegration)},
		{"POST", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks", AppAdmin, proved((*call).createWebhook)},
		{"PATCH", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}", AppAdmin, proved((*call).updateWebhook)},
		{"DELETE", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}", AppAdmin, proved((*call).deleteWebhook)},
		{"POST", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/secret", AppAdmin, proved((*call).rotateWebhookSecret)},
		{"GET", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/attempts", AppAdmin, (*call).listAttempts},
		{"POST", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/test", AppAdmin, (*call).testWebhook},
		{"GET", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters", AppAdmin, (*call).listDeadLetters},
		{"POST", "/console/v1/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters/replay", AppAdmin, (*call).replayDeadLetters},
		{"GET", "/console/v1/apps/{appId}/blocks", AppAdmin, (*call).listAddressBlocks},
		{"POST", "/console/v1/apps/{appId}/blocks", AppAdmin, (*call).blockAddresses},
		{"DELETE", "/console/v1/apps/{appId}/blocks/{blockId}", AppAdmin, (*call).liftAddressBlock},
		{"GET", "/console/v1/apps/{appId}/numbers", AppAdmin, (*call).readNumbers},
		{"GET", "/console/v1/apps/{appId}/ratings", AppAdmin, (*call).listRatings},
		{"GET", "/console/v1/apps/{appId}/audit", AppOwner, (*call).listAudit},

		{"GET", "/v2/tokenInfo", AnyKey, (*call).tokenInfo},
		{"POST", "/v2/apps", AnyKey, (*call).createApp},
		{"GET", "/v2/apps", AnyKey, (*call).listApps},
		{"GET", "/v2/apps/{appId}", AppKey, (*call).getApp},
		{"PATCH", "/v2/apps/{appId}", AppKey, (*call).updateApp},
		{"DELETE", "/v2/apps/{appId}", AppKey, (*call).deleteApp},
		{"POST", "/v2/apps/{appId}/keys", AppKey, (*call).createKey},
		{"GET", "/v2/apps/{appId}/keys", AppKey, (*call).listKeys},
		{"GET", "/v2/apps/{appId}/keys/{keyId}", AppKey, (*call).getKey},
		{"DELETE", "/v2/apps/{appId}/keys/{keyId}", AppKey, (*call).deleteKey},

		{"POST", "/v2/apps/{appId}/attachments", AppKey, (*call).createAttachment},
		{"POST", "/v2/apps/{appId}/attachments/remove", AppKey, (*call).removeAttachment},
		{"POST", "/v2/apps/{appId}/integrations", AppKey, (*call).createIntegration},
		{"GET", "/v2/apps/{appId}/integrations", AppKey, (*call).listIntegrations},
		{"GET", "/v2/apps/{appId}/integrations/{integrationId}", AppKey, (*call).getIntegration},
		{"PATCH", "/v2/apps/{appId}/integrations/{integrationId}", AppKey, (*call).updateIntegration},
		{"DELETE", "/v2/apps/{appId}/integrations/{integrationId}", AppKey, (*call).deleteIntegration},
		{"POST", "/v2/apps/{appId}/integrations/{integrationId}/keys", AppKey, (*call).createIntegrationKey},
		{"GET", "/v2/apps/{appId}/integrations/{integrationId}/keys", AppKey, (*call).listIntegrationKeys},
		{"GET", "/v2/apps/{appId}/integrations/{integrationId}/keys/{keyId}", AppKey, (*call).getIntegrationKey},
		{"DELETE", "/v2/apps/{appId}/integrations/{integrationId}/keys/{keyId}", AppKey, (*call).deleteIntegrationKey},

		{"POST", "/v2/apps/{appId}/integrations/{integrationId}/webhooks", AppKey, (*call).createWebhook},
		{"GET", "/v2/apps/{appId}/integrations/{integrationId}/webhooks", AppKey, (*call).listWebhooks},
		{"GET", "/v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}", AppKey, (*call).getWebhook},
		{"PATCH", "/v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}", AppKey, (*call).updateWebhook},
		{"DELETE", "/v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}", AppKey, (*call).deleteWebhook},
		{"POST", "/v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/secret", AppKey, (*call).rotateWebhookSecret},
		{"GET", "/v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters", AppKey, (*call).listDeadLetters},
		{"POST", "/v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}/deadLetters/replay", AppKey, (*call).replayDeadLetters},

		{"POST", "/v2/apps/{appId}/switchboards", AppKey, (*call).createSwitchboard},
		{"GET", "/v2/apps/{appId}/switchboards", AppKey, (*call).listSwitchboards},
		{"PATCH", "/v2/apps/{appId}/switchboards/{switchboardId}", AppKey, (*call).updateSwitchboard},
		{"DELETE", "/v2/apps/{appId}/switchboards/{switchboardId}", AppKey, (*call).deleteSwitchboard},
		{"POST", "/v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations", AppKey, (*call).createSwitchboardIntegration},
		{"GET", "/v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations", AppKey, (*call).listSwitchboardIntegrations},
		{"PATCH", "/v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations/{switchboardIntegrationId}", AppKey, (*call).updateSwitchboardIntegration},
		{"DELETE", "/v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations/{switchboardIntegrationId}", AppKey, (*call).deleteSwitchboardIntegration},

		{"POST", "/v2/apps/{appId}/users", AppKey, (*call).createUser},
		{"GET", "/v2/apps/{appId}/users", AppKey, (*call).listUsers},
		{"GET", "/v2/apps/{appId}/users/{userIdOrExternalId}", AppKey, (*call).getUser},
		{"PATCH", "/v2/apps/{appId}/users/{userIdOrExternalId}", AppKey, (*call).updateUser},
		{"DELETE", "/v2/apps/{appId}/users/{userIdOrExternalId}", AppKey, (*call).deleteUser},

		{"PUT", "/v2/apps/{appId}/users/{userIdOrExternalId}/externalId", AppKey, (*call).setExternalID},
		{"DELETE", "/v2/apps/{appId}/users/{userIdOrExternalId}/personalinformation", AppKey, (*call).erasePersonalInformation},
		{"GET", "/v2/apps/{appId}/users/{userIdOrExternalId}/clients", AppKey, (*call).listClients},
		{"POST", "/v2/apps/{appId}/users/{userIdOrExternalId}/clients", AppKey, (*call).createClient},
		{"DELETE", "/v2/apps/{appId}/users/{userIdOrExternalId}/clients/{clientId}", AppKey, (*call).deleteClient},
		{"GET", "/v2/apps/{appId}/users/{userIdOrExternalId}/devices", AppKey, (*call).listDevices},
		{"GET", "/v2/apps/{appId}/users/{userIdOrExternalId}/devices/{deviceId}", AppKey, (*call).getDevice},

		{"POST", "/v2/apps/{appId}/merges", AppKey, (*call).mergeUsers},
		{"GET", "/v2/apps/{appId}/merges", AppKey, (*call).listMerges},
		{"GET", "/v2/apps/{appId}/merges/{mergeId}", AppKey, (*call).getMerge},
		{"POST", "/v2/apps/{appId}/merges/{mergeId}/undo", AppKey, (*call).undoMerge},
		{"POST", "/v1.1/apps/{appId}/appusers/merge", AppKey, (*call).mergeAppUsers},

		{"POST", "/v2/apps/{appId}/conversations", AppKey, (*call).createConversation},
		{"GET", "/v2/apps/{appId}/conversations", AppKey, (*call).listConversations},
		{"GET", "/v2/apps/{appId}/conversations/{conversationId}", AppKey, (*call).getConversation},
		{"PATCH", "/v2/apps/{appId}/conversations/{conversationId}", AppKey, (*call).updateConversation},
		{"DELETE", "/v2/apps/{appId}/conversations/{conversationId}", AppKey, (*call).deleteConversation},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/activity", AppKey, (*call).postActivity},
		{"GET", "/v2/apps/{appId}/conversations/{conversationId}/participants", AppKey, (*call).listParticipants},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/join", AppKey, (*call).joinConversation},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/leave", AppKey, (*call).leaveConversation},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/passControl", AppKey, (*call).passControl},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/offerControl", AppKey, (*call).offerControl},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/acceptControl", AppKey, (*call).acceptControl},
		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/releaseControl", AppKey, (*call).releaseControl},

		{"POST", "/v2/apps/{appId}/conversations/{conversationId}/messages", AppKey, (*call).postMessage},
		{"GET", "/v2/apps/{appId}/conversations/{conversationId}/messages", AppKey, (*call).listMessages},
		{"DELETE", "/v2/apps/{appId}/conversations/{conversationId}/messages", AppKey, (*call).deleteMessages},
		{"DELETE", "/v2/apps/{appId}/conversations/{conversationId}/messages/{messageId}", AppKey, (*call).deleteMessage},
	}
}

// Mount adds the routes to the mux. REST v2 is there a second time under the prefix /sc, which is where clients of the
// documented service look for it. What nobody has on the mux comes here, too, and answers 404 or 405 as JSON.
func (a *API) Mount(mux *http.ServeMux) {
	routes := http.NewServeMux()
	for _, route := range Routes() {
		routes.Handle(route.Method+" "+route.Path, a.serve(route))
		switch route.Who {
		case AppKey, AnyKey:
			routes.Handle(route.Method+" /sc"+route.Path, a.serve(route))
		case Page, Script:
			routes.HandleFunc("OPTIONS "+route.Path, a.preflight)
		}
	}
	routes.HandleFunc("GET /openapi.yaml", contract)
	mux.Handle("/", jsonErrors(routes))
	mux.Handle("GET /console/v1/", jsonErrors(routes)) // below the pages of the console
}

// contract serves api/openapi.yaml.
func contract(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(api.OpenAPI)
}
