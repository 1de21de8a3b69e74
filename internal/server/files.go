package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/filestore"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/store"
)

// openFiles builds what has to do with files, and the one client for calls to other systems.
func (s *Server) openFiles(data Data, work store.Store) (*attachment.Links, error) {
	allowed, err := s.config.Allowed()
	if err != nil {
		return nil, fmt.Errorf("PARLOR_OUTBOUND_ALLOW: %w", err)
	}
	proxy, err := s.config.Egress()
	if err != nil {
		return nil, fmt.Errorf("PARLOR_EGRESS_PROXY: %w", err)
	}
	s.outbound = outbound.New(outbound.Options{Allow: allowed, Proxy: proxy, UserAgent: "Parlor"})
	place, err := s.config.FilesPlace()
	if err != nil {
		return nil, err
	}
	if s.kept, err = filestore.Open(place); err != nil {
		return nil, fmt.Errorf("PARLOR_FILES: %w", err)
	}
	mac := func(parts ...string) []byte { return data.Master.MAC("media", parts...) }
	s.files, err = attachment.New(attachment.Options{
		Store: work, Files: s.kept, Fetcher: s.outbound, Drafts: filepath.Join(s.config.Data, "drafts"),
		MaxFile: s.config.FileLimit(), MaxUser: int64(s.config.UserFiles), Now: time.Now, Log: s.log,
	})
	if err != nil {
		return nil, fmt.Errorf("PARLOR_DATA: %w", err)
	}
	return attachment.NewLinks(mac, time.Now), nil
}

// lookAtFiles tells the operator of a place for files that cannot be used. It stops nobody from chatting, and may come
// back.
func (s *Server) lookAtFiles(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := filestore.Check(ctx, s.kept); err != nil && !errors.Is(err, context.Canceled) {
		s.log.WarnContext(ctx, "the bucket of PARLOR_FILES does not answer as it should: files may not be stored or shown until it does", "err", err)
	}
	return nil
}

// base is the origin that addresses of users' uploads begin with. It is never what a request says: programs present their
// key where such an address leads, and a user could name any host.
func (s *Server) base() string {
	if s.config.PublicURL != "" {
		return strings.TrimRight(s.config.PublicURL, "/")
	}
	scheme := "http"
	if s.config.TLSCert != "" {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(s.Addr())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}
