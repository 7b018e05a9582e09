# Two commands for a newcomer: `make demo` and `make test`. Everything they build lies in .venv.

PYTHON ?= python3
PORT ?= 8000
DATABASE_URL ?= sqlite:///demarche.db
export PORT DATABASE_URL

VENV := .venv
PY := $(VENV)/bin/python
DEMARCHE := $(VENV)/bin/demarche
PIP := $(PY) -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types imports migrations fmt bench bench-api bench-web screenshots evaluate browser lock clean

help:  ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- the environment
# The stamps make a second run do nothing. The development lock holds all that the other does, so tests and demo share one
# environment, and whichever comes second adds what it lacks.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "error: Python 3.11 or newer is needed, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true);" \
		     "name another with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "error: '$(PYTHON) -m venv' failed: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(PY)
	@echo "installing what Demarche needs"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "installing what its tests need"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.client: requirements-client.lock | $(PY)
	@echo "installing what writes a client from the API's document"
	@$(PY) -m venv $(VENV)/client
	@$(VENV)/client/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-client.lock
	@touch $@

# ---------------------------------------------------------------- use
demo: $(VENV)/.runtime  ## Read the seed articles, print the timeline and serve it (PORT=, DATABASE_URL=)
	@$(DEMARCHE) db upgrade
	@$(DEMARCHE) ingest seeds
	@$(DEMARCHE) timeline
	@$(DEMARCHE) serve

# ---------------------------------------------------------------- development
test: $(VENV)/.dev $(VENV)/.client  ## Run all tests, PostgreSQL's included
	@$(PY) -m pytest -q -r s $(ARGS)

check: lint types imports migrations test  ## Lint, types, import contracts, migrations and all tests

lint: $(VENV)/.dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: $(VENV)/.dev
	@$(VENV)/bin/mypy

imports: $(VENV)/.dev
	@$(VENV)/bin/lint-imports

migrations: export DATABASE_URL = sqlite:///$(VENV)/migrations-check.db
migrations: $(VENV)/.dev
	@rm -f $(VENV)/migrations-check.db*
	@$(DEMARCHE) db upgrade
	@$(VENV)/bin/alembic check
	@rm -f $(VENV)/migrations-check.db*

fmt: $(VENV)/.dev  ## Format the code and mend what a linter can
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

bench: $(VENV)/.dev  ## Measure speed
	@$(PY) -m tests.bench $(ARGS)

bench-api: $(VENV)/.dev  ## Measure the API against its peers (ARGS="pages --events 100000"; needs wrk and, for two peers, PostGIS)
	@missing=; command -v wrk >/dev/null || missing=" wrk"; \
	ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing="$$missing postgresql-postgis"; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get -qq update && apt-get -qq install -y --no-install-recommends $$missing; \
	fi
	@$(PY) -m tests.bench.api $(ARGS)

bench-web: $(VENV)/.dev  ## Measure the explorer in a browser, against vis-timeline and over 1,000,000 events (ARGS="draw")
	@$(PY) -m tests.bench.web $(ARGS)

screenshots: $(VENV)/.dev  ## Take the README's pictures of the explorer anew
	@$(PY) -m tests.screenshots

evaluate: $(VENV)/.dev  ## Count what is read right of the labelled dispatches
	@$(PY) -m tests.gold.evaluate

browser: $(VENV)/.dev  ## Install what browser tests need, where it is missing: a Chromium, and npm for the libraries they try
	@missing=; command -v npm >/dev/null || missing=" npm"; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		missing="$$missing chromium"; \
	if [ -z "$$missing" ]; then \
		echo "a browser and npm are installed"; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get -qq update && apt-get -qq install -y --no-install-recommends $$missing; \
	elif [ "$$missing" = " chromium" ]; then \
		$(PY) -m playwright install chromium; \
	else \
		echo "not found, and can't be installed here:$$missing; install it, and put it on the PATH" >&2; \
		exit 1; \
	fi

lock:  ## Compile the lock files anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "error: uv is needed: see its documentation for how to install it" >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q \
		pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q --extra dev \
		pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q \
		--group pyproject.toml:client -o requirements-client.lock

clean:  ## Remove the environment and what tools leave behind; databases stay
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
