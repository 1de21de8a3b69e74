package outbound

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"sync"
	"testing"
)

// nameServer is a DNS server on loopback that answers every question for an IPv4 address by the next of its answers,
// and by the last of them ever after.
type nameServer struct {
	conn net.PacketConn

	mu      sync.Mutex // guards answers
	answers []netip.Addr
}

func newNameServer(t *testing.T, answers ...string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &nameServer{conn: conn}
	for _, answer := range answers {
		s.answers = append(s.answers, netip.MustParseAddr(answer))
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.serve()
	}()
	t.Cleanup(func() {
		conn.Close()
		<-done
	})
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}
}

func (s *nameServer) serve() {
	question := make([]byte, 512)
	for {
		n, from, err := s.conn.ReadFrom(question)
		if err != nil {
			return
		}
		s.conn.WriteTo(s.answer(question[:n]), from)
	}
}

// answer writes a message of RFC 1035 section 4: the header, the question again, and one A record if one was asked for.
func (s *nameServer) answer(question []byte) []byte {
	end := 12 // of the question, which follows the header
	for question[end] != 0 {
		end += int(question[end]) + 1
	}
	end += 5
	reply := append([]byte(nil), question[:end]...)
	copy(reply[2:], []byte{0x84, 0x00, 0, 1, 0, 0, 0, 0, 0, 0}) // an answer, with authority; one question, no records
	const typeA = 1
	if binary.BigEndian.Uint16(question[end-4:]) != typeA {
		return reply
	}
	s.mu.Lock()
	addr := s.answers[0].As4()
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	s.mu.Unlock()
	reply[7] = 1 // one record: the name at 12, A, IN, 0 seconds, 4 bytes
	return append(append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4), addr[:]...)
}
