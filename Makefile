# All targets use .venv, which is created when it is first needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.DEFAULT_GOAL := help
.PHONY: help venv demo test lint docs proof audit thorough fuzz bench gpu stubs matrix lock
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(STAMP) ## create .venv, and update it when pyproject.toml or constraints.txt has changed

# The stamp is touched last, so that an interrupted installation is repeated.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Gradbook needs Python 3.11 or newer: make PYTHON=python3.12 ...' >&2; exit 1; }
	test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## grade the sample class; the results are in out/demo
	rm -rf out/demo
	$(BIN)/grader grade reference/sample_class --out out/demo
	@echo 'Gradebook: out/demo/gradebook.csv. Reports: out/demo/submissions/<name>/report.json'

# Where Python itself is blocked, pytest-timeout's thread can't run: faulthandler's needs no Python.
# Compiled first: where PYTHONDONTWRITEBYTECODE is set, each of the hundreds of processes would do it anew.
test: $(STAMP) ## run all tests, including ruff and mypy
	@$(BIN)/python -m compileall -q grader
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadscope --no-loadscope-reorder \
	  --timeout 300 --timeout-method thread -o faulthandler_timeout=360 -o faulthandler_exit_on_timeout=true

lint: $(STAMP) ## format the code, fix what ruff can fix, and show other findings of ruff and mypy
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/mypy

docs: $(STAMP) ## build the documentation into build/docs; warnings are errors
	$(BIN)/python -m sphinx -E -W --keep-going -n -q -d build/doctrees docs build/docs
	@echo 'Open build/docs/index.html'

proof: audit thorough fuzz matrix ## what takes longer than tests may, part by part: audit, thorough, fuzz, matrix; before a release

audit: $(STAMP) ## test all checks against references, wheat, chaff, samples and mutants, on 20 seeds
	$(BIN)/grader audit --mutants --pairs 20 --seeds 20 --class reference/sample_class

thorough: $(STAMP) ## run the tests that `make test` leaves out: more forms of hand-ins, more of the sample class
	$(BIN)/python -m pytest -m thorough --numprocesses auto --maxprocesses 8 --timeout 300

fuzz: $(STAMP) ## judge forged observations: all of a list on each exercise, then ten minutes guided by coverage (Linux)
	$(BIN)/python -W ignore -m tests.fuzz.judge
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python -W ignore -m tests.fuzz.coverage_guided -max_total_time=600

bench: $(STAMP) ## measure local checks and grading, as multiples of `import torch`
	$(BIN)/python benchmarks/local_checks.py
	$(BIN)/python benchmarks/grade_class.py

gpu: $(STAMP) ## on a machine with a GPU: one page about it in eight minutes, tests and figures
	$(BIN)/python benchmarks/gpu.py

stubs: $(STAMP) ## make the stubs from the reference
	$(BIN)/grader stubs

matrix: $(STAMP) ## run a smoke test in many fresh environments, and show a table; SESSION=crowded: in one
	$(BIN)/nox $(if $(SESSION),--session $(SESSION) table)

lock: $(STAMP) ## resolve requirements/*.txt again, with hashes
	$(BIN)/python requirements/lock.py
