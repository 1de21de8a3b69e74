package pgtest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// server is a running Postgres server in a folder of its own.
type server struct {
	address  string
	command  *exec.Cmd
	lifeline io.Closer // its end is the end of the server
	log      *bytes.Buffer
}

// whileWeLive runs the server until its standard input ends, which it does when the test process ends in any way, and
// then removes the folder. Signals to the whole group, such as Ctrl-C, are left to the test process.
const whileWeLive = `trap "" HUP INT TERM
"$1" -D "$2/data" -k "$2" -p "$3" -h 127.0.0.1 -c fsync=on -c synchronous_commit=on -c max_connections=200 &
server=$!
read -r ended
kill -INT "$server"
wait "$server"
rm -rf "$2"`

func start() (*server, error) {
	binaries, err := findBinaries()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "parlor-postgres-")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	as, err := identity(folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	password := rand.Text()
	if err := initialise(binaries, folder, password, as); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	s, err := launch(binaries, folder, password, as)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if err := s.await(); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// findBinaries returns the folder with initdb and postgres: of the newest Debian version, else of the PATH.
func findBinaries() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(folders, func(a, b string) int { return version(b) - version(a) })
	if path, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	for _, folder := range folders {
		if _, err := exec.LookPath(filepath.Join(folder, "initdb")); err != nil {
			continue
		}
		if _, err := exec.LookPath(filepath.Join(folder, "postgres")); err == nil {
			return folder, nil
		}
	}
	return "", errors.New("initdb and postgres were not found: install the Debian package postgresql, " +
		"or set PARLOR_TEST_POSTGRES to a server, or PARLOR_NO_POSTGRES=1 to go without")
}

func version(folder string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	return n
}

// identity returns whom to run the server as, and gives them the folder. Postgres refuses to run as root.
func identity(folder string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(account.Uid)
		gid, _ := strconv.Atoi(account.Gid)
		if err := os.Chown(folder, uid, gid); err != nil {
			return nil, fmt.Errorf("give folder to %s: %w", name, err)
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, errors.New("postgres does not run as root, and there is no user postgres or nobody")
}

// initialise makes the files of the server. The order of a natural language is wanted where the build has it, so that
// a column that forgot to compare byte for byte is found.
func initialise(binaries, folder, password string, as *syscall.SysProcAttr) error {
	secret := filepath.Join(folder, "password")
	if err := os.WriteFile(secret, []byte(password), 0o644); err != nil {
		return fmt.Errorf("write password: %w", err)
	}
	common := []string{"-D", filepath.Join(folder, "data"), "-U", "parlor", "--pwfile", secret, "--auth", "scram-sha-256",
		"--encoding", "UTF8", "--no-sync"}
	var output []byte
	var err error
	for _, locale := range [][]string{{"--locale-provider", "icu", "--icu-locale", "en-US", "--locale", "C.UTF-8"}, {"--locale", "C"}} {
		command := exec.Command(filepath.Join(binaries, "initdb"), append(common, locale...)...)
		command.Dir, command.SysProcAttr = folder, as
		if output, err = command.CombinedOutput(); err == nil {
			return os.Remove(secret)
		}
	}
	return fmt.Errorf("initdb: %w\n%s", err, output)
}

func launch(binaries, folder, password string, as *syscall.SysProcAttr) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &server{log: new(bytes.Buffer)}
	s.command = exec.Command("/bin/sh", "-c", whileWeLive, "sh", filepath.Join(binaries, "postgres"), folder, strconv.Itoa(port))
	s.command.Dir, s.command.SysProcAttr = folder, as
	s.command.Stdout, s.command.Stderr = s.log, s.log
	if s.lifeline, err = s.command.StdinPipe(); err != nil {
		return nil, fmt.Errorf("make lifeline: %w", err)
	}
	if err := s.command.Start(); err != nil {
		return nil, fmt.Errorf("start server: %w", err)
	}
	s.address = fmt.Sprintf("postgres://parlor:%s@127.0.0.1:%d/postgres?sslmode=disable", password, port)
	return s, nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// await waits until the server answers.
func (s *server) await() error {
	var err error
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = execute(s.address, "SELECT 1"); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the server does not answer: %w\n%s", err, s.log)
}

// stop ends the server and removes its folder.
func (s *server) stop() error {
	if err := s.lifeline.Close(); err != nil {
		return fmt.Errorf("let go: %w", err)
	}
	if err := s.command.Wait(); err != nil {
		return fmt.Errorf("wait for the end: %w", err)
	}
	return nil
}
