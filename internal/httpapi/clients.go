package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) listClients() (answer, error) {
	clients, err := c.clientsOfUser()
	if err != nil {
		return answer{}, err
	}
	return ok(wire.ClientsOf(clients, c.app.IntegrationID))
}

// createClient would link a user to a channel: there are none.
func (c *call) createClient() (answer, error) {
	if _, err := c.clientsOfUser(); err != nil {
		return answer{}, err
	}
	return answer{}, &chat.Error{Kind: chat.Unsupported, Code: "not_implemented",
		Message: "No outer channel is connected to this server, so that there is nothing to link a user to. Clients of the type sdk come by signing in."}
}

// deleteClient takes no client of the type sdk, as documented: those are browsers, which end by signing out.
func (c *call) deleteClient() (answer, error) {
	if _, err := c.clientOfUser("client", c.PathValue("clientId")); err != nil {
		return answer{}, err
	}
	return answer{}, chat.InvalidField("clientId", "names a client of the type sdk, which cannot be removed: sign the user out instead")
}

func (c *call) listDevices() (answer, error) {
	clients, err := c.clientsOfUser()
	if err != nil {
		return answer{}, err
	}
	return ok(wire.DevicesOf(clients, c.app.IntegrationID))
}

func (c *call) getDevice() (answer, error) {
	client, err := c.clientOfUser("device", c.PathValue("deviceId"))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneDevice{Device: wire.DeviceOf(client, c.app.IntegrationID)})
}

func (c *call) clientsOfUser() ([]chat.Client, error) {
	return c.api.Directory.ListClients(c.Context(), c.principal, c.PathValue("userIdOrExternalId"))
}

func (c *call) clientOfUser(thing, id string) (chat.Client, error) {
	clients, err := c.clientsOfUser()
	if err != nil {
		return chat.Client{}, err
	}
	for _, client := range clients {
		if string(client.ID) == id {
			return client, nil
		}
	}
	return chat.Client{}, chat.Missing(thing)
}
