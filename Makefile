# Ichi-Go 1944. `make play` and `make test` need only make and Python 3.11 or newer; all else goes into .venv/ here.
# Another Python: make test PYTHON=/path/to/python3.12
# Only relative paths below, so that a checkout whose path has spaces works.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help play test lint bench clean distclean
.SUFFIXES:

PYTHON ?=
RUN := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

help: ## Show this list.
	@echo "Ichi-Go 1944: an operational wargame of Japan's 1944 offensive in China"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'
	@echo "The first call of each sets up .venv/ and needs the network; later calls do not."

play: .venv/.base ## Set up what the game needs and start it.
	@if $(RUN) -c 'import game.ui.app as a; raise SystemExit(not a.display_usable())'; then $(RUN) main.py play; \
	else echo "no display for a window: two computer commanders play Central Henan"; $(RUN) main.py run henan; fi

test: .venv/.test ## Run the tests. One file or more: make test ARGS=tests/core
	$(RUN) -m pytest $(ARGS)

lint: .venv/.dev ## Check style (ruff), types (mypy) and layers (import-linter).
	@failed=''; \
	$(RUN) -m ruff check . || failed="$$failed ruff"; \
	$(RUN) -m mypy || failed="$$failed mypy"; \
	.venv/bin/lint-imports || failed="$$failed import-linter"; \
	if test -n "$$failed"; then echo "make lint: failed:$$failed" >&2; exit 1; fi

bench: .venv/.base ## Measure the speed of the engine.
	$(RUN) main.py bench $(ARGS)

clean: ## Remove caches and built packages; keep .venv/.
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name .venv -prune -o -name .git -prune -o -type d -name __pycache__ -exec rm -rf {} +

distclean: clean ## The same, and remove .venv/.
	rm -rf .venv

# The stamps below lie in .venv/ and are renewed when pyproject.toml changes.
.venv/.base: .venv/.python pyproject.toml
	$(RUN) -m pip install --quiet --editable .
	@touch $@

.venv/.test: .venv/.python pyproject.toml
	$(RUN) -m pip install --quiet --editable ".[test]"
	@touch $@ .venv/.base

.venv/.dev: .venv/.python pyproject.toml
	$(RUN) -m pip install --quiet --editable ".[dev]"
	@touch $@ .venv/.base .venv/.test

# Which Python: PYTHON if given, else the first below that runs (a pyenv shim may exist and yet fail), is 3.11 or newer
# and can make environments with pip. Debian and Ubuntu keep that last part in a package of its own; where only pip
# itself is there, it can fill the environment from outside.
CANDIDATES := python3 python3.13 python3.12 python3.11 python3.14 python
VERSION := import sys; print(sys.version_info[:3], sys.base_prefix)
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
DEBIAN_NAME := import sys; print("python%d.%d-venv" % sys.version_info[:2])

# With PYTHON given, look each time whether .venv is of that Python and make it anew when it is not.
ifneq ($(PYTHON),)
.venv/.python: force
endif
.PHONY: force
force:

.venv/.python:
	@set -u; \
	if test -n '$(PYTHON)' && test -x $(RUN); then \
	  if test "$$('$(PYTHON)' -c '$(VERSION)' 2>/dev/null)" = "$$($(RUN) -c '$(VERSION)')"; then \
	    test -e $@ || touch $@; exit 0; \
	  fi; \
	elif test -x $(RUN) && $(RUN) -c '$(NEW_ENOUGH)' 2>/dev/null && $(RUN) -m pip --version >/dev/null 2>&1; then \
	  touch $@; exit 0; \
	fi; \
	given='$(PYTHON)'; bare=''; seen=''; \
	build() { echo "Making .venv with $$1"; rm -rf .venv; "$$@" .venv && $(RUN) -m pip --version >/dev/null && touch $@; }; \
	try() { \
	  "$$1" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 || return 1; \
	  seen="$$1"; \
	  "$$1" -c 'import venv, ensurepip' >/dev/null 2>&1 && return 0; \
	  if test -z "$$bare"; then bare="$$1"; fi; \
	  return 1; \
	}; \
	if test -n "$$given"; then \
	  if try "$$given"; then build "$$given" -m venv; exit $$?; fi; \
	  if test -z "$$seen"; then echo "make: PYTHON=$$given does not run, or is older than Python 3.11." >&2; exit 1; fi; \
	else \
	  for python in $(CANDIDATES); do \
	    if try "$$python"; then build "$$python" -m venv; exit $$?; fi; \
	  done; \
	fi; \
	if test -z "$$seen"; then \
	  echo "make: no Python 3.11 or newer found (tried: $(CANDIDATES))." >&2; \
	  echo "Install one from your system's packages or https://www.python.org/downloads/, or name it: make PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	if "$$bare" -c 'import venv' 2>/dev/null && "$$bare" -m pip --version >/dev/null 2>&1; then \
	  echo "Making .venv with $$bare and its pip"; rm -rf .venv; \
	  if "$$bare" -m venv --without-pip .venv && "$$bare" -m pip --python $(RUN) install --quiet pip; then touch $@; exit 0; fi; \
	  rm -rf .venv; \
	fi; \
	echo "make: $$bare cannot make virtual environments: its modules venv and ensurepip are not installed." >&2; \
	echo "On Debian or Ubuntu: sudo apt install python3-venv (or $$($$bare -c '$(DEBIAN_NAME)')), then call make again." >&2; \
	exit 1
