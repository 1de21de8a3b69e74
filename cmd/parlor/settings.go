package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/parlorchat/parlor/internal/strictjson"
)

// configFlag names a JSON file with settings, by the names of the flags: "log-level" or "log_level".
type configFlag string

// BeforeResolve reads the file, before the settings that neither flags nor environment give are taken from it.
func (configFlag) BeforeResolve(ctx *kong.Context, trace *kong.Path) error {
	path := string(ctx.FlagValue(trace.Flag).(configFlag))
	file, err := readSettings(path, settingsIn(ctx.Model))
	if err != nil {
		return fmt.Errorf("--config: %s%w", path, err)
	}
	ctx.AddResolver(file)
	return nil
}

// allSettings are the flags that the environment can set too, by their plain names.
type allSettings map[string]*kong.Flag

func settingsIn(model *kong.Application) allSettings {
	known := allSettings{}
	for _, command := range model.Leaves(false) {
		for _, flag := range command.Flags {
			if _, found := known[plain(flag.Name)]; !found && len(flag.Envs) > 0 {
				known[plain(flag.Name)] = flag
			}
		}
	}
	return known
}

// separators is what spellings of a setting differ in.
var separators = strings.NewReplacer("-", "", "_", "")

// plain is what all spellings of a setting have in common.
func plain(name string) string {
	return strings.ToLower(separators.Replace(name))
}

// settingsFile is what a file says, by plain names.
type settingsFile map[string]string

// readSettings returns an error that goes on after the name of the file.
func readSettings(path string, known allSettings) (settingsFile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf(": %w", errors.Unwrap(err))
	}
	members, err := strictjson.Members(text, nil)
	if err != nil {
		return nil, placed(err, text)
	}
	file := settingsFile{}
	for _, member := range members {
		name := plain(string(member.Name))
		flag := known[name]
		if flag == nil {
			return nil, fmt.Errorf(": %q is no setting; settings are %s", member.Name, known)
		}
		if _, twice := file[name]; twice {
			return nil, fmt.Errorf(": %q stands there twice, in two spellings", member.Name)
		}
		if file[name], err = valueFor(flag, member.Value); err != nil {
			return nil, fmt.Errorf(": %q: %w", member.Name, err)
		}
	}
	return file, nil
}

// placed puts line and column in front of an error.
func placed(err error, text []byte) error {
	broken, ok := errors.AsType[*strictjson.Error](err)
	if !ok || broken.Offset < 0 {
		return fmt.Errorf(": %w", err)
	}
	before := text[:broken.Offset]
	line, column := 1+bytes.Count(before, []byte("\n")), broken.Offset-bytes.LastIndexByte(before, '\n')
	return fmt.Errorf(":%d:%d: %w", line, column, &strictjson.Error{Path: broken.Path, Offset: -1, Problem: broken.Problem})
}

// valueFor writes a value as it would stand on the command line, if the flag takes it.
func valueFor(flag *kong.Flag, value strictjson.Value) (string, error) {
	text, err := asText(value)
	if err != nil {
		return "", err
	}
	scan, target := kong.Scan().PushTyped(text, kong.FlagValueToken), reflect.New(flag.Target.Type()).Elem()
	return text, flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, target)
}

func asText(value strictjson.Value) (string, error) {
	if text, ok := value.String(); ok {
		return text, nil
	}
	list, isList := value.List()
	if _, isObject := value.Object(); isObject || value.IsNull() {
		return "", errors.New("must be a string, a number, true or false, or a list of strings")
	}
	if !isList {
		return string(value.Raw()), nil
	}
	var texts []string
	for _, one := range list {
		text, ok := one.String()
		if !ok {
			return "", errors.New("must be a list of strings")
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ","), nil
}

// String lists the names.
func (known allSettings) String() string {
	var names []string
	for _, flag := range known {
		if !flag.Hidden {
			names = append(names, flag.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// Validate has nothing left to find: the file was checked when it was read.
func (settingsFile) Validate(*kong.Application) error { return nil }

// Resolve gives a setting that the environment does not.
func (file settingsFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := file[plain(flag.Name)]
	inEnvironment := slices.ContainsFunc(flag.Envs, func(name string) bool { _, set := os.LookupEnv(name); return set })
	if !ok || len(flag.Envs) == 0 || inEnvironment {
		return nil, nil
	}
	return value, nil
}

// ofExamples are variables that programs beside the server take, as the documentation has it.
var ofExamples = []string{"PARLOR_URL", "PARLOR_APP", "PARLOR_KEY_ID", "PARLOR_SECRET"}

// unknownVariables are those of the environment that look like settings and are none.
func unknownVariables(known allSettings, environment []string) []string {
	names := slices.Clone(ofExamples)
	for flag := range maps.Values(known) {
		names = append(names, flag.Envs...)
	}
	var unknown []string
	for _, variable := range environment {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "PARLOR_") && !slices.Contains(names, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	return unknown
}
