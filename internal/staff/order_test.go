package staff_test

import (
	"context"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// orderly is a store that says where a transaction does not take its locks in the one order of all: of two that differ, one would have to be given up.
type orderly struct {
	store.Store
	t *testing.T
}

func (s orderly) Write(ctx context.Context, f func(store.Tx) error) error {
	return s.Store.Write(ctx, func(tx store.Tx) error { return f(&inOrder{Tx: tx, t: s.t}) })
}

type inOrder struct {
	store.Tx
	t             *testing.T
	told, audited bool
}

func (tx *inOrder) UpdateApp(app chat.App) error {
	if tx.told || tx.audited {
		tx.t.Error("the app changes after an event or an audit")
	}
	return tx.Tx.UpdateApp(app)
}

func (tx *inOrder) AppendAudit(entry store.Audit) error {
	tx.audited = true
	return tx.Tx.AppendAudit(entry)
}

func (tx *inOrder) AppendEvent(event *chat.Event) error {
	if tx.audited {
		tx.t.Errorf("the event %v comes after an audit", event.Kind)
	}
	tx.told = true
	return tx.Tx.AppendEvent(event)
}

// TestARuleOfFactorsIsForWhoHasOne also has its transaction looked at by orderly, as all tests here have.
func TestARuleOfFactorsIsForWhoHasOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	o.wantCode(o.RequireFactors(t.Context(), ana.Agent, o.app, chat.FactorsOfAll), "second_factor_needed")
	o.enrol(ana)
	if err := o.RequireFactors(t.Context(), ana.Agent, o.app, chat.FactorsOfAll); err != nil {
		t.Fatal(err)
	}
	o.write(func(tx store.Tx) error {
		app, err := tx.GetApp(o.app)
		if app.Settings.Factors != chat.FactorsOfAll {
			t.Errorf("asks for %v", app.Settings.Factors)
		}
		return err
	})
	o.wantCode(o.RequireFactors(t.Context(), ana.Agent, "none", chat.FactorsOfAll), "app_not_found")
}
