package wire

import "github.com/parlorchat/parlor/internal/chat"

// ClientShape is a client as REST v2 shows it: every client here is of the type sdk.
type ClientShape struct {
	ID            string         `json:"id"`
	Type          string         `json:"type"`
	Status        string         `json:"status"`
	IntegrationID string         `json:"integrationId"`
	DisplayName   string         `json:"displayName,omitzero"`
	LastSeen      Time           `json:"lastSeen,omitzero"`
	LinkedAt      Time           `json:"linkedAt"`
	Info          map[string]any `json:"info"`
}

// Device is the browser or program that a client runs on. Client and device are one here, and share their id.
type Device struct {
	ID            string         `json:"id"`
	Type          string         `json:"type"`
	GUID          string         `json:"guid"`
	ClientID      string         `json:"clientId"`
	Status        string         `json:"status"`
	IntegrationID string         `json:"integrationId"`
	LastSeen      Time           `json:"lastSeen"`
	Info          map[string]any `json:"info"`
}

// Clients and Devices are all that a user has.
type Clients struct {
	Clients []ClientShape `json:"clients"`
	Meta    Meta          `json:"meta"`
	Links   Links         `json:"links"`
}

// Devices are all that a user has, the one seen last first.
type Devices struct {
	Devices []Device `json:"devices"`
	Meta    Meta     `json:"meta"`
	Links   Links    `json:"links"`
}

// OneDevice is one device.
type OneDevice struct {
	Device Device `json:"device"`
}

// ClientsOf are a user's clients.
func ClientsOf(clients []chat.Client, integration chat.IntegrationID) Clients {
	list := Clients{Clients: make([]ClientShape, 0, len(clients))}
	for _, c := range clients {
		list.Clients = append(list.Clients, ClientOf(c, integration))
	}
	return list
}

// ClientOf is a client as REST and events show it.
func ClientOf(c chat.Client, integration chat.IntegrationID) ClientShape {
	return ClientShape{ID: string(c.ID), Type: "sdk", Status: "active", IntegrationID: string(integration),
		DisplayName: c.Name, LastSeen: At(c.LastSeenAt), LinkedAt: At(c.CreatedAt), Info: infoOf(c)}
}

// DevicesOf are a user's devices.
func DevicesOf(clients []chat.Client, integration chat.IntegrationID) Devices {
	list := Devices{Devices: make([]Device, 0, len(clients))}
	for _, c := range clients {
		list.Devices = append(list.Devices, DeviceOf(c, integration))
	}
	return list
}

// DeviceOf is the device of a client.
func DeviceOf(c chat.Client, integration chat.IntegrationID) Device {
	kind := c.Platform
	if kind == "other" {
		kind = "web" // the documented types are android, ios and web, and typed clients know no other
	}
	return Device{ID: string(c.ID), Type: kind, GUID: string(c.ID), ClientID: string(c.ID), Status: "active",
		IntegrationID: string(integration), LastSeen: At(c.LastSeenAt), Info: infoOf(c)}
}

// infoOf is what the browser says of itself, unverified.
func infoOf(c chat.Client) map[string]any {
	info := c.Info.Merged(nil)
	for name, value := range map[string]string{"locale": c.Locale, "timeZone": c.TimeZone} {
		if value != "" {
			info[name] = value
		}
	}
	return info
}
