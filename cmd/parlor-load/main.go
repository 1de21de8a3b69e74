// Command parlor-load starts a Parlor on loopback, measures what it costs, and prints a table. It ends by itself.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"github.com/parlorchat/parlor/internal/load"
)

func main() {
	binary := flag.String("binary", "bin/parlor", "the program to measure")
	idle := flag.Int("idle", 10_000, "idle connections to hold")
	flag.Parse()
	if err := measure(*binary, *idle); err != nil {
		fmt.Fprintln(os.Stderr, "parlor-load:", err)
		os.Exit(1)
	}
}

func measure(binary string, idle int) error {
	folder, err := os.MkdirTemp("", "parlor-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	synced, err := load.SyncTime(folder)
	if err != nil {
		return err
	}
	s, err := load.Start(ctx, binary, folder)
	if err != nil {
		return err
	}
	defer s.Stop()

	var figures []load.Figure
	for _, step := range []func() ([]load.Figure, error){
		func() ([]load.Figure, error) { return s.SignIns(4000) },
		func() ([]load.Figure, error) { return s.Messages(1500) },
		func() ([]load.Figure, error) { return s.Latency(200, 10*time.Second) },
		func() ([]load.Figure, error) { return s.FanOut(1000, 100) },
		func() ([]load.Figure, error) { return s.REST(30_000) },
		func() ([]load.Figure, error) { return s.Idle(idle) },
		func() ([]load.Figure, error) { return s.Restart(func() (time.Duration, error) { return s.Run(ctx) }) },
	} {
		got, err := step()
		if err != nil {
			return err
		}
		figures = append(figures, got...)
	}

	fmt.Printf("%s, %d CPUs, %s; the disk syncs 4 KB in %.2f ms (median)\n\n", runtime.Version(), runtime.NumCPU(), runtime.GOARCH, float64(synced.Nanoseconds())/1e6)
	fmt.Println("| what | measured | reach |\n|---|---|---|")
	for _, f := range figures {
		fmt.Printf("| %s | %s | %s |\n", f.What, f.Reached, f.Wanted)
	}
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		return err
	}
	fmt.Printf("\nThe load itself used %.1f s of CPU on the same machine.\n",
		time.Duration(own.Utime.Nano()+own.Stime.Nano()).Seconds())
	return nil
}
