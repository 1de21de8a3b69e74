package wire

import (
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
)

// App is an app as REST v2 shows it.
type App struct {
	ID          string         `json:"id"`
	DisplayName string         `json:"displayName"`
	Settings    AppSettings    `json:"settings"`
	Metadata    map[string]any `json:"metadata"`
}

// AppSettings are the settings that the documented service has. Those of Parlor itself are set by the operator.
type AppSettings struct {
	ConversationRetentionSeconds int64 `json:"conversationRetentionSeconds,omitzero"`
	MaskCreditCardNumbers        bool  `json:"maskCreditCardNumbers"`
	UseAnimalNames               bool  `json:"useAnimalNames"`
	EchoPostback                 bool  `json:"echoPostback"`
	IgnoreAutoConversationStart  bool  `json:"ignoreAutoConversationStart"`
	MultiConvoEnabled            bool  `json:"multiConvoEnabled"` // always
	AppLocalizationEnabled       bool  `json:"appLocalizationEnabled"`
	EndSessionEnabled            bool  `json:"endSessionEnabled"`
	DisableConversationReopen    bool  `json:"disableConversationReopen"`
}

// OneApp is one app.
type OneApp struct {
	App App `json:"app"`
}

// Apps is a page of apps.
type Apps struct {
	Apps  []App `json:"apps"`
	Meta  Meta  `json:"meta"`
	Links Links `json:"links"`
}

// AppOf is an app.
func AppOf(a chat.App) App {
	on := func(name string) bool { return slices.Contains(a.Settings.Switches, name) }
	return App{ID: string(a.ID), DisplayName: a.Name, Metadata: metadata(a.Settings.Metadata), Settings: AppSettings{
		ConversationRetentionSeconds: int64(a.Settings.Retention.Seconds()),
		MaskCreditCardNumbers:        on("maskCreditCardNumbers"), UseAnimalNames: on("useAnimalNames"), EchoPostback: on("echoPostback"),
		IgnoreAutoConversationStart: on("ignoreAutoConversationStart"), MultiConvoEnabled: true,
		AppLocalizationEnabled: on("appLocalizationEnabled"), EndSessionEnabled: on("endSessionEnabled"),
		DisableConversationReopen: on("disableConversationReopen"),
	}}
}

// AppInput is the body that makes or changes an app.
type AppInput struct {
	DisplayName Text             `json:"displayName"`
	Settings    AppSettingsInput `json:"settings"`
	Metadata    map[string]any   `json:"metadata"`
}

// AppSettingsInput are settings to change; an absent one stays as it is.
type AppSettingsInput struct {
	ConversationRetentionSeconds *int64 `json:"conversationRetentionSeconds"`
	MaskCreditCardNumbers        *bool  `json:"maskCreditCardNumbers"`
	UseAnimalNames               *bool  `json:"useAnimalNames"`
	EchoPostback                 *bool  `json:"echoPostback"`
	IgnoreAutoConversationStart  *bool  `json:"ignoreAutoConversationStart"`
	MultiConvoEnabled            *bool  `json:"multiConvoEnabled"` // without effect: it is always on
	AppLocalizationEnabled       *bool  `json:"appLocalizationEnabled"`
	EndSessionEnabled            *bool  `json:"endSessionEnabled"`
	DisableConversationReopen    *bool  `json:"disableConversationReopen"`
}

// Switches are the switches that the input names.
func (in AppSettingsInput) Switches() map[string]bool {
	switches := map[string]bool{}
	for name, value := range map[string]*bool{
		"maskCreditCardNumbers": in.MaskCreditCardNumbers, "useAnimalNames": in.UseAnimalNames, "echoPostback": in.EchoPostback,
		"ignoreAutoConversationStart": in.IgnoreAutoConversationStart, "appLocalizationEnabled": in.AppLocalizationEnabled,
		"endSessionEnabled": in.EndSessionEnabled, "disableConversationReopen": in.DisableConversationReopen,
	} {
		if value != nil {
			switches[name] = *value
		}
	}
	return switches
}

// Key is a key as REST v2 shows it. The secret is there in the answer that makes it, and never again.
type Key struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
	Secret      string `json:"secret,omitzero"`
}

// OneKey is one key.
type OneKey struct {
	Key Key `json:"key"`
}

// Keys are all keys of an app.
type Keys struct {
	Keys []Key `json:"keys"`
}

// KeyInput is the body that makes a key.
type KeyInput struct {
	DisplayName string `json:"displayName"`
}

// KeyOf is a key without its secret.
func KeyOf(k chat.Key) Key { return Key{ID: string(k.ID), DisplayName: k.Name} }
