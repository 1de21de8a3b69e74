// Package load measures a running Parlor from a process of its own, over loopback, as its clients see it: what a sign-in,
// a message, a delivery and an idle connection cost the server. The server's CPU is read from the kernel's account of
// its process, so that what the load itself costs does not count. It is run by cmd/parlor-load; docs/benchmarks.md says
// how the figures come about.
package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Server is a Parlor that this package started, with one app and one key.
type Server struct {
	URL, App string
	Folder   string

	keyID, secret string
	binary        string
	under         []string // a program that runs the server, with its arguments
	env           []string
	process       *exec.Cmd
}

// Start makes a data folder with an app and a key, and runs the binary on it, under another program if one is given.
func Start(ctx context.Context, binary, folder string, under ...string) (*Server, error) {
	s := &Server{binary: binary, Folder: folder, under: under}
	s.env = append(os.Environ(), "PARLOR_DATA="+filepath.Join(folder, "data"), "PARLOR_LOG_LEVEL=error",
		"PARLOR_MESSAGE_RATE=0", "PARLOR_FRAME_RATE=0", "PARLOR_CALL_RATE=0", "PARLOR_ANONYMOUS_RATE=0", "PARLOR_FAILURE_RATE=0")
	var app, key struct{ ID, Secret string }
	if err := s.command(ctx, &app, "app", "create", "--name", "Load", "--json"); err != nil {
		return nil, err
	}
	if err := s.command(ctx, &key, "key", "create", "--app", app.ID, "--use", "api,sdk", "--json"); err != nil {
		return nil, err
	}
	s.App, s.keyID, s.secret = app.ID, key.ID, key.Secret
	_, err := s.Run(ctx)
	return s, err
}

func (s *Server) command(ctx context.Context, into any, args ...string) error {
	command := exec.CommandContext(ctx, s.binary, args...)
	command.Env = s.env
	out, err := command.Output()
	if err != nil {
		return fmt.Errorf("parlor %s: %w", strings.Join(args, " "), err)
	}
	return json.Unmarshal(out, into)
}

// Run starts the server on a free port and returns how long it took until it answered.
func (s *Server) Run(ctx context.Context) (time.Duration, error) {
	addr, err := freeAddr()
	if err != nil {
		return 0, err
	}
	s.URL = "http://" + addr
	line := append(slices.Clone(s.under), s.binary, "serve", "--addr", addr)
	s.process = exec.CommandContext(ctx, line[0], line[1:]...)
	s.process.Env, s.process.Stderr = s.env, os.Stderr
	s.process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that Kill reaches what the program started
	began := time.Now()
	if err := s.process.Start(); err != nil {
		return 0, err
	}
	for time.Since(began) < 10*time.Second {
		response, err := http.Get(s.URL + "/readyz")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return time.Since(began), nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return 0, fmt.Errorf("%s did not become ready", s.URL)
}

// Stop ends the server as an operator does, and waits for it.
func (s *Server) Stop() error {
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return s.process.Wait()
}

func freeAddr() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// Token signs the documented token of a user.
func (s *Server) Token(externalID string) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"scope": "user", "external_id": externalID, "exp": time.Now().Add(time.Hour).Unix()})
	token.Header["kid"] = s.keyID
	return token.SignedString([]byte(s.secret))
}

// connections keeps as many open as there are workers, so that a call is measured and not its connection.
var connections = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}

// Post calls the REST API with the app's key.
func (s *Server) Post(path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, s.URL+"/v2/apps/"+s.App+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	return s.call(request, into)
}

func (s *Server) get(url string, into any) error {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return s.call(request, into)
}

func (s *Server) call(request *http.Request, into any) error {
	request.SetBasicAuth(s.keyID, s.secret)
	response, err := connections.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s", request.Method, request.URL.Path, response.Status)
	}
	if into == nil {
		_, err := io.Copy(io.Discard, response.Body)
		return err
	}
	return json.NewDecoder(response.Body).Decode(into)
}

// clockTick is the kernel's USER_HZ, which is 100 on every Linux.
const clockTick = 10 * time.Millisecond

// CPU is the time that the server has used so far, in user and kernel mode. It is counted in steps of 10 ms.
func (s *Server) CPU() (time.Duration, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	// Fields 14 and 15, counted after the name in parentheses (proc(5)).
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+2:]))
	var ticks int64
	for _, field := range fields[11:13] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * clockTick, nil
}

// RSS is the memory that the server has resident, in bytes.
func (s *Server) RSS() (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	pages, err := strconv.ParseInt(strings.Fields(string(raw))[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// PID is the process of the server, or of the program that it runs under.
func (s *Server) PID() int { return s.process.Process.Pid }

// Kill ends the server as a crash does: no signal that it could handle.
func (s *Server) Kill() error {
	if err := syscall.Kill(-s.process.Process.Pid, syscall.SIGKILL); err != nil {
		return err
	}
	s.process.Wait()
	return nil
}

// Message is a message as REST lists it.
type Message struct {
	Number  int64 `json:"number"`
	Content struct {
		Text string `json:"text"`
	} `json:"content"`
}

// messagePage is a page of messages as REST lists them, newest page first.
type messagePage struct {
	Messages []Message `json:"messages"`
	Links    struct {
		Prev string `json:"prev"`
	} `json:"links"`
}

func (s *Server) messagesURL(conversation string) string {
	return s.URL + "/v2/apps/" + s.App + "/conversations/" + conversation + "/messages"
}

// List returns all messages of a conversation, oldest first, page by page.
func (s *Server) List(conversation string) ([]Message, error) {
	var all []Message
	for next := s.messagesURL(conversation); next != ""; {
		var page messagePage
		if err := s.get(next, &page); err != nil {
			return nil, err
		}
		all = append(page.Messages, all...)
		next = page.Links.Prev
	}
	return all, nil
}
