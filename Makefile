# Allt som behövs är Python 3.11, make och ett paketförråd.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
CHECKER := $(VENV)/html-checker
SOURCES := assistant ingest web evals tests fyrlots.py

.DEFAULT_GOAL := all
.PHONY: all help install dev html-checker serve test check-code ingest eval bench ask fix clean lock

all: check-code test ## granska och prova allt

help: ## visa den här listan
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fyrlots behöver Python 3.11 eller nyare.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(VENV)/.installed ## installera
dev: $(VENV)/.dev ## installera också det som proven behöver

$(CHECKER)/node_modules: | $(BIN)/python
	npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix $(CHECKER) vnu-jar@26.9.27

html-checker: $(CHECKER)/node_modules ## installera det som prövar sidornas HTML; kräver npm och Java 11

ingest: install ## bygg eller uppdatera indexet av korpusen
	$(BIN)/fyrlots ingest

serve: ingest ## starta webbplatsen på http://127.0.0.1:$(PORT)
	$(BIN)/fyrlots serve --port $(PORT)

ask: install ## ställ en fråga: make ask Q="Vad är SDK?"
	@$(BIN)/fyrlots ask "$(Q)"

check-code: dev ## format, stil, typer, importregler och korpus
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/fyrlots check

test: dev ## kör proven
	$(BIN)/pytest --cov --cov-report=term:skip-covered

eval: dev ## mät kvaliteten
	$(BIN)/fyrlots eval

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

bench: ingest $(VENV)/.bench ## mät hastighet, minne och sidor på en långsam telefon; allt: make bench LARGE=--large
	$(BIN)/python -m evals.bench $(LARGE)
	$(BIN)/python -m web.load
	$(BIN)/python -m web.phone

fix: dev ## rätta format och det som kan rättas
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

lock: ## skriv constraints.txt på nytt
	rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -e '.[dev,bench]'
	$(BIN)/pip freeze --exclude-editable > constraints.txt

clean: ## ta bort det som byggts
	rm -rf $(VENV) .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache evals/runs
