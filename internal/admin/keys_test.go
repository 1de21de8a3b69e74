package admin_test

import (
	"crypto/sha256"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// stored returns the key as it lies in the store, and its secret.
func (h *house) stored(t *testing.T, id chat.KeyID) (key chat.Key, secret string) {
	t.Helper()
	h.read(t, func(tx store.Tx) (err error) {
		key, err = tx.GetKey(id)
		return err
	})
	plain, err := h.master.Open(seal.SigningKey(key.App, key.ID), key.Sealed)
	if err != nil {
		t.Fatal(err)
	}
	return key, string(plain)
}

func TestCreateKey(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	h.told()
	key, secret := h.key(t, app.ID, chat.UseSDK, chat.UseAPI)
	if id, ok := strings.CutPrefix(string(key.ID), "app_"); !ok || !chat.IsID(id) || key.App != app.ID || key.Alg != "HS256" {
		t.Errorf("got %+v", key)
	}
	if len(secret) != 43 || strings.Trim(secret, "0123456789abcdefABCDEF") == "" {
		t.Errorf("secret of %d characters", len(secret))
	}
	if !slices.Equal(key.Uses, []chat.Use{chat.UseAPI, chat.UseSDK}) || !key.Live(h.clock()) || key.Weak || key.Imported {
		t.Errorf("got %+v", key)
	}
	if key.Sealed != nil || key.SecretHash != nil {
		t.Error("the key that is returned holds its secret")
	}
	stored, opened := h.stored(t, key.ID)
	if hash := sha256.Sum256([]byte(secret)); opened != secret || !slices.Equal(stored.SecretHash, hash[:]) {
		t.Error("the stored secret is another")
	}
	if told := h.told(); len(told) != 1 || told[0] != "key:update "+string(key.ID) {
		t.Errorf("told %v", told)
	}
	if audits := h.audits(t, app.ID); audits != "key.create app.create" {
		t.Errorf("audits %s", audits)
	}

	account, _ := h.key(t, "", chat.UseAccount)
	if !strings.HasPrefix(string(account.ID), "act_") || account.App != "" {
		t.Errorf("got %+v", account)
	}
	if audits := h.audits(t, ""); audits != "key.create" {
		t.Errorf("audits %s", audits)
	}
	list, err := h.ListKeys(t.Context(), operator, app.ID)
	if err != nil || len(list) != 1 || list[0].ID != key.ID || list[0].Sealed != nil || list[0].SecretHash != nil {
		t.Errorf("got %v, %v", list, err)
	}
	if list, err := h.ListKeys(t.Context(), operator, ""); err != nil || len(list) != 1 || list[0].ID != account.ID {
		t.Errorf("got %v, %v", list, err)
	}
	other := h.app(t)
	if _, err := h.GetKey(t.Context(), operator, other.ID, key.ID); chat.KindOf(err) != chat.NotFound {
		t.Errorf("the key in another app: %v", err)
	}
	if got, err := h.GetKey(t.Context(), operator, app.ID, key.ID); err != nil || got.Sealed != nil {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestUsesThatDoNotGo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	for name, test := range map[string]struct {
		in    admin.KeyInput
		field string
	}{
		"none":              {admin.KeyInput{App: app.ID}, "uses"},
		"unknown":           {admin.KeyInput{App: app.ID, Uses: []chat.Use{"oidc"}}, "uses"},
		"known and unknown": {admin.KeyInput{App: app.ID, Uses: []chat.Use{"api", "x"}}, "uses"},
		"twice":             {admin.KeyInput{App: app.ID, Uses: []chat.Use{"api", "api"}}, "uses"},
		"account and more":  {admin.KeyInput{Uses: []chat.Use{"account", "api"}}, "uses"},
		"account in an app": {admin.KeyInput{App: app.ID, Uses: []chat.Use{"account"}}, "app"},
		"no app":            {admin.KeyInput{Uses: []chat.Use{"api"}}, "app"},
		"long name":         {admin.KeyInput{App: app.ID, Name: strings.Repeat("x", 101), Uses: []chat.Use{"api"}}, "name"},
	} {
		_, _, err := h.CreateKey(t.Context(), operator, test.in)
		if e, ok := chat.AsError(err); !ok || e.Kind != chat.Invalid || e.Field != test.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTenKeys(t *testing.T) {
	t.Parallel()
	testTenKeys(t, newHouse(t))
}

// TestLimitsHoldOnPostgres: there, unlike on SQLite, two transactions really run at once.
func TestLimitsHoldOnPostgres(t *testing.T) {
	t.Parallel()
	h := newHouseAt(t, pgtest.New(t))
	testTenKeys(t, h)
	testRevokedStaysRevoked(t, h)
}

// testRevokedStaysRevoked rotates and revokes keys at once: whichever comes first, a revoked key is not good again.
func testRevokedStaysRevoked(t *testing.T, h *house) {
	t.Helper()
	app := h.app(t)
	for range 20 {
		key, _ := h.key(t, app.ID, chat.UseSDK)
		var wait sync.WaitGroup
		wait.Go(func() {
			fresh, _, err := h.RotateKey(t.Context(), operator, app.ID, key.ID, time.Hour)
			if err == nil {
				_, err = h.RevokeKey(t.Context(), operator, app.ID, fresh.ID)
			}
			if err != nil && !isCode(err, "key_not_live") {
				t.Error(err)
			}
		})
		wait.Go(func() {
			if _, err := h.RevokeKey(t.Context(), operator, app.ID, key.ID); err != nil {
				t.Error(err)
			}
		})
		wait.Wait()
		if key, err := h.GetKey(t.Context(), operator, app.ID, key.ID); err != nil || key.RevokedAt.IsZero() {
			t.Fatalf("the key is good again: %+v, %v", key, err)
		}
	}
}

func testTenKeys(t *testing.T, h *house) {
	t.Helper()
	app, other := h.app(t), h.app(t)
	// Asked for at once, so that the limit is not one of good luck.
	var (
		wait sync.WaitGroup
		mu   sync.Mutex // guards made
		made []chat.Key
	)
	for range 14 {
		wait.Go(func() {
			key, _, err := h.CreateKey(t.Context(), operator, admin.KeyInput{App: app.ID, Uses: []chat.Use{chat.UseSDK}})
			if e, ok := chat.AsError(err); ok && e.Code == "too_many_keys" {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			made = append(made, key)
		})
	}
	wait.Wait()
	if len(made) != chat.MaxLiveKeys {
		t.Fatalf("%d keys were made", len(made))
	}
	h.key(t, other.ID, chat.UseAPI)
	h.key(t, "", chat.UseAccount)
	if _, _, err := h.RotateKey(t.Context(), operator, app.ID, made[0].ID, time.Hour); !isCode(err, "too_many_keys") {
		t.Errorf("rotation with an overlap made eleven: %v", err)
	}
	if _, _, err := h.RotateKey(t.Context(), operator, app.ID, made[0].ID, 0); err != nil {
		t.Errorf("rotation without an overlap: %v", err)
	}
	if _, err := h.RevokeKey(t.Context(), operator, app.ID, made[1].ID); err != nil {
		t.Fatal(err)
	}
	h.key(t, app.ID, chat.UseAPI)
}

func isCode(err error, code string) bool { return chat.CodeOf(err) == code }

func TestTwoKidlessKeys(t *testing.T) {
	t.Parallel()
	for _, use := range []chat.Use{chat.UseCode, chat.UseJSM} {
		t.Run(string(use), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			app := h.app(t)
			first, _ := h.key(t, app.ID, use)
			h.pass(time.Second)
			second, _ := h.key(t, app.ID, use, chat.UseAPI)
			_, _, err := h.CreateKey(t.Context(), operator, admin.KeyInput{App: app.ID, Uses: []chat.Use{use, chat.UseSDK}})
			mustBe(t, err, chat.Invalid, "uses", string(first.ID)+", "+string(second.ID))
			if !isCode(err, "too_many_keys") {
				t.Errorf("got %v", err)
			}
			_, err = h.ImportKey(t.Context(), operator, admin.ImportInput{KeyInput: admin.KeyInput{App: app.ID, Uses: []chat.Use{use}}, Secret: []byte(strings.Repeat("secret ", 5) + "x")})
			mustBe(t, err, chat.Invalid, "uses", string(first.ID))
			_, _, err = h.RotateKey(t.Context(), operator, app.ID, first.ID, time.Hour)
			mustBe(t, err, chat.Invalid, "uses", string(first.ID))
			if key, _ := h.stored(t, first.ID); !key.NotAfter.IsZero() {
				t.Error("the refused rotation left its mark")
			}
			h.key(t, app.ID, chat.UseSDK)

			if _, err := h.RevokeKey(t.Context(), operator, app.ID, second.ID); err != nil {
				t.Fatal(err)
			}
			if _, _, err := h.RotateKey(t.Context(), operator, app.ID, first.ID, time.Hour); err != nil {
				t.Fatal(err)
			}
			_, _, err = h.CreateKey(t.Context(), operator, admin.KeyInput{App: app.ID, Uses: []chat.Use{use}})
			mustBe(t, err, chat.Invalid, "uses", string(first.ID))
			h.pass(time.Hour)
			h.key(t, app.ID, use) // the overlap is over
		})
	}
}

func TestRotate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	old, oldSecret := h.key(t, app.ID, chat.UseAPI, chat.UseSDK)
	h.session(t, app.ID, old.ID)
	h.told()
	fresh, secret, err := h.RotateKey(t.Context(), operator, app.ID, old.ID, chat.DefaultKeyOverlap)
	if err != nil {
		t.Fatal(err)
	}
	if fresh.ID == old.ID || secret == oldSecret || fresh.Name != old.Name || !slices.Equal(fresh.Uses, old.Uses) || fresh.Sealed != nil {
		t.Errorf("got %+v", fresh)
	}
	if _, opened := h.stored(t, fresh.ID); opened != secret {
		t.Error("the stored secret is another")
	}
	replaced, _ := h.stored(t, old.ID)
	if end := h.clock().Add(7 * 24 * time.Hour); !replaced.NotAfter.Equal(end) || !replaced.Live(end.Add(-time.Second)) || replaced.Live(end) {
		t.Errorf("the old key ends %v", replaced.NotAfter)
	}
	if told := strings.Join(h.told(), ", "); told != "key:update "+string(old.ID)+", key:update "+string(fresh.ID) {
		t.Errorf("told %s", told)
	}
	if audits := h.audits(t, app.ID); audits != "key.rotate key.create app.create" {
		t.Errorf("audits %s", audits)
	}
	if n := h.sessions(t, app.ID); n != 1 {
		t.Errorf("%d sessions are left", n)
	}

	_, _, err = h.RotateKey(t.Context(), operator, app.ID, old.ID, 0)
	mustBe(t, err, chat.Conflict, "", "successor")
	for _, overlap := range []time.Duration{-1, chat.MaxKeyOverlap + 1} {
		_, _, err = h.RotateKey(t.Context(), operator, app.ID, fresh.ID, overlap)
		mustBe(t, err, chat.Invalid, "overlap", "from 0 to 30 days")
	}
	if _, err := h.RevokeKey(t.Context(), operator, app.ID, fresh.ID); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.RotateKey(t.Context(), operator, app.ID, fresh.ID, 0)
	mustBe(t, err, chat.Conflict, "", "revoked")
	if _, _, err = h.RotateKey(t.Context(), operator, "0123456789abcdef01234567", fresh.ID, 0); chat.KindOf(err) != chat.NotFound {
		t.Errorf("a key of another app: %v", err)
	}
	if _, _, err = h.RotateKey(t.Context(), operator, app.ID, "app_nobody", 0); chat.KindOf(err) != chat.NotFound {
		t.Errorf("no key: %v", err)
	}
}

// session stores a session minted with the key.
func (h *house) session(t *testing.T, app chat.AppID, key chat.KeyID) {
	t.Helper()
	now := h.clock()
	err := h.store.Write(t.Context(), func(tx store.Tx) error {
		number, _, err := tx.NextUserNumber(app, false)
		if err != nil {
			return err
		}
		user := chat.User{App: app, ID: chat.UserID(chat.NewID(now)), Number: number, CreatedAt: now}
		client := chat.Client{App: app, ID: chat.ClientID(chat.NewID(now)), User: user.ID, CreatedAt: now}
		if err := tx.InsertUser(user); err != nil {
			return err
		}
		if err := tx.InsertClient(client); err != nil {
			return err
		}
		_, err = tx.ReplaceSession(chat.Session{ID: chat.SessionID(chat.NewID(now)), Hash: chat.HashToken("token"), App: app, User: user.ID,
			Client: client.ID, Key: key, Door: chat.DoorSDK, ExpiresAt: now.Add(time.Hour), LastUsedAt: now, CreatedAt: now})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) sessions(t *testing.T, app chat.AppID) (n int) {
	t.Helper()
	h.read(t, func(tx store.Tx) error {
		_, found, err := tx.FindSession(app, chat.HashToken("token"))
		if found {
			n++
		}
		return err
	})
	return n
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	key, _ := h.key(t, app.ID, chat.UseAPI, chat.UseSDK)
	h.session(t, app.ID, key.ID)
	h.told()
	for range 2 {
		revoked, err := h.RevokeKey(t.Context(), operator, "", key.ID)
		if err != nil || revoked.Live(h.clock()) || revoked.Sealed != nil || !revoked.RevokedAt.Equal(h.clock()) {
			t.Fatalf("got %+v, %v", revoked, err)
		}
	}
	if n := h.sessions(t, app.ID); n != 0 {
		t.Errorf("%d sessions are left", n)
	}
	want := []string{"key:update " + string(key.ID), "sessions:end " + string(key.ID) + " revoked", "key:update " + string(key.ID)}
	if told := h.told(); !slices.Equal(told, want) {
		t.Errorf("told %v", told)
	}
	if audits := h.audits(t, app.ID); audits != "key.revoke key.create app.create" {
		t.Errorf("audits %s", audits)
	}
	if _, err := h.RevokeKey(t.Context(), operator, h.app(t).ID, key.ID); chat.KindOf(err) != chat.NotFound {
		t.Errorf("from another app: %v", err)
	}
	if _, err := h.RevokeKey(t.Context(), operator, "", "app_nobody"); chat.KindOf(err) != chat.NotFound {
		t.Errorf("no key: %v", err)
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	in := func(id, secret string) admin.ImportInput {
		return admin.ImportInput{KeyInput: admin.KeyInput{App: app.ID, Uses: []chat.Use{chat.UseSDK}}, ID: chat.KeyID(id), Secret: []byte(secret)}
	}
	for name, test := range map[string]struct {
		id, secret string
		weak       bool
	}{
		"24 bytes, old id":    {"55e9f9bf7a0ce5ca2d429c18", strings.Repeat("k", 23) + "1", true},
		"31 bytes":            {"app_1", strings.Repeat("k", 30) + "2", true},
		"32 bytes":            {"app_2", strings.Repeat("k", 31) + "3", false},
		"no id":               {"", strings.Repeat("k", 31) + "4", false},
		"bytes and inner gap": {"a.b~c-d_e", "\xFF\x00 \xFE" + strings.Repeat("k", 30), false},
	} {
		key, err := h.ImportKey(t.Context(), operator, in(test.id, test.secret))
		if err != nil || !key.Imported || key.Weak != test.weak || key.Sealed != nil || test.id != "" && string(key.ID) != test.id {
			t.Errorf("%s: got %+v, %v", name, key, err)
			continue
		}
		if _, opened := h.stored(t, key.ID); opened != test.secret {
			t.Errorf("%s: the stored secret is another", name)
		}
	}
	if audits := h.audits(t, app.ID); audits != strings.Repeat("key.import ", 5)+"app.create" {
		t.Errorf("audits %s", audits)
	}
	good := strings.Repeat("g", 40)
	for name, test := range map[string]struct {
		in    admin.ImportInput
		kind  chat.Kind
		field string
	}{
		"23 bytes":        {in("x", strings.Repeat("k", 23)), chat.Invalid, "secret"},
		"nothing":         {in("x", ""), chat.Invalid, "secret"},
		"too long":        {in("x", strings.Repeat("k", 1025)), chat.Invalid, "secret"},
		"line feed":       {in("x", good+"\n"), chat.Invalid, "secret"},
		"space before":    {in("x", " "+good), chat.Invalid, "secret"},
		"Sunshine sample": {in("x", "BFJJ88naxc5PZ"+"NAMU9KpBNTR"), chat.Invalid, "secret"},
		"jwt.io sample":   {in("x", "a-string-secret-at-least-"+"256-bits-long"), chat.Invalid, "secret"},
		"id with colon":   {in("a:b", good), chat.Invalid, "id"},
		"id with slash":   {in("a/b", good), chat.Invalid, "id"},
		"id with bar":     {in("a|b", good), chat.Invalid, "id"},
		"id with newline": {in("a\n", good), chat.Invalid, "id"},
		"id is a dot":     {in(".", good), chat.Invalid, "id"},
		"id is long":      {in(strings.Repeat("a", 129), good), chat.Invalid, "id"},
		"id is taken":     {in("app_1", good), chat.Conflict, "id"},
		"no uses":         {admin.ImportInput{KeyInput: admin.KeyInput{App: app.ID}, ID: "x", Secret: []byte(good)}, chat.Invalid, "uses"},
		"no such app":     {admin.ImportInput{KeyInput: admin.KeyInput{App: "0123456789abcdef01234567", Uses: []chat.Use{chat.UseSDK}}, ID: "x", Secret: []byte(good)}, chat.NotFound, ""},
	} {
		_, err := h.ImportKey(t.Context(), operator, test.in)
		e, ok := chat.AsError(err)
		if !ok || e.Kind != test.kind || e.Field != test.field {
			t.Errorf("%s: %v", name, err)
		}
		if ok && len(test.in.Secret) > 0 && strings.Contains(err.Error(), string(test.in.Secret)) {
			t.Errorf("%s: the refusal shows the secret", name)
		}
	}
}

func TestRewrapSecrets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	key, secret := h.key(t, app.ID, chat.UseSDK)
	account, accountSecret := h.key(t, "", chat.UseAccount)
	old := h.master
	kim, err := h.CreateAgent(t.Context(), operator, admin.AgentInput{Email: "kim@shop.example", Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	box, _ := old.Seal(seal.TOTPSecret(kim.ID), []byte("of the phone"))
	phone := chat.TOTP{Agent: kim.ID, Sealed: box, LastStep: 7, CreatedAt: h.clock()}
	if err := h.store.Write(t.Context(), func(tx store.Tx) error { return tx.PutTOTP(phone) }); err != nil {
		t.Fatal(err)
	}
	if box, err = old.Seal(seal.ServerSecret("links"), []byte("of the server")); err != nil {
		t.Fatal(err)
	}
	if err := h.store.Write(t.Context(), func(tx store.Tx) error {
		_, err := tx.KeepServerSecret(store.ServerSecret{Name: "links", Sealed: box})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h.master = seal.NewMaster([32]byte{2})
	next := admin.New(admin.Options{Store: h.store, Master: h.master, Now: h.clock})
	for _, want := range []int{4, 0} {
		if moved, err := next.RewrapSecrets(t.Context(), operator, old); err != nil || moved != want {
			t.Fatalf("moved %d, want %d: %v", moved, want, err)
		}
	}
	if _, opened := h.stored(t, key.ID); opened != secret {
		t.Error("the secret is another")
	}
	if _, opened := h.stored(t, account.ID); opened != accountSecret {
		t.Error("the account's secret is another")
	}
	err = h.store.Write(t.Context(), func(tx store.Tx) error {
		got, _, err := tx.LockTOTP(kim.ID)
		if secret, _ := h.master.Open(seal.TOTPSecret(kim.ID), got.Sealed); string(secret) != "of the phone" || got.LastStep != 7 {
			t.Errorf("the phone's secret is %q, its step %d", secret, got.LastStep)
		}
		if err != nil {
			return err
		}
		own, err := tx.ListServerSecrets()
		if secret, _ := h.master.Open(seal.ServerSecret("links"), own[0].Sealed); string(secret) != "of the server" {
			t.Errorf("the server's secret is %q", secret)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	third := admin.New(admin.Options{Store: h.store, Master: seal.NewMaster([32]byte{3}), Now: h.clock})
	if _, err := third.RewrapSecrets(t.Context(), operator, old); err == nil {
		t.Error("rewrapped without the right key")
	}
}
