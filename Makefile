# Two commands do everything: `make run` and `make test`. The others are named in the README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VENDOR := static/vendor/.stamp
# What the checks, the tests and the bench take from npm besides.
MODULES := node_modules/.dev
# Tools that Kwartier and its tests never need have a place of their own.
TOOLS := .venv-tools
PIP_INSTALL := pip install -q --disable-pip-version-check --require-hashes
# No package runs anything of its own while it is installed.
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --silent

.PHONY: run test check attack faults bench house screenshots generate migrate lock audit format clean help bundle

run: $(VENV)/.run bundle
	@$(BIN)/python -m trainer run

# In the order that conftest.py gives them, which begins with the longest files. Tests with a server wait for it as
# long as they work: three of them keep two cores busy.
test: $(VENV)/.dev $(MODULES) bundle
	@tools/need-chromium
	$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev $(MODULES)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy trainer
	$(BIN)/lint-imports
	$(BIN)/python -m trainer check
	$(BIN)/python tools/words.py
	$(BIN)/python tools/sentences.py
	$(BIN)/python -m trainer.sockets.protocol --check
	node_modules/.bin/tsc -p jsconfig.json
	node_modules/.bin/eslint .

# Can anybody find out who wrote what?
attack: $(VENV)/.dev $(MODULES) bundle
	@tools/need-chromium
	$(BIN)/python -m tests.attack --write
	$(BIN)/python -m pytest -q -n 2 --hypothesis-profile=thorough tests/kinds trainer/kinds

# Does everything that was told saved survive, whatever breaks?
faults: $(VENV)/.dev $(MODULES) bundle
	@tools/need-chromium
	$(BIN)/python -m tests.faults
	$(BIN)/python -m pytest -q --hypothesis-profile=thorough tests/sockets/test_any_history.py
	$(BIN)/python -m pytest -q -n 2 --hypothesis-profile=thorough tests/curriculum tests/live

bench: $(VENV)/.dev $(MODULES) bundle
	$(BIN)/python -m bench.run
	$(BIN)/python -m bench.tables
	$(BIN)/python -m bench.groups
	@tools/need-chromium
	$(BIN)/python -m bench.load

# Half an hour of a hosted instance: forty meetings at once, five thousand reconnects.
house: $(VENV)/.dev $(MODULES) bundle
	$(BIN)/python -m bench.house

screenshots: $(VENV)/.dev $(MODULES) bundle
	@tools/need-chromium
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/sheets.py

# Files that are made from others.
generate: $(VENV)/.dev
	$(BIN)/python -m trainer.sockets.protocol

# A new migration after a change in trainer/store/models.py: make migrate MESSAGE="add a column"
migrate: $(VENV)/.dev
	$(BIN)/python -m trainer.store.migrate "$(MESSAGE)"

# The versions and hashes of everything that is installed, the tools' own too.
lock: $(TOOLS)/.lock
	@for name in requirements requirements-dev requirements-lock requirements-audit; do \
	  $(TOOLS)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header $$name.in -o $$name.txt || exit 1; \
	done

# Is a vulnerability known of anything in the lock files?
audit: $(TOOLS)/.audit
	@$(TOOLS)/bin/python tools/audit.py

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(TOOLS) node_modules static/vendor static/built .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:
	@sed -n 's/^\([a-z]*\):.*/make \1/p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kwartier needs Python 3.11 or later: PYTHON=python3.12 make run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

$(TOOLS)/bin/python:
	$(PYTHON) -m venv $(TOOLS)

$(TOOLS)/.lock $(TOOLS)/.audit: $(TOOLS)/.%: requirements-%.txt | $(TOOLS)/bin/python
	$(TOOLS)/bin/$(PIP_INSTALL) -r $<
	@touch $@

$(VENDOR): package.json package-lock.json .npmrc tools/vendor.mjs
	@command -v npm >/dev/null || { echo "Kwartier needs npm for its browser libraries: install Node.js 20 or later"; exit 1; }
	$(NPM_CI) --omit=dev
	node tools/vendor.mjs
	@touch $@

# A script and a style sheet for each page; it looks by itself whether anything changed.
bundle: $(VENDOR)
	@node tools/bundle.mjs

$(MODULES): $(VENDOR)
	$(NPM_CI) --include=dev
	@touch $@
