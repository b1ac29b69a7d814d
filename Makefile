# Everything installs into .venv; `make edition` and `make test` need nothing but Python 3.11 and make.
PYTHON ?= python3
ARTICLES ?= examples/unlit-reef/reports
GOLD ?= ../shared/gold
BIN := .venv/bin
READY := .venv/.ready

.PHONY: edition test check evals bench docs picture clean

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

evals: $(READY)
	@for eval in evals/*.py; do echo "== $$eval"; $(BIN)/python $$eval --gold $(GOLD) || exit 1; done

bench: $(READY)
	$(BIN)/python benchmarks/read.py

docs: $(READY)
	$(BIN)/python docs/make_reference.py

picture: $(READY)
	$(BIN)/python docs/make_picture.py

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "variorum needs Python 3.11 or later, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf .venv edition.html edition.json
