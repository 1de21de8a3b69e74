package socket

import "github.com/parlorchat/parlor/internal/wire"

// viewer is the user of this connection, and how media are shown to them.
func (c *conn) viewer() wire.Viewer { return wire.Viewer{User: c.connection.User, Media: c.door.Media} }
