# Everything runs in .venv, which the first target that needs it sets up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.DEFAULT_GOAL := help
.PHONY: help venv demo test lint docs audit bench gpu stubs
.DELETE_ON_ERROR:

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(STAMP) ## set up .venv; again whenever pyproject.toml changes

# The stamp is touched last: a set-up that was interrupted is repeated.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Gradbook needs Python 3.11 or newer: make PYTHON=python3.12 ...' >&2; exit 1; }
	test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## grade the sample class into out/demo
	rm -rf out/demo
	$(BIN)/grader grade reference/sample_class --out out/demo
	@echo 'The gradebook is out/demo/gradebook.csv, each report out/demo/submissions/<name>/report.json'

test: $(STAMP) ## run the whole suite, with ruff and mypy in it
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadscope --no-loadscope-reorder --timeout 300 --timeout-method thread

lint: $(STAMP) ## put the code into shape, then say what ruff and mypy still find
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/mypy

docs: $(STAMP) ## build the documentation into build/docs; warnings are errors
	$(BIN)/python -m sphinx -E -W --keep-going -n -q -d build/doctrees docs build/docs
	@echo 'Open build/docs/index.html'

audit: $(STAMP) ## every reference, wheat, chaff and sample on 20 seeds, both sides of the wall; and mutants
	$(BIN)/grader audit --mutants --seeds 20 --class reference/sample_class

bench: $(STAMP) ## time a student's desk and an instructor's class against `import torch`
	$(BIN)/python benchmarks/desk.py
	$(BIN)/python benchmarks/grade.py

gpu: $(STAMP) ## where there is a GPU: the tests that need one, then its figures
	$(BIN)/python -m pytest tests/gpu -m gpu --timeout 600
	$(BIN)/python benchmarks/gpu.py

stubs: $(STAMP) ## make the stubs again from the reference
	$(BIN)/grader stubs
