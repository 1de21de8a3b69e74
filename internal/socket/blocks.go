package socket

import (
	"context"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
)

// keepOut refuses a connection from an address that the app, as it is now, has blocked.
func (d *Door) keepOut(c *conn, app chat.App) error {
	if app.Settings.BlocksSource(c.source, d.Now()) {
		return chat.AddressBlocked()
	}
	return nil
}

// blockLists are the apps with connections as they were when their block lists were read last. An app whose list is still the same stays the same pointer, so that a
// connection is judged once by each list: ends of blocks let somebody in, and never keep anybody out.
type blockLists map[chat.AppID]*chat.App

// closeBlocked closes the connections from addresses that their app has blocked meanwhile. Where an app cannot be read they are looked at again
// with the next beat.
func (d *Door) closeBlocked(ctx context.Context, conns []*conn) {
	lists := make(blockLists)
	for _, c := range conns {
		list, known := lists[c.app.ID]
		if !known {
			list = d.blockList(ctx, c.app.ID)
			lists[c.app.ID] = list
		}
		if list == nil || c.judgedBy == list {
			continue
		}
		c.judgedBy = list
		if err := d.keepOut(c, *list); err != nil {
			c.evict(err)
		}
	}
	d.blocks = lists
}

// blockList is the app with its block list of now; nil: it was never read.
func (d *Door) blockList(ctx context.Context, id chat.AppID) *chat.App {
	last := d.blocks[id]
	app, err := d.Apps.Find(ctx, string(id))
	if err != nil || last != nil && slices.Equal(last.Settings.AddressBlocks, app.Settings.AddressBlocks) {
		return last
	}
	return &app
}
