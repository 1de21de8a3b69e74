package main

import (
	"context"
	"fmt"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/server"
)

type auditCommands struct {
	Verify auditVerify `cmd:"" help:"Check that the audit log is as it was written: see docs/operate.md."`
}

type auditVerify struct {
	config.Store `embed:""`
	Mark         admin.AuditMark `help:"What this command printed before, kept elsewhere: the log must still hold it." placeholder:"POSITION:HASH"`
	JSON         bool            `name:"json" help:"Print JSON."`
}

func (a *auditVerify) Run(ctx context.Context, o *output) error {
	return data(ctx, a.Store, o, func(_ server.Data, service *admin.Service) error {
		check, err := service.CheckAudits(ctx, operator, a.Mark)
		if err != nil {
			return err
		}
		if err := a.print(o, check); err != nil || check.Broken == 0 {
			return err
		}
		return fmt.Errorf("the audit log is broken at entry %d: %s", check.Broken, check.Why)
	})
}

func (a *auditVerify) print(o *output, check admin.AuditCheck) error {
	if a.JSON {
		shown := map[string]any{"checked": check.Checked, "unchained": check.Unchained, "mark": check.Mark}
		if check.Broken > 0 {
			shown["broken"] = map[string]any{"position": check.Broken, "why": check.Why}
		}
		return o.json(shown)
	}
	o.line("checked    %d entries", check.Checked)
	if check.Unchained > 0 {
		o.line("unchained  %d of them, the oldest: the first entry after them vouches for them", check.Unchained)
	}
	mark, err := check.Mark.MarshalText()
	o.line("mark       %s", mark)
	return err
}
