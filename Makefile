# Landmark. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix content bench audit clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.app ## make the environment the app needs

run: $(VENV)/.app ## start the app on http://localhost:8501 (PORT= changes it)
	@LANDMARK_WATCH=$${LANDMARK_WATCH-1} $(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev ## install what the tests need, and run all of them
	@sh tests/tools/install.sh
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.dev ## everything CI runs: format, lint, types, import contracts, content, tests
	@$(BIN)/ruff format --check -q . || { echo 'Run "make fix" to format.'; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports > /dev/null || $(BIN)/lint-imports
	@$(MAKE) -s content
	@$(MAKE) -s test

content: $(VENV)/.app ## check the authored files
	@$(BIN)/python -m modules.cli check

fix: $(VENV)/.dev ## format and mend what can be mended by itself
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

bench: $(VENV)/.dev ## measure page weight, server CPU, answer to feedback, 200 learners and a room of 500 phones
	@sh tests/tools/install.sh
	@$(BIN)/python -m tests.load.bench

audit: $(VENV)/.dev ## ask PyPI and npm whether a release in use has a known weakness; fails when they cannot tell
	@$(BIN)/python -m pip install -q --disable-pip-version-check "pip-audit~=2.10"
	@$(BIN)/python -m pip_audit --strict --local --progress-spinner off
	@cd tests/verifier && npm audit

clean: ## remove the environment; data/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@PYTHON="$(PYTHON)" sh tests/tools/environment.sh $(VENV)

$(VENV)/.app: requirements.txt $(VENV)/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt $(VENV)/.app
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
