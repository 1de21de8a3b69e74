package socket_test

import (
	"context"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/servertest"
)

// TestABlockedAddressIsClosedAndKeptOut blocks it by another process, as on another node (security rule 26).
func TestABlockedAddressIsClosedAndKeptOut(t *testing.T) {
	t.Parallel()
	e := &env{servertest.Start(t), dialSocket}
	open, _ := welcome(e, map[string]any{})
	silent := connect(e) // has not said hello yet
	operator := chat.Principal{Operator: true, Name: "test"}
	var block chat.AddressBlock
	e.Admin(func(ctx context.Context, a *admin.Service) (err error) {
		block, err = a.BlockAddresses(ctx, operator, e.App.ID, admin.AddressBlockInput{Addresses: "127.0.0.0/8"})
		return err
	})
	if f := open.next(); f.text("error.code") != "address_blocked" {
		t.Errorf("%v", f)
	}
	for name, w := range map[string]*client{"open": open, "silent": silent} {
		if code := w.closed(); code != 4403 {
			t.Errorf("%s: closed with %d", name, code)
		}
	}
	refused := connect(e)
	if f := refused.next(); f.text("error.code") != "address_blocked" {
		t.Errorf("%v", f)
	}
	if code := refused.closed(); code != 4403 {
		t.Errorf("refused with %d", code)
	}
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		return a.LiftAddressBlock(ctx, operator, e.App.ID, block.ID)
	})
	e.Set(map[string]string{"name": "Test"}) // what is heard of after it
	welcome(e, map[string]any{})
}
