# Everything a newcomer, a developer and the build server do, in one place.
# Each target brings what it needs, does nothing twice, and can be interrupted at any moment.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:

PYTHON ?= python3
PORT ?= 8000
# How many processes share the Python tests; `make test WORKERS=0` runs them in one.
WORKERS ?= auto

BIN := .venv/bin
UV := .tools/bin/uv
PAGES := frontend/dist/index.html

# The tools that bootstrap/ has chosen stand before all others.
export PATH := $(CURDIR)/.tools/bin:$(PATH)
# An environment chosen outside must not receive our packages.
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' \
	  $(firstword $(MAKEFILE_LIST))

# What a machine needs.

$(UV):
	$(PYTHON) bootstrap/uv.py

# Running needs a tenth of what developing needs, so a newcomer waits for no more than that.
.venv/.ready-to-run: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --quiet --no-dev --inexact
	@touch $@

.venv/.ready: .venv/.ready-to-run
	$(UV) sync --frozen --quiet
	@touch $@

.tools/.node-ready: uv.lock bootstrap/node.py | $(UV)
	$(PYTHON) bootstrap/node.py
	@touch $@

frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json | .tools/.node-ready
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): frontend/node_modules/.ready openapi/openapi.json $(shell \
  find frontend -type d \( -name node_modules -o -name dist \) -prune -o -type f -print 2>/dev/null)
	cd frontend && npm run --silent build
	@touch $@

.PHONY: setup
setup: .venv/.ready frontend/node_modules/.ready ## Install everything; leaves .venv/bin/trellis

.PHONY: frontend
frontend: $(PAGES) ## Build the pages into frontend/dist

# Use.

.PHONY: run
run: export TRELLIS_DATABASE_URL ?= sqlite:///trellis.db
run: export TRELLIS_PUBLIC_URL ?= http://127.0.0.1:$(PORT)
run: export TRELLIS_FRONTEND_DIR ?= frontend/dist
run: .venv/.ready-to-run $(PAGES) ## Run Trellis with a demo network on http://127.0.0.1:8000
	@$(BIN)/trellis migrate
	@echo "An empty database is filled with a demo network now, which takes half a minute."
	@$(BIN)/trellis demo
	@echo "Trellis is on $$TRELLIS_PUBLIC_URL; Ctrl+C ends it."
	@exec $(BIN)/trellis serve --host 127.0.0.1 --port $(PORT)

.PHONY: migrate
migrate: .venv/.ready-to-run ## Bring the database up to date
	$(BIN)/trellis migrate

.PHONY: demo
demo: migrate ## Fill an empty database with the demo network, and print sign-in links
	$(BIN)/trellis demo

# Check.

.PHONY: test
test: check ## Check everything, as the build server does

.PHONY: check
check: lint types contract pages test-sqlite test-postgresql e2e ## The same under its other name

.PHONY: lint
lint: .venv/.ready ## Style, import contracts, unused packages, the container file
	env -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_INDEX $(UV) lock --check --offline --quiet
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/hadolint Dockerfile

.PHONY: types
types: .venv/.ready ## Types of the Python code
	$(BIN)/mypy

.PHONY: contract
contract: .venv/.ready frontend/node_modules/.ready ## The contract and what is made from it are current
	$(BIN)/trellis openapi --check
	cd frontend && npm run --silent types -- --check

.PHONY: openapi
openapi: .venv/.ready frontend/node_modules/.ready ## Write the contract, and what is made from code
	$(BIN)/trellis openapi
	cd frontend && npm run --silent types
	$(BIN)/python -m api.engagement.handbook > docs/metrics.md
	$(BIN)/python -m api.commands.handbook

.PHONY: pages
pages: frontend/node_modules/.ready $(PAGES) ## Types, tests and size of the pages
	cd frontend && npm run --silent check
	cd frontend && npm test --silent
	cd frontend && npm run --silent size

.PHONY: test-sqlite
test-sqlite: .venv/.ready ## Python tests on SQLite
	TRELLIS_TEST_ENGINE=sqlite $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal --ignore=tests/browser

.PHONY: test-postgresql
test-postgresql: .venv/.ready ## Python tests on PostgreSQL
	TRELLIS_TEST_ENGINE=postgresql $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal --ignore=tests/browser

.PHONY: e2e
e2e: .venv/.ready $(PAGES) ## Browser tests, in Debian's Chromium
	TRELLIS_TEST_ENGINE=sqlite TRELLIS_BROWSER="$$($(PYTHON) bootstrap/browser.py)" \
	  $(BIN)/pytest tests/browser

.PHONY: bench
bench: .venv/.ready ## Speed and size as ratios, each beside its limit
	$(BIN)/python -m tests.bench

.PHONY: clean
clean: ## Remove everything made here but the databases
	rm -rf .venv .tools frontend/node_modules frontend/dist test-results
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
