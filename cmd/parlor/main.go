// Command parlor is a self-hosted chat that already knows who your users are. "parlor serve" runs the server; the other
// commands administer its data, before the first serve and beside a running one alike.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // time zones of apps, where the system has none

	"github.com/alecthomas/kong"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/server"
)

// version is set by the build.
var version = "dev"

type commands struct {
	Config  configFlag       `help:"JSON file with settings; flags and environment go before it." type:"path" placeholder:"FILE"`
	Version kong.VersionFlag `help:"Print the version and exit."`

	Serve  serveCommand  `cmd:"" help:"Run the server."`
	Demo   demoCommand   `cmd:"" help:"Run a throwaway company with a shop and a chat."`
	App    appCommands   `cmd:"" help:"Make, list and change apps."`
	Key    keyCommands   `cmd:"" help:"Make, list, rotate, revoke and import keys."`
	Import importCommand `cmd:"" help:"Bring users, conversations and messages from elsewhere: see docs/import.md."`
	Backup backupCommand `cmd:"" help:"Copy the data to a folder, beside a running server: see docs/operate.md."`
	Token  tokenCommand  `cmd:"" help:"Mint a test token, or explain one."`
	Admin  adminCommand  `cmd:"" help:"Accounts of the console."`
	Audit  auditCommands `cmd:"" help:"Check the audit log."`

	RotateMaster rotateMaster `cmd:"" help:"Seal all stored secrets under another master key, while no server runs: see docs/operate.md."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run executes a command line and returns the exit code: 0 done, 1 failed, 2 not understood.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c, kong.Name("parlor"), kong.Description("A self-hosted chat that already knows who your users are."),
		kong.Vars{"version": version}, kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exit = code }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(stderr, "parlor:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // --help and --version have said it all
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "parlor:", err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(&output{stdout, stderr}); err != nil {
		fmt.Fprintln(stderr, "parlor:", explain(err))
		return 1
	}
	return 0
}

// explain is what the operator reads: of a refusal only what to change, of a fault everything.
func explain(err error) string {
	if refusal, ok := chat.AsError(err); ok && refusal.Err == nil && refusal.Message != "" {
		return refusal.Message
	}
	return err.Error()
}

// output is where a command prints: results to out, everything else to err.
type output struct{ out, err io.Writer }

// json prints one JSON value and nothing else.
func (o *output) json(v any) error {
	encoder := json.NewEncoder(o.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

func (o *output) line(format string, args ...any) { fmt.Fprintf(o.out, format+"\n", args...) }

func (o *output) logger(level string) *slog.Logger {
	var least slog.Level
	if least.UnmarshalText([]byte(level)) != nil {
		least = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(o.err, &slog.HandlerOptions{Level: least}))
}

// serveCommand runs the server in the foreground.
type serveCommand struct {
	config.Server `embed:""`
}

func (s *serveCommand) Run(ctx context.Context, o *output, line *kong.Context) error {
	log := o.logger(s.LogLevel)
	if unknown := unknownVariables(settingsIn(line.Model), os.Environ()); len(unknown) > 0 {
		log.Warn("the environment has variables that are no settings; parlor serve --help lists those that are", "unknown", unknown)
	}
	running, err := server.New(ctx, s.Server, log)
	if err != nil {
		return err
	}
	log.Info("parlor is listening", "addr", running.Addr(), "version", version)
	link, err := running.SetUpLink(ctx)
	if err != nil {
		return errors.Join(err, running.Close())
	}
	if link != "" {
		o.line("console: open %s to set up the first account", link)
	}
	err = running.Run(ctx)
	log.Info("parlor has stopped")
	return err
}
