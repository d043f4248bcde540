# Saamjyu. `make run` starts the desk, `make test` checks it; `make help` lists the rest.
# The locks are made with: uv pip compile --universal --python-version 3.10 --generate-hashes --no-emit-index-url
#   --no-header pyproject.toml -o .ci/requirements.txt
#   (and --extra test -c .ci/requirements.txt -o .ci/requirements-test.txt)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: help setup setup-test train run test check faults evaluate bench

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 14

setup: .venv/installed ## Make .venv with what the desk needs

setup-test: .venv/installed-test ## Add what the tests need, a browser too where it may be installed

.venv/bin/python:
	@bash .ci/python .venv

.venv/installed: .ci/requirements.txt | .venv/bin/python
	@echo "installing the desk's packages"
	@$(PYTHON) -m pip install --disable-pip-version-check --no-input --require-hashes -r .ci/requirements.txt
	@touch $@

.venv/installed-test: .ci/requirements-test.txt .venv/installed
	@echo "installing what the tests need"
	@$(PYTHON) -m pip install --disable-pip-version-check --no-input --quiet --require-hashes -r .ci/requirements-test.txt
	@bash .ci/browser
	@touch $@

train: setup ## Train a model when none fits the current data
	@$(PYTHON) -m bot.run.prepare

run: setup ## Start the desk and print its address
	@exec $(PYTHON) -m bot.run

check: setup-test ## The fast loop: lint, types, import directions, parity, unit tests, doctests
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy & types=$$!; \
	$(PYTHON) -m pytest -q --doctest-modules bot/language bot/support actions/forms & doctests=$$!; \
	$(PYTHON) -m pytest -q -m "not postgresql" tests/unit tests/parity; \
	wait $$types; wait $$doctests

test: check train ## Everything: also the desk itself in every language, a real browser, PostgreSQL
	@$(PYTHON) -m pytest -q -m postgresql tests/unit
	@$(PYTHON) -m pytest tests --ignore=tests/unit --ignore=tests/parity

faults: setup-test train ## The long fault campaigns: kills, outages, floods, guesses, and builds broken on purpose
	@LONG_FAULTS=1 $(PYTHON) -m pytest -s -v tests/faults $(if $(ONLY),-k "$(ONLY)")

evaluate: setup-test train ## Measure the understanding on the project's own unseen messages
	@$(PYTHON) -m bot.evaluate nlu tests/nlu/*.tsv

bench: setup-test train ## Measure speed, and other classifiers on the same data
	@$(PYTHON) -m bot.evaluate bench
