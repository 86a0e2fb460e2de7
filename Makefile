# Two commands: `make report` shows what Retold does, `make test` proves it. Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPORTS ?= examples/harbour-talks/reports
OUT ?= dossier-out

.PHONY: report test lint soak clean

report: $(VENV)/.run
	$(BIN)/retold report $(REPORTS) -o $(OUT)

test: $(VENV)/.dev lint
	$(BIN)/python -m pytest -m "not soak"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(VENV)/.dev
	$(BIN)/python -m pytest -m soak

$(BIN)/python:
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "Retold needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11 …" % v[:2])'
	$(PYTHON) -m venv $(VENV)

# A dev environment holds all that a run needs, so either stamp will do for `make report`.
$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
