# Clawguard. `make help` lists what there is.
# Needs Python 3.11 or newer with venv and pip, and a package index. HOST, PORT, DATA_DIR, DEMO, DATABASE_URL and
# REDIS_URL are honoured from the environment or as `make run PORT=9000`.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help env run test soak mutants bench lock format forget

# the first of these that is new enough; PYTHON=/path/to/python names another
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet --require-hashes
RUNNER := $(PY) -m clawguard.runner

export HOST PORT DATA_DIR DEMO DATABASE_URL REDIS_URL
# Kept bytecode lets every process start sooner, and the tests start a hundred of them.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18

env: $(VENV)/ready ## make the environment in .venv

run: $(VENV)/ready ## start everything: address and demo sign-ins are printed, Ctrl-C stops it
	@exec $(RUNNER) run

test: $(VENV)/ready-for-tests ## format, lint, types, import contracts, then every test on real servers and a real browser
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	@exec $(RUNNER) with-servers -- $(PY) -m pytest -n 2 --dist worksteal

soak: $(VENV)/ready-for-tests ## the long runs: processes killed, the broker emptied, nothing lost; then all mutants
	@$(RUNNER) with-servers --durable -- $(PY) -m pytest -m soak -o faulthandler_timeout=0
	@exec $(PY) -m tests.mutants

mutants: $(VENV)/ready-for-tests ## change the domain in small ways, see that tests notice; PATHS=… SAMPLE=percent MINUTES=limit
	@exec $(PY) -m tests.mutants $(PATHS) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(MINUTES),--minutes $(MINUTES))

bench: $(VENV)/ready-for-tests ## measure checks, import, sweep and pages; prints medians (MILLION=--million: a file of that size, too)
	@exec $(RUNNER) with-servers --durable -- $(PY) manage.py bench $(MILLION)

forget: $(VENV)/ready ## delete the data of `make run`: the next start is a first start
	@exec $(RUNNER) forget

format: $(VENV)/ready-for-tests ## format the code and mend what the linter can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

lock: $(VENV)/ready ## write requirements*.txt from requirements*.in (needs uv)
	UV_PYTHON_DOWNLOADS=never uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
		--no-emit-index-url --no-emit-find-links -o requirements.txt requirements.in
	UV_PYTHON_DOWNLOADS=never uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
		--no-emit-index-url --no-emit-find-links -o requirements-test.txt requirements-test.in

$(PY):
	@test -n "$(PYTHON)" || { echo "Clawguard needs Python 3.11 or newer; name one with PYTHON=/path/to/python"; exit 1; }
	@echo "Clawguard: making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/ready: requirements.txt | $(PY)
	@echo "Clawguard: installing what running needs"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/ready-for-tests: requirements-test.txt $(VENV)/ready
	@echo "Clawguard: installing what testing needs"
	@$(PIP) -r requirements-test.txt
	@touch $@
