# Parlor. "make demo" shows it, "make test" proves it; both set up all that they need.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO_FLAGS := -trimpath -ldflags "-s -w -X main.version=$(VERSION)"
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.8.0
FUZZ_TIME ?= 10s

.PHONY: help
help: ## Show this help
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

.PHONY: demo
demo: build ## Run a throwaway company: a shop on one origin, its chat on another
	bin/parlor demo

.PHONY: build
build: web ## Build bin/parlor, one static binary with the front ends inside
	CGO_ENABLED=0 go build $(GO_FLAGS) -o bin/parlor ./cmd/parlor

.PHONY: web
web: web/node_modules/.installed ## Build the front ends into web/embedded
	cd web && npm run --silent build

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: test
test: setup build lint test-go test-web e2e fuzz vuln ## All that CI asks, real browser and Postgres included
	@echo "make test: all passed"

.PHONY: setup
setup: ## Install what the tests need from the system: Chromium, Postgres (as root; else say what is missing)
	scripts/setup.sh

.PHONY: lint
lint: web/node_modules/.installed ## gofmt, vet, staticcheck, eslint, tsc
	@unformatted=$$(gofmt -l cmd internal api examples web/*.go); if [ -n "$$unformatted" ]; then echo "gofmt these: $$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...
	cd web && npm run --silent lint && npm run --silent typecheck

.PHONY: test-go
test-go: ## Go tests with the race detector, on SQLite; the store's contract on Postgres too
	go test -race -timeout 20m ./...
	go test -run Cost ./internal/picture # what it measures is not so in a build for the race detector

.PHONY: test-postgres
test-postgres: ## The whole-server tests, and those of the inbox, on a throwaway Postgres
	PARLOR_TEST_DATABASE=postgres go test -race -timeout 20m ./internal/httpapi/... ./internal/inbox/... ./internal/socket/... ./internal/server/...

.PHONY: test-web
test-web: web/node_modules/.installed ## Unit tests of the front ends
	cd web && npm run --silent test

.PHONY: e2e
e2e: build ## Real Chromium against the real binary
	cd web && PARLOR_BINARY=$(CURDIR)/bin/parlor npm run --silent test:browser

.PHONY: fuzz
fuzz: ## Each fuzz target for FUZZ_TIME
	scripts/fuzz.sh $(FUZZ_TIME)

.PHONY: vuln
vuln: ## Known vulnerabilities in dependencies, where the database answers
	scripts/vuln.sh $(GOVULNCHECK)

.PHONY: bench
bench: build ## Benchmarks and load figures: see docs/benchmarks.md
	scripts/bench.sh

.PHONY: fmt
fmt: ## Format the Go code
	gofmt -w cmd internal api examples web/*.go

.PHONY: workshop
workshop: web/node_modules/.installed ## Show every part of the messenger in every state: see docs/workshop.md
	cd web && npm run --silent workshop

.PHONY: screenshots
screenshots: build ## Take the pictures of the documentation anew (fonts-inter and pngquant of Debian)
	cd web && node scripts/screenshots.mjs
