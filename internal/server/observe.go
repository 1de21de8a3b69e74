package server

import (
	"bufio"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/parlorchat/parlor/internal/wire"
)

// requestIDHeader is what a caller can quote to the operator.
const requestIDHeader = "X-Request-Id"

// observe gives every request an id, logs it without its query string (security rule 56), and turns a panic into a
// 500 with that id.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		id := newRequestID()
		w.Header().Set(requestIDHeader, id)
		seen := &observed{ResponseWriter: w}
		defer func() {
			if fault := recover(); fault != nil {
				s.panicked(fault, "request_id", id, "route", r.Pattern)
				seen.panicked()
			}
			s.requests.WithLabelValues(methodOf(r), strconv.Itoa(seen.status)).Inc()
			if s.log.Enabled(r.Context(), slog.LevelDebug) {
				s.log.DebugContext(r.Context(), "request", "request_id", id, "method", r.Method, "route", r.Pattern,
					"status", seen.status, "ms", time.Since(began).Milliseconds())
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// panicked counts and logs a panic; it is called while that is being recovered from.
func (s *Server) panicked(fault any, where ...any) {
	s.panics.Inc()
	s.log.Error("panic", append(where, "err", fmt.Sprint(fault), "stack", string(debug.Stack()))...)
}

// methodOf keeps a caller's own words out of the metrics.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

func newRequestID() string {
	var raw [8]byte
	rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// observed remembers the status of an answer.
type observed struct {
	http.ResponseWriter
	status int
}

func (o *observed) WriteHeader(status int) {
	if o.status == 0 {
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(b []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	return o.ResponseWriter.Write(b)
}

// Hijack hands the connection to the socket door.
func (o *observed) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	o.status = http.StatusSwitchingProtocols
	return http.NewResponseController(o.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach the connection.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

func (o *observed) panicked() {
	if o.status != 0 {
		return // too late to say anything
	}
	o.Header().Set("Content-Type", "application/json; charset=utf-8")
	o.WriteHeader(http.StatusInternalServerError)
	o.Write(wire.Encode(wire.ProblemsOf(errPanicked)))
}

var errPanicked = fmt.Errorf("panicked")

// measure makes the metrics of the server.
func (s *Server) measure() {
	s.metricsOf = prometheus.NewRegistry()
	s.requests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "parlor_http_requests_total", Help: "HTTP requests by method and status."}, []string{"method", "status"})
	s.panics = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "parlor_panics_total", Help: "Requests that ended in a panic."})
	s.told = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "parlor_webhook_events_total", Help: "Events in requests to webhooks by what became of the request: told, failed (it is repeated) or dead."}, []string{"outcome"})
	s.metricsOf.MustRegister(s.requests, s.panics, s.told,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parlor_sockets", Help: "Open connections of end users' clients: WebSockets, and lines where none comes through."},
			func() float64 { return float64(s.socket.Connections()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parlor_lines", Help: "Lines by long polling, those included that ended within the last minute."},
			func() float64 { return float64(s.socket.Lines()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}

// metrics answers callers on this machine, and others that hold the token.
func (s *Server) metrics() http.Handler {
	show := promhttp.HandlerFor(s.metricsOf, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := []byte(r.Header.Get("Authorization"))
		wanted := []byte("Bearer " + s.config.MetricsToken)
		known := s.config.MetricsToken != "" && subtle.ConstantTimeCompare(given, wanted) == 1
		if !known && !isLocal(r) {
			http.Error(w, "metrics are for this machine, or with PARLOR_METRICS_TOKEN", http.StatusForbidden)
			return
		}
		show.ServeHTTP(w, r)
	})
}
