package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// listAddressBlocks lists the addresses that are blocked.
func (c *call) listAddressBlocks() (answer, error) {
	blocks, err := c.api.Admin.ListAddressBlocks(c.Context(), c.principal, c.app.ID)
	if err != nil {
		return answer{}, err
	}
	list := wire.AddressBlocks{Addresses: make([]wire.AddressBlock, 0, len(blocks))}
	for _, block := range blocks {
		list.Addresses = append(list.Addresses, wire.AddressBlockOf(block))
	}
	return ok(list)
}

// blockAddresses keeps users of some addresses outside.
func (c *call) blockAddresses() (answer, error) {
	var body wire.AddressBlockInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	block, err := c.api.Admin.BlockAddresses(c.Context(), c.principal, c.app.ID, admin.AddressBlockInput{Addresses: body.Addresses, Note: body.Note, For: body.For()})
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneAddressBlock{Block: wire.AddressBlockOf(block)})
}

// liftAddressBlock lets them in again.
func (c *call) liftAddressBlock() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Admin.LiftAddressBlock(c.Context(), c.principal, c.app.ID, chat.AddressBlockID(c.PathValue("blockId")))
}
