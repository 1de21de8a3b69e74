package attachment_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/filestore"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// shelf is the service over a real database and a real folder, with one app, two users, and a conversation of the first.
type shelf struct {
	*testing.T
	*attachment.Service
	store  store.Store
	folder string
	app    chat.AppID

	mu  sync.Mutex // guards now
	now time.Time
}

const (
	ana  = chat.UserID("0000000000000000000000a1")
	ben  = chat.UserID("0000000000000000000000b2")
	talk = chat.ConversationID("0000000000000000000000c3")
)

func newShelf(t *testing.T, change func(*attachment.Options)) *shelf {
	t.Helper()
	s := &shelf{T: t, app: "0000000000000000000000aa", now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), folder: filepath.Join(t.TempDir(), "files")}
	data, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: sqlitetest.New(t), Clock: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { data.Close() })
	files, err := filestore.Open(s.folder)
	if err != nil {
		t.Fatal(err)
	}
	client := outbound.New(outbound.Options{})
	t.Cleanup(client.Close)
	s.store = data
	options := attachment.Options{Store: data, Files: files, Fetcher: client, Drafts: filepath.Join(t.TempDir(), "drafts"), MaxFile: 1 << 20,
		Now: s.clock, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&options)
	}
	if s.Service, err = attachment.New(options); err != nil {
		t.Fatal(err)
	}
	s.write(func(tx store.Tx) error {
		app := chat.App{ID: s.app, IntegrationID: "0000000000000000000000bb", Settings: chat.DefaultAppSettings()}
		errs := []error{tx.InsertApp(&app)}
		for i, id := range []chat.UserID{ana, ben} {
			errs = append(errs, tx.InsertUser(chat.User{App: s.app, ID: id, Number: int64(i + 1), ExternalID: string(id)}))
		}
		errs = append(errs, tx.InsertConversation(chat.Conversation{App: s.app, ID: talk, Type: chat.Personal}),
			tx.InsertParticipant(chat.Participant{App: s.app, Conversation: talk, ID: "p", User: ana}))
		return errors.Join(errs...)
	})
	return s
}

func (s *shelf) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *shelf) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func (s *shelf) write(f func(store.Tx) error) {
	s.Helper()
	if err := s.store.Write(context.Background(), f); err != nil {
		s.Fatal(err)
	}
}

// files are those that lie in the folder.
func (s *shelf) files() (names []string) {
	s.Helper()
	err := filepath.WalkDir(s.folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, entry.Name())
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return names
}

func (s *shelf) leftovers() (due []chat.AttachmentID) {
	s.Helper()
	err := s.store.Read(s.Context(), func(tx store.Tx) (err error) {
		due, err = tx.ListLeftovers(s.clock().Add(1000*time.Hour), 100)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return due
}

func (s *shelf) as(user chat.UserID, how chat.Assurance) chat.Principal {
	return chat.Principal{App: s.app, Session: &chat.Session{App: s.app, User: user, Client: "c", Assurance: how}}
}

func (s *shelf) key() chat.Principal {
	return chat.Principal{App: s.app, Key: &chat.Key{ID: "app_x"}, Scope: chat.ScopeApp}
}

// file is what UploadInput.Open opens.
func file(source io.Reader, name string) func() (io.Reader, string, error) {
	return func() (io.Reader, string, error) { return source, name, nil }
}

func (s *shelf) upload(p chat.Principal, name string, content []byte) (chat.Attachment, error) {
	in := attachment.UploadInput{Open: file(bytes.NewReader(content), name), Base: "https://chat.example", Access: chat.AccessPublic}
	if p.Session != nil {
		in.Conversation = talk
	}
	return s.Upload(s.Context(), p, in)
}

func (s *shelf) uploaded(p chat.Principal, name string, content []byte) chat.Attachment {
	s.Helper()
	a, err := s.upload(p, name, content)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

func (s *shelf) say(author chat.AuthorType, content chat.Content) (m chat.Message) {
	s.Helper()
	s.write(func(tx store.Tx) error {
		place, err := tx.TakeNumber(s.app, talk, s.clock())
		if err != nil {
			return err
		}
		m = chat.Message{App: s.app, Conversation: talk, ID: chat.MessageID(chat.NewID(s.clock())), Number: place.Number, Change: place.Change,
			Author: chat.Author{Type: author}, Content: content, Origin: chat.Origin{Type: chat.OriginREST}, Received: s.clock()}
		if author == chat.AuthorUser {
			m.Author.User = ana
		}
		_, err = tx.InsertMessage(m)
		return err
	})
	return m
}

func pngOf(width, height int) []byte {
	p := image.NewNRGBA(image.Rect(0, 0, width, height))
	p.Set(0, 0, color.NRGBA{255, 0, 0, 255})
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func wantCode(t *testing.T, err error, kind chat.Kind, code string) {
	t.Helper()
	if chat.KindOf(err) != kind || chat.CodeOf(err) != code {
		t.Errorf("got %v (%s), want %s", err, chat.CodeOf(err), code)
	}
}

func TestUpload(t *testing.T) {
	t.Parallel()
	s := newShelf(t, nil)
	a := s.uploaded(s.key(), "../Lampe ü.png", pngOf(1000, 500))
	if a.Access != chat.AccessPublic || a.Name != "Lampe ü.png" || a.Type != "image/png" || a.Width != 1000 || a.Height != 500 || !a.Thumbnail || a.Size == 0 ||
		a.URL != "https://chat.example/media/"+string(s.app)+"/"+a.Key+"/Lampe%20%C3%BC.png" {
		t.Errorf("%+v", a)
	}
	found, err := s.Find(t.Context(), s.app, a.Key)
	if err != nil || found != a {
		t.Errorf("found is %+v %v", found, err)
	}
	for _, smaller := range []bool{false, true} {
		opened, err := s.Open(t.Context(), a, smaller)
		if err != nil {
			t.Fatal(err)
		}
		config, format, err := image.DecodeConfig(opened.File)
		opened.File.Close()
		if err != nil || !opened.Inline || opened.Type != "image/"+format || (config.Width == 640) != smaller {
			t.Errorf("smaller %v: %s, %+v %v", smaller, opened.Type, config, err)
		}
	}
	document := s.uploaded(s.as(ana, chat.AssuranceSigned), "a.pdf", []byte("%PDF-1.7\n"))
	if document.Access != chat.AccessPrivate || document.User != ana || document.Conversation != talk || document.Size != 9 {
		t.Errorf("%+v", document)
	}
	if left := s.leftovers(); len(left) > 0 {
		t.Errorf("left over are %v", left)
	}
}

// TestTypes: the bytes decide what a file is, and the name must say the same.
func TestTypes(t *testing.T) {
	t.Parallel()
	s := newShelf(t, nil)
	gif := "GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
	const html, svg = "<!DOCTYPE html><script>alert(1)</script>", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`
	zip := "PK\x03\x04\x14\x00\x00\x00\x00\x00"
	for name, test := range map[string]struct {
		file, content string
		kind          string // empty: refused
		called        string
	}{
		"png":                          {"a.png", string(pngOf(2, 2)), "image/png", "a.png"},
		"png without an end":           {"a", string(pngOf(2, 2)), "image/png", "a.png"},
		"png, in capitals":             {"A.PNG", string(pngOf(2, 2)), "image/png", "A.PNG"},
		"png called jpeg":              {"a.jpg", string(pngOf(2, 2)), "", ""},
		"gif":                          {"a.gif", gif, "image/gif", "a.gif"},
		"gif and html":                 {"a.gif", "GIF89a/*" + html + "*/=1", "", ""},
		"gif with html behind":         {"a.gif", gif + html, "image/gif", "a.gif"},
		"gif called html":              {"a.html", gif, "", ""},
		"html":                         {"a.html", html, "", ""},
		"html called txt":              {"a.txt", html, "", ""},
		"html called png":              {"a.png", html, "", ""},
		"svg":                          {"a.svg", svg, "", ""},
		"svg called png":               {"a.png", svg, "", ""},
		"svg after a comment":          {"a.txt", "<?xml version=\"1.0\"?><!-- x -->" + svg, "", ""},
		"xml":                          {"a.xml", "<?xml version=\"1.0\"?><a/>", "", ""},
		"pdf":                          {"a.pdf", "%PDF-1.7\n", "application/pdf", "a.pdf"},
		"pdf called exe":               {"a.exe", "%PDF-1.7\n", "", ""},
		"pdf and zip":                  {"a.zip", "%PDF-1.7\n" + zip, "", ""},
		"text":                         {"a.txt", "hello", "text/plain", "a.txt"},
		"text called csv":              {"a.csv", "a;b", "text/plain", "a.csv"},
		"text called js":               {"a.js", "alert(1)", "", ""},
		"text called html":             {"a.html", "hello", "", ""},
		"program":                      {"a.exe", "MZ\x90\x00" + strings.Repeat("\x00", 100), "", ""},
		"program of another system":    {"a", "\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 60), "", ""},
		"script":                       {"a.sh", "#!/bin/sh\nrm -rf /\n", "", ""},
		"zip":                          {"a.zip", zip, "application/zip", "a.zip"},
		"zip called docx":              {"a.docx", zip, "", ""},
		"unknown bytes":                {"a.bin", "\x00\x01\x02\x03\x04", "", ""},
		"two ends":                     {"a.pdf.exe", "%PDF-1.7\n", "", ""},
		"an end behind a NUL":          {"a.exe\x00.pdf", "%PDF-1.7\n", "application/pdf", "a.exe.pdf"},
		"a bomb":                       {"a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xc3\x50\x00\x00\xc3\x50\x08\x06\x00\x00\x00\xc7\xa5\x88\x6f", "", ""},
		"jpeg that stops":              {"a.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF", "", ""},
		"webp that is an html comment": {"a.webp", "RIFF<!--WEBPVP8 " + html, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := s.upload(s.key(), test.file, []byte(test.content))
			if test.kind == "" {
				wantCode(t, err, chat.UnsupportedMedia, "unsupported_media_type")
				return
			}
			if err != nil || a.Type != test.kind || a.Name != test.called {
				t.Fatalf("%+v %v", a, err)
			}
			opened, err := s.Open(t.Context(), a, false)
			if err != nil {
				t.Fatal(err)
			}
			defer opened.File.Close()
			if kept, err := io.ReadAll(opened.File); err != nil || bytes.Contains(kept, []byte("script")) || int64(len(kept)) != a.Size {
				t.Errorf("kept is %q, %v", kept, err)
			}
		})
	}
}

// TestRefusedUploads: a refusal says what to change, and leaves nothing.
func TestRefusedUploads(t *testing.T) {
	t.Parallel()
	s := newShelf(t, nil)
	session := s.as(ana, chat.AssuranceSigned)
	for name, test := range map[string]struct {
		principal chat.Principal
		change    func(*attachment.UploadInput)
		kind      chat.Kind
		code      string
	}{
		"too large": {session, func(in *attachment.UploadInput) {
			in.Open = file(strings.NewReader(strings.Repeat("x", 1<<20+1)), "a.txt")
		}, chat.TooLarge, "request_entity_too_large"},
		"empty":          {session, func(in *attachment.UploadInput) { in.Open = file(strings.NewReader(""), "a.txt") }, chat.Invalid, "bad_request"},
		"cut off":        {session, func(in *attachment.UploadInput) { in.Open = file(cutOff(), "a.txt") }, chat.Invalid, "bad_request"},
		"no part of":     {s.as(ben, chat.AssuranceSigned), func(*attachment.UploadInput) {}, chat.NotFound, "conversation_not_found"},
		"no such talk":   {session, func(in *attachment.UploadInput) { in.Conversation = "x" }, chat.NotFound, "conversation_not_found"},
		"key, no talk":   {s.key(), func(in *attachment.UploadInput) { in.Conversation = "x" }, chat.NotFound, "conversation_not_found"},
		"key, no access": {s.key(), func(in *attachment.UploadInput) { in.Access = "secret" }, chat.Invalid, "bad_request"},
		"key, copy":      {s.key(), func(in *attachment.UploadInput) { in.Access = chat.AccessCopy }, chat.Invalid, "bad_request"},
		"anonymous":      {s.as(ana, chat.AssuranceAnonymous), func(*attachment.UploadInput) {}, chat.Forbidden, "upload_not_allowed"},
		"nobody":         {chat.Principal{App: s.app}, func(*attachment.UploadInput) {}, chat.Forbidden, "forbidden"},
	} {
		in := attachment.UploadInput{Open: file(strings.NewReader("hello"), "a.txt"), Conversation: talk, Access: chat.AccessPublic}
		test.change(&in)
		_, err := s.Upload(t.Context(), test.principal, in)
		if chat.KindOf(err) != test.kind || chat.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if files, left := s.files(), s.leftovers(); len(files)+len(left) > 0 {
		t.Errorf("there are files %v and leftovers %v", files, left)
	}
	// After somebody has answered, an anonymous user may.
	s.say(chat.AuthorUser, chat.Content{Type: chat.ContentText, Text: "hello"})
	_, err := s.upload(s.as(ana, chat.AssuranceAnonymous), "a.txt", []byte("x"))
	wantCode(t, err, chat.Forbidden, "upload_not_allowed")
	s.say(chat.AuthorBusiness, chat.Content{Type: chat.ContentText, Text: "hello"})
	s.uploaded(s.as(ana, chat.AssuranceAnonymous), "a.txt", []byte("x"))
}

func cutOff() io.Reader {
	return io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000)),
		iotest.ErrReader(&chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "cut"}))
}

// TestQuota: of twenty uploads at once those are kept that fit.
func TestQuota(t *testing.T) {
	t.Parallel()
	s := newShelf(t, func(o *attachment.Options) { o.MaxUser = 5_500 })
	var all sync.WaitGroup
	var mu sync.Mutex
	kept := 0
	for range 20 {
		all.Go(func() {
			_, err := s.upload(s.as(ana, chat.AssuranceSigned), "a.txt", bytes.Repeat([]byte("x"), 1000))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				kept++
			} else if chat.CodeOf(err) != "quota_reached" {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if files := s.files(); kept != 5 || len(files) != 5 || len(s.leftovers()) != 0 {
		t.Errorf("%d uploads, %d files and %d leftovers", kept, len(files), len(s.leftovers()))
	}
	// Keys have no quota, and what goes makes room.
	s.uploaded(s.key(), "a.txt", bytes.Repeat([]byte("x"), 10_000))
	s.pass(25 * time.Hour)
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.uploaded(s.as(ana, chat.AssuranceSigned), "a.txt", bytes.Repeat([]byte("x"), 5_000))
}

// failing is a place for files that fails at a step, or is left by a crash there.
type failing struct {
	filestore.Store
	put, del error
}

func (f *failing) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	return errors.Join(f.Store.Put(ctx, name, r, size), f.put)
}

func (f *failing) Delete(ctx context.Context, name string) error {
	if f.del != nil {
		return f.del
	}
	return f.Store.Delete(ctx, name)
}

// TestKilledBetweenBytesAndRows: bytes without a row go by themselves, and rows without bytes there are none.
func TestKilledBetweenBytesAndRows(t *testing.T) {
	t.Parallel()
	place := &failing{}
	s := newShelf(t, func(o *attachment.Options) { place.Store = o.Files; o.Files = place })
	// The bytes are written, and the process is gone: nothing after it runs, deleting neither.
	place.put, place.del = errors.New("killed"), errors.New("killed")
	_, err := s.upload(s.key(), "a.png", pngOf(1000, 1000))
	wantCode(t, err, chat.Unavailable, "service_unavailable")
	if files := s.files(); len(files) == 0 || len(s.leftovers()) != 1 {
		t.Fatalf("files %v and leftovers %v", files, s.leftovers())
	}
	place.put, place.del = nil, nil
	sweep := func() {
		t.Helper()
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if sweep(); len(s.files()) == 0 {
		t.Error("bytes went while their upload may go on")
	}
	s.pass(61 * time.Minute)
	if sweep(); len(s.files())+len(s.leftovers()) != 0 {
		t.Errorf("after an hour there are files %v and leftovers %v", s.files(), s.leftovers())
	}

	// The row goes, and the process before the bytes do.
	a := s.uploaded(s.key(), "a.png", pngOf(1000, 1000))
	if err := s.Remove(t.Context(), s.key(), a.URL); err != nil {
		t.Fatal(err)
	}
	_, err = s.Find(t.Context(), s.app, a.Key)
	wantCode(t, err, chat.NotFound, "not_found")
	if len(s.files()) != 2 {
		t.Errorf("there are %v", s.files())
	}
	place.del = errors.New("the disk is read only")
	sweep()
	place.del = nil
	if sweep(); len(s.files()) != 2 {
		t.Error("it is tried again at once")
	}
	s.pass(11 * time.Minute)
	if sweep(); len(s.files())+len(s.leftovers()) != 0 {
		t.Errorf("there are files %v and leftovers %v", s.files(), s.leftovers())
	}
}

// TestUnsentGo: what no message shows within a day goes, what one shows stays.
func TestUnsentGo(t *testing.T) {
	t.Parallel()
	s := newShelf(t, nil)
	unsent, sent := s.uploaded(s.key(), "a.txt", []byte("x")), s.uploaded(s.key(), "a.txt", []byte("x"))
	m := s.say(chat.AuthorBusiness, chat.Content{Type: chat.ContentText, Text: "x"})
	s.write(func(tx store.Tx) error { return tx.ShowAttachment(s.app, sent.ID, talk, m.Number) })
	s.pass(25 * time.Hour)
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := s.Find(t.Context(), s.app, unsent.Key)
	wantCode(t, err, chat.NotFound, "not_found")
	if _, err := s.Find(t.Context(), s.app, sent.Key); err != nil || len(s.files()) != 1 {
		t.Errorf("%v, %v", err, s.files())
	}
}

func TestPermit(t *testing.T) {
	t.Parallel()
	s := newShelf(t, nil)
	signed := chat.AssuranceSigned
	own := s.uploaded(s.as(ana, signed), "a.txt", []byte("x"))
	loose := s.uploaded(s.key(), "a.txt", []byte("x"))
	for name, test := range map[string]struct {
		principal chat.Principal
		a         chat.Attachment
		may       bool
	}{
		"key":                {s.key(), own, true},
		"uploader":           {s.as(ana, signed), own, true},
		"stranger":           {s.as(ben, signed), own, false},
		"of no conversation": {s.as(ana, signed), loose, false},
		"nobody":             {chat.Principal{App: s.app}, own, false},
	} {
		if err := s.Permit(t.Context(), test.principal, test.a); (err == nil) != test.may || err != nil && chat.KindOf(err) != chat.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	m := s.say(chat.AuthorBusiness, chat.Content{Type: chat.ContentText, Text: "x"})
	s.write(func(tx store.Tx) error { return tx.ShowAttachment(s.app, loose.ID, talk, m.Number) })
	if err := s.Permit(t.Context(), s.as(ana, signed), loose); err != nil {
		t.Errorf("a participant whom a message shows it: %v", err)
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	s := newShelf(t, nil)
	a := s.uploaded(s.key(), "a.txt", []byte("x"))
	other := s.key()
	other.App = "0000000000000000000000ab"
	for name, test := range map[string]struct {
		principal chat.Principal
		url       string
		kind      chat.Kind
	}{
		"nothing":     {s.key(), "", chat.Invalid},
		"elsewhere":   {s.key(), "https://a.example/x.png", chat.Invalid},
		"unknown":     {s.key(), "https://a.example/media/" + string(s.app) + "/" + chat.NewMediaKey() + "/a", chat.NotFound},
		"another app": {other, a.URL, chat.NotFound},
		"a session":   {s.as(ana, chat.AssuranceSigned), a.URL, chat.Forbidden},
	} {
		if err := s.Remove(t.Context(), test.principal, test.url); chat.KindOf(err) != test.kind || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Remove(t.Context(), s.key(), a.URL); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(t.Context(), s.key(), a.URL); chat.KindOf(err) != chat.NotFound {
		t.Errorf("again: %v", err)
	}
}

// TestDraftsLeaveNothing: a draft has no name, also while it is being written.
func TestDraftsLeaveNothing(t *testing.T) {
	t.Parallel()
	drafts := filepath.Join(t.TempDir(), "drafts")
	s := newShelf(t, func(o *attachment.Options) { o.Drafts = drafts })
	looked := false
	source := io.MultiReader(strings.NewReader("hello"), readerFunc(func([]byte) (int, error) {
		entries, err := os.ReadDir(drafts)
		if looked = true; err != nil || len(entries) > 0 {
			t.Errorf("there is %v %v", entries, err)
		}
		return 0, io.EOF
	}))
	if _, err := s.Upload(t.Context(), s.key(), attachment.UploadInput{Open: file(source, "a.txt"), Access: chat.AccessPublic}); err != nil || !looked {
		t.Error(err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
