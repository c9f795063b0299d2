# Everything here needs only git, make and a python3 (3.11 or newer) with venv.
# Each environment is made in the checkout and never touches the system's Python.

PYTHON ?= python3
RUN := .venv
DEV := .venv-dev
FRESH = $(PYTHON) -c 'import sys; sys.exit("roadmap needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
PIP := bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: help next test check fix wheel pythons bench anki links pictures frames schemas states reference docs clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

next: $(RUN)/made  ## install into .venv and say what to read next
	@$(RUN)/bin/roadmap next

test: $(DEV)/made  ## run the whole test suite
	@env -u PYTHONDONTWRITEBYTECODE $(DEV)/bin/python -m pytest -n auto --dist worksteal

check: $(DEV)/made  ## lint, types and the direction of imports
	$(DEV)/bin/ruff format --check src tests scripts benchmarks
	$(DEV)/bin/ruff check src tests scripts benchmarks
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

fix: $(DEV)/made  ## mend what the linter can mend
	$(DEV)/bin/ruff check --fix src tests scripts benchmarks
	$(DEV)/bin/ruff format src tests scripts benchmarks

wheel: $(DEV)/made  ## build the wheel and try it in an environment of its own
	$(DEV)/bin/python scripts/try_wheel.py

pythons: $(DEV)/made  ## the quick tests on every further Python there is
	$(DEV)/bin/python scripts/try_pythons.py

bench: $(DEV)/made  ## measure what the calls cost, and plot it; ARGS="--quick" and others
	@env -u PYTHONDONTWRITEBYTECODE $(DEV)/bin/python -m benchmarks $(ARGS)

anki:  ## try the cards for Anki with Anki's own library, in an environment of its own
	$(PYTHON) -m venv .venv-anki
	.venv-anki/$(PIP) anki --editable '.[test]'
	.venv-anki/bin/python -m pytest -q -p no:cacheprovider tests/cli/test_anki.py

links: $(DEV)/made  ## ask whether the links of the shipped lists still lead somewhere
	$(DEV)/bin/roadmap --catalogue data/roadmap.toml --catalogue data/frontier.toml check-links $(ARGS)

pictures: $(DEV)/made  ## draw the documents' pictures from the real program
	$(DEV)/bin/python scripts/draw_pictures.py docs

frames: $(DEV)/made  ## write the full screen's frames of the tests from the real program
	$(DEV)/bin/python scripts/write_frames.py

schemas: $(DEV)/made  ## write the documents' JSON Schemas from the real program
	$(DEV)/bin/python scripts/write_schemas.py docs/schemas

states: $(DEV)/made  ## keep the shipped catalogues as they are now, for the tests of the next
	$(DEV)/bin/python scripts/write_states.py tests/data/released

reference: $(DEV)/made  ## write the documents' reference and the man page from the real program
	$(DEV)/bin/python scripts/write_reference.py .

docs: $(DEV)/made  ## build the manual as a site into site/
	NO_MKDOCS_2_WARNING=1 $(DEV)/bin/mkdocs build --quiet --strict

clean:  ## remove the environments and what was built
	rm -rf $(RUN) $(DEV) .venv-anki build dist site

$(RUN)/made: pyproject.toml
	@$(FRESH)
	@test -x $(RUN)/bin/python || $(PYTHON) -m venv $(RUN)
	@$(RUN)/$(PIP) --editable .
	@touch $@

$(DEV)/made: pyproject.toml
	@$(FRESH)
	@test -x $(DEV)/bin/python || $(PYTHON) -m venv $(DEV)
	@$(DEV)/$(PIP) --editable '.[test,lint,build,docs]'
	@touch $@
