// Package sign runs the recipes beside it, each in its language where the machine has it, and signs in with what they
// print.
package sign

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

const (
	keyID  = "app_00000000000000000000000a"
	secret = "Q2-_hY0example0secret0of0forty0three0charsA" // as Parlor makes them: base64url, used as it stands
)

// recipes are how each folder's file is run. The first word is what must be on the machine.
var recipes = map[string][]string{
	"node":   {"node", "sign.mjs"},
	"python": {"python3", "sign.py"},
	"php":    {"php", "sign.php"},
	"ruby":   {"ruby", "sign.rb"},
	"go":     {"go", "run", "sign.go"},
	"java":   {"java", "Sign.java"},
	"csharp": {"dotnet", "run", "Sign.cs", "--"},
}

// externalIDs are a plain one, and one whose characters JSON, base64 and the shell treat in ways of their own.
var externalIDs = []string{"u-42", `crm/7+8 "Ana \ <Müller> & 東京" ??>>~~ 🙂`}

func TestRecipes(t *testing.T) {
	t.Parallel()
	app, verifier := newVerifier(t)
	for language, command := range recipes {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			mustHave(t, language, command[0])
			for _, id := range externalIDs {
				began := time.Now()
				token, said, err := run(t, language, id, "PARLOR_KEY_ID="+keyID, "PARLOR_SECRET="+secret)
				if err != nil {
					t.Fatalf("%v: %s", err, said)
				}
				checkToken(t, token, id, began)
				request := auth.Request{App: app, Door: chat.DoorSDK, Token: token, ExternalID: id}
				asserts, err := verifier.Verify(t.Context(), request, time.Now())
				if err != nil || asserts.ExternalID != id {
					t.Errorf("Parlor takes the token for %q: %v", asserts.ExternalID, err)
				}
			}
			for _, env := range [][]string{{"PARLOR_KEY_ID=" + keyID, "PARLOR_SECRET="}, {"PARLOR_KEY_ID=", "PARLOR_SECRET=" + secret}} {
				token, said, err := run(t, language, "u-42", env...)
				if _, failed := errors.AsType[*exec.ExitError](err); !failed || token != "" || !strings.Contains(said, "Set PARLOR_KEY_ID and PARLOR_SECRET") {
					t.Errorf("with %s it prints %q and says %q: %v", env, token, said, err)
				}
			}
		})
	}
}

func TestEveryRecipeIsRun(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	folders := slices.DeleteFunc(entries, func(entry fs.DirEntry) bool { return !entry.IsDir() })
	if len(folders) != len(recipes) {
		t.Errorf("%d folders and %d recipes", len(folders), len(recipes))
	}
	for _, folder := range folders {
		if recipes[folder.Name()] == nil {
			t.Errorf("%s is run by no test: add it to recipes", folder.Name())
		}
	}
}

// mustHave skips the test where the language is missing, or is older than the README asks for.
func mustHave(t *testing.T, language, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("the %s recipe is unrun: there is no %s on this machine", language, program)
	}
	if program != "dotnet" {
		return
	}
	const least = 10 // the first to run a single file
	version, err := exec.CommandContext(t.Context(), program, "--version").Output()
	major, _, _ := strings.Cut(string(version), ".")
	if n, _ := strconv.Atoi(major); err != nil || n < least {
		t.Skipf("the %s recipe is unrun: this machine's dotnet has no SDK from %d on", language, least)
	}
}

func run(t *testing.T, language, externalID string, env ...string) (token, said string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // compilers on a busy machine
	defer cancel()
	command := recipes[language]
	program := exec.CommandContext(ctx, command[0], append(slices.Clone(command[1:]), externalID)...)
	program.Dir = filepath.Join(".", language)
	program.Env = append(os.Environ(), append(env, "LC_ALL=C.UTF-8")...) // arguments are UTF-8
	var stdout, stderr bytes.Buffer
	program.Stdout, program.Stderr = &stdout, &stderr
	err = program.Run()
	return strings.TrimSpace(stdout.String()), stderr.String(), err
}

// checkToken reads a token with a library that is not ours.
func checkToken(t *testing.T, text, externalID string, began time.Time) {
	t.Helper()
	claims := jwt.MapClaims{}
	key := func(*jwt.Token) (any, error) { return []byte(secret), nil }
	token, err := jwt.ParseWithClaims(text, claims, key, jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if want := map[string]any{"alg": "HS256", "typ": "JWT", "kid": keyID}; !maps.Equal(token.Header, want) {
		t.Errorf("header %v, want %v", token.Header, want)
	}
	issued, _ := claims["iat"].(float64)
	want := jwt.MapClaims{"scope": "user", "external_id": externalID, "iat": issued, "exp": issued + 900}
	if !maps.Equal(claims, want) {
		t.Errorf("claims %v, want %v", claims, want)
	}
	if at := int64(issued); at < began.Unix() || at > time.Now().Unix() {
		t.Errorf("iat is %d, and the time between %d and %d", at, began.Unix(), time.Now().Unix())
	}
}

// newVerifier is Parlor's own, with a store that holds an app and the key.
func newVerifier(t *testing.T) (chat.App, *auth.Verifier) {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "parlor.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	app := chat.App{ID: "0000000000000000000000a1", IntegrationID: "i-a", Name: "Shop", Settings: chat.DefaultAppSettings()}
	master, hash := seal.NewMaster([32]byte{1}), sha256.Sum256([]byte(secret))
	box, err := master.Seal(seal.SigningKey(app.ID, keyID), []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	key := chat.Key{ID: keyID, App: app.ID, Uses: []chat.Use{chat.UseSDK}, Alg: chat.SigningAlg, Sealed: box, SecretHash: hash[:], CreatedAt: time.Now()}
	err = s.Write(t.Context(), func(tx store.Tx) error { return errors.Join(tx.InsertApp(&app), tx.InsertKey(key)) })
	if err != nil {
		t.Fatal(err)
	}
	return app, auth.NewVerifier(auth.NewKeyring(s, master))
}
