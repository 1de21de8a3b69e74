package sqlstore

import (
	"net/netip"

	"github.com/parlorchat/parlor/internal/chat"
)

// addressBlockRow is a part of an app's settings.
type addressBlockRow struct {
	ID        chat.AddressBlockID `json:"id"`
	Addresses netip.Prefix        `json:"addresses"`
	Note      string              `json:"note,omitempty"`
	By        chat.AgentID        `json:"by,omitempty"`
	At        int64               `json:"at_micros"`
	Until     int64               `json:"until_micros,omitempty"`
}

func addressBlockRows(blocks []chat.AddressBlock) (rows []addressBlockRow) {
	for _, b := range blocks {
		rows = append(rows, addressBlockRow{b.ID, b.Addresses, b.Note, b.By.ID, micros(b.At), micros(b.Until)})
	}
	return rows
}

func addressBlocksOf(rows []addressBlockRow) (blocks []chat.AddressBlock) {
	for _, r := range rows {
		b := chat.AddressBlock{ID: r.ID, Addresses: r.Addresses, Note: r.Note, By: chat.Colleague{ID: r.By}}
		(*timeValue)(&b.At).set(r.At)
		(*timeValue)(&b.Until).set(r.Until)
		blocks = append(blocks, b)
	}
	return blocks
}
