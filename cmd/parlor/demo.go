package main

import (
	"context"

	"github.com/parlorchat/parlor/internal/demo"
)

// demoCommand runs a throwaway company.
type demoCommand struct {
	Addr     string `env:"PARLOR_ADDR" default:"127.0.0.1:8080" help:"Address of Parlor."`
	ShopAddr string `default:"127.0.0.1:8081" help:"Address of the company's shop: an origin of its own."`
	LogLevel string `env:"PARLOR_LOG_LEVEL" default:"warn" help:"Least level that is logged."`
}

func (d *demoCommand) Run(ctx context.Context, o *output) error {
	return demo.Run(ctx, demo.Options{Addr: d.Addr, ShopAddr: d.ShopAddr}, o.out, o.logger(d.LogLevel))
}
