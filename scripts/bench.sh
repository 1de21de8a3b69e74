#!/usr/bin/env bash
# Prints the figures of docs/benchmarks.md: the server measured from a process of its own, then the Go benchmarks, then the messenger in a real browser.
set -eu
go run ./cmd/parlor-load -binary bin/parlor "$@"
echo
go test -run '^$' -bench 'Verify$|GolangJWT|Signature' -benchtime 2s ./internal/auth | grep -E '^Benchmark'
go test -run '^$' -bench 'History|Inbox' -benchtime 2s ./internal/store/sqlstore | grep -E '^Benchmark'
echo
(cd web && PARLOR_BINARY=../bin/parlor npm run --silent bench)
