package main

import (
	"slices"
	"testing"

	"github.com/alecthomas/kong"
)

func TestUnknownVariablesAreNamed(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(&commands{}, kong.Vars{"version": "test"})
	if err != nil {
		t.Fatal(err)
	}
	known := settingsIn(parser.Model)
	environment := []string{"PARLOR_PUBLICURL=https://chat.example.com", "PARLOR_LOGLEVEL", "HOME=/root", "PARLOR_ADDR=:8080", "PARLOR_NATS=", "PARLOR_KEY_ID=app_1"}
	for _, flag := range known {
		environment = append(environment, flag.Envs[0]+"=x")
	}
	if got, want := unknownVariables(known, environment), []string{"PARLOR_LOGLEVEL", "PARLOR_PUBLICURL"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(known) < 25 {
		t.Errorf("only %d settings are known", len(known))
	}
}
