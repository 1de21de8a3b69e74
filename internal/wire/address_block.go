package wire

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// AddressBlock keeps the users of some addresses outside an app.
type AddressBlock struct {
	ID        string    `json:"id"`
	Addresses string    `json:"addresses"`
	Note      string    `json:"note,omitzero"`
	By        *AgentRef `json:"by,omitzero"`
	At        Time      `json:"at"`
	Until     Time      `json:"until,omitzero"`
}

// AddressBlockOf shows one address without a prefix length.
func AddressBlockOf(b chat.AddressBlock) AddressBlock {
	addresses := b.Addresses.String()
	if b.Addresses.IsSingleIP() {
		addresses = b.Addresses.Addr().String()
	}
	return AddressBlock{ID: string(b.ID), Addresses: addresses, Note: b.Note, By: AgentRefOf(b.By), At: At(b.At), Until: At(b.Until)}
}

// AddressBlocks are those of an app, the newest first.
type AddressBlocks struct {
	Addresses []AddressBlock `json:"addresses"`
}

// OneAddressBlock is one of them.
type OneAddressBlock struct {
	Block AddressBlock `json:"block"`
}

// AddressBlockInput is the body that blocks addresses.
type AddressBlockInput struct {
	Addresses string `json:"addresses"`
	Note      string `json:"note"`
	Seconds   int64  `json:"seconds"` // absent: for good
}

// For is how long they are to be blocked; below zero where no duration holds it.
func (in AddressBlockInput) For() time.Duration {
	const most = int64(1<<63-1) / int64(time.Second)
	if in.Seconds < 0 || in.Seconds > most {
		return -1
	}
	return time.Duration(in.Seconds) * time.Second
}
