package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/importer"
	"github.com/parlorchat/parlor/internal/server"
)

// importCommand brings history: docs/import.md.
type importCommand struct {
	config.Store `embed:""`
	App          string   `required:"" help:"Id of the app."`
	Files        []string `arg:"" name:"file" help:"Files of one JSON object a line, in order; - is standard input."`
	DryRun       bool     `help:"Check everything and write nothing."`
	SkipBad      string   `placeholder:"FILE" type:"path" help:"Go on after faulty lines, and write them to this file, which must not be there yet."`
	JSON         bool     `name:"json" help:"Print JSON."`
}

func (i *importCommand) Run(ctx context.Context, o *output) (err error) {
	if i.DryRun && i.SkipBad != "" {
		return errors.New("--skip-bad: does not go with --dry-run, which goes on by itself and writes no file")
	}
	sources, closeAll, err := openSources(i.Files)
	if err != nil {
		return err
	}
	defer closeAll()
	log := o.logger("warn")
	data, err := server.Open(ctx, i.Store, eventlog.Unheard{}, log)
	if err != nil {
		return err
	}
	defer data.Store.Close()

	report := &report{out: o.err, began: time.Now()}
	options := importer.Options{Store: data.Store, App: chat.AppID(i.App), Actor: operator.Name, Now: time.Now, Progress: report.progress}
	switch {
	case i.DryRun:
		scratch, err := server.OpenScratch(ctx, log)
		if err != nil {
			return err
		}
		defer scratch.Close()
		options.Store, options.Behind, options.Skip = scratch, data.Store, report.fault
	case i.SkipBad != "":
		bad, err := os.OpenFile(i.SkipBad, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("--skip-bad: %w", err)
		}
		defer func() { err = errors.Join(err, bad.Close()) }()
		options.Skip = func(f importer.Fault) error {
			if _, err := bad.Write(append(bytes.Clone(f.Raw), '\n')); err != nil {
				return fmt.Errorf("--skip-bad: %w", err)
			}
			return report.fault(f)
		}
	}
	result, err := importer.Run(ctx, options, sources)
	if err != nil {
		if result.Lines() > 0 {
			fmt.Fprintf(o.err, "The first %d lines are done: start the same import again when the fault is gone, and it goes on there.\n", result.Lines())
		}
		return err
	}
	return i.tell(o, result)
}

// tell prints the result. Faults found by a rehearsal are its failure; those that were skipped were wanted so.
func (i *importCommand) tell(o *output, result importer.Result) error {
	if i.JSON {
		err := o.json(struct {
			importer.Result
			DryRun bool `json:"dryRun"`
		}{result, i.DryRun})
		if err != nil {
			return err
		}
	} else {
		did := "imported"
		if i.DryRun {
			did = "would be imported"
		}
		for _, line := range []struct {
			what  string
			count importer.Count
		}{{"users", result.Users}, {"conversations", result.Conversations}, {"messages", result.Messages}} {
			o.line("%-14s %d %s, %d there already", line.what, line.count.Imported, did, line.count.Unchanged)
		}
	}
	switch {
	case result.Faulty == 0:
		return nil
	case i.DryRun:
		return fmt.Errorf("%d lines have faults; nothing was written", result.Faulty)
	}
	fmt.Fprintf(o.err, "%d lines have faults: they are in %s\n", result.Faulty, i.SkipBad)
	return nil
}

// openSources opens all files before anything is written.
func openSources(names []string) (sources []importer.Source, closeAll func(), err error) {
	var files []io.Closer
	closeAll = func() {
		for _, file := range files {
			file.Close()
		}
	}
	for _, name := range names {
		if name == "-" {
			sources = append(sources, importer.Source{Name: "standard input", Reader: os.Stdin})
			continue
		}
		file, err := os.Open(name)
		if err != nil {
			closeAll()
			return nil, nil, err
		}
		files = append(files, file)
		sources = append(sources, importer.Source{Name: name, Reader: file})
	}
	return sources, closeAll, nil
}

// report says on standard error how an import goes.
type report struct {
	out    io.Writer
	began  time.Time
	told   time.Time
	faults int
}

// maxFaultsShown is the most faults that are printed; one fault may have thousands in its wake.
const maxFaultsShown = 50

func (r *report) fault(f importer.Fault) error {
	if r.faults++; r.faults <= maxFaultsShown {
		fmt.Fprintln(r.out, f.Error())
	}
	if r.faults == maxFaultsShown {
		fmt.Fprintln(r.out, "Further faults are counted only.")
	}
	return nil
}

// progress prints a line every two seconds.
func (r *report) progress(result importer.Result) {
	if now := time.Now(); now.Sub(r.began) > 2*time.Second && now.Sub(r.told) > 2*time.Second {
		r.told = now
		fmt.Fprintf(r.out, "%d lines, %.0f a second\n", result.Lines(), float64(result.Lines())/now.Sub(r.began).Seconds())
	}
}
