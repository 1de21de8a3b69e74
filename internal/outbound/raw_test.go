package outbound

import (
	"io"
	"log"
	"net"
	"testing"
)

// discard takes what servers say of handshakes that fail on purpose.
var discard = log.New(io.Discard, "", 0)

// raw is the URL of a server that reads something, says these bytes and closes.
func raw(t *testing.T, answer string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conn.Read(make([]byte, 4<<10))
			io.WriteString(conn, answer)
			conn.Close()
		}
	}()
	t.Cleanup(func() {
		listener.Close()
		<-done
	})
	return "http://" + listener.Addr().String()
}
