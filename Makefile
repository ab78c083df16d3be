# Two commands do everything: `make run` and `make test`. The others are named in the README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VENDOR := static/vendor/.stamp

.PHONY: run test check attack faults bench house screenshots generate migrate lock format clean help

run: $(VENV)/.run $(VENDOR)
	@$(BIN)/python -m trainer run

test: $(VENV)/.dev $(VENDOR)
	@tools/need-chromium
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(VENV)/.dev $(VENDOR)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy trainer
	$(BIN)/lint-imports
	$(BIN)/python -m trainer check
	$(BIN)/python -m trainer.sockets.protocol --check

# Can anybody find out who wrote what?
attack: $(VENV)/.dev $(VENDOR)
	@tools/need-chromium
	$(BIN)/python -m tests.attack

# Does everything that was told saved survive, whatever breaks?
faults: $(VENV)/.dev $(VENDOR)
	@tools/need-chromium
	$(BIN)/python -m tests.faults

bench: $(VENV)/.dev $(VENDOR)
	$(BIN)/python -m bench.run

# Half an hour of a hosted instance: forty meetings at once, five thousand reconnects.
house: $(VENV)/.dev $(VENDOR)
	$(BIN)/python -m bench.house

screenshots: $(VENV)/.dev $(VENDOR)
	@tools/need-chromium
	$(BIN)/python tools/screenshots.py

# Files that are made from others.
generate: $(VENV)/.dev
	$(BIN)/python -m trainer.sockets.protocol

# A new migration after a change in trainer/store/models.py: make migrate MESSAGE="add a column"
migrate: $(VENV)/.dev
	$(BIN)/python -m trainer.store.migrate "$(MESSAGE)"

lock: $(VENV)/.dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements-dev.in -o requirements-dev.txt

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) node_modules static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:
	@sed -n 's/^\([a-z]*\):.*/make \1/p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kwartier needs Python 3.11 or later: PYTHON=python3.12 make run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENDOR): package.json package-lock.json tools/vendor.mjs
	@command -v npm >/dev/null || { echo "Kwartier needs npm for its browser libraries: install Node.js 20 or later"; exit 1; }
	npm ci --no-audit --no-fund --silent
	node tools/vendor.mjs
	@touch $@
