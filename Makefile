# Two commands: `make demo` and `make test`. Both make the environment first if need be.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# each in an environment of its own, made with Python and pip alone
DEMO := .venv-demo
RELEASE := .venv-release
LOWEST := .venv-lowest
BUNDLE := .venv-bundle
NEWEST := .venv-newest
UV := .venv-uv/bin/uv
SHOWN := .mypy_cache/shown.py
PIP := bin/python -m pip --disable-pip-version-check --quiet
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
  --custom-compile-command "make lock"

# tests start the program hundreds of times, and it starts faster from what is compiled
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test suite test-all coverage lint format lock test-lowest test-newest release-check bundle clean

demo: $(DEMO)/.ready
	$(DEMO)/bin/sortition demo --overwrite

# one after the other, style and types would leave a processor idle
test: $(READY)
	$(MAKE) --no-print-directory --jobs 2 lint suite

suite: $(READY)
	$(BIN)/python -m pytest --numprocesses auto

# everything, with forty times the examples, others each time
test-all: $(READY) lint
	SORTITION_TESTS=large $(BIN)/python -m pytest --numprocesses auto

coverage: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --cov --cov-report=term

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m tests.frames.shown $(SHOWN)
	$(BIN)/mypy $(SHOWN)

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(READY): requirements/dev.txt pyproject.toml
$(DEMO)/.ready: requirements/run.txt pyproject.toml

# not compiled, since most modules are never imported and the others are compiled when they are
$(READY) $(DEMO)/.ready:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sortition needs Python 3.11 or later")'
	$(PYTHON) -m venv $(@D)
	$(@D)/$(PIP) install --no-compile --require-hashes --requirement $<
	$(@D)/$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# the locks, the versions that users may have, and a release

lock: $(UV)
	$(LOCK) pyproject.toml --group build --output-file requirements/run.txt
	$(LOCK) pyproject.toml --group build --extra dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --extra app --extra letters --group build --group bundle --output-file requirements/bundle.txt
	$(LOCK) --group release --output-file requirements/release.txt

# the oldest versions that are allowed, on the oldest Python: later ones have no wheels of them
test-lowest: $(UV)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make test-lowest PYTHON=… needs Python 3.11")'
	$(PYTHON) -m venv --clear $(LOWEST)
	$(UV) pip install --quiet --python $(LOWEST) --resolution lowest-direct --editable '.[dev]'
	$(LOWEST)/bin/python -m pytest --numprocesses auto

test-newest: $(UV)
	$(PYTHON) -m venv --clear $(NEWEST)
	$(UV) pip install --quiet --python $(NEWEST) --resolution highest --editable '.[dev]'
	$(NEWEST)/bin/python -m pytest --numprocesses auto

release-check: $(RELEASE)/.ready
	rm -rf dist $(RELEASE)/empty
	$(RELEASE)/bin/python -m build --no-isolation --outdir dist
	$(RELEASE)/bin/python -m twine check --strict dist/*
	$(PYTHON) -m venv $(RELEASE)/empty
	$(RELEASE)/empty/$(PIP) install dist/*.whl
	$(RELEASE)/empty/$(PIP) check
	$(RELEASE)/empty/bin/python -I scripts/check_release.py

# one program file for this system, tried out once it is made
bundle: $(BUNDLE)/.ready
	$(BUNDLE)/bin/python scripts/make_bundle.py dist/bundle

$(BUNDLE)/.ready: requirements/bundle.txt pyproject.toml
	$(PYTHON) -m venv $(@D)
	$(@D)/$(PIP) install --require-hashes --requirement $<
	$(@D)/$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(RELEASE)/.ready: requirements/release.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/$(PIP) install --require-hashes --requirement $<
	@touch $@

$(UV):
	$(PYTHON) -m venv .venv-uv
	.venv-uv/$(PIP) install uv

clean:
	rm -rf .venv .venv-* demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
