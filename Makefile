# Everything there is to do with a checkout; `make` alone lists it. Needs Python 3.11 or newer to serve,
# and the tools that scripts/ensure_tools names to test.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
# How many processes run the tests, each with its own engines.
WORKERS := 2
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SHELL_SCRIPTS := .ci/run $(filter-out %.py scripts/__pycache__,$(wildcard scripts/*))

# Only what was typed after `make` counts: HOST and DATA are common names in people's environments.
# A password is better kept out of the command line: set NET4U_DATABASE in the environment instead.
typed = $(filter command,$(firstword $(origin $(1))))
$(foreach name,HOST PORT DATA DATABASE,$(if $(call typed,$(name)),$(eval export NET4U_$(name) := $$(value $(name)))))

.PHONY: help serve test check bench neo4j clean lock web web-packages \
	check-code check-types check-generated check-web check-containers check-texts check-hits

help: ## list what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/^([a-z0-9-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

# ---------------------------------------------------------------- using

serve: $(VENV)/runtime.stamp ## answer questions at http://127.0.0.1:8000 (PORT=, HOST=, DATA=folder, DATABASE=neo4j://user:pw@host:7687)
	@exec $(BIN)/python -m graph_api.cli.main serve

neo4j: $(VENV)/runtime.stamp ## start a Neo4j on loopback from Maven jars (needs a JDK and Maven)
	@scripts/ensure_tools java maven
	@exec $(BIN)/python -m graph_api.cli.main neo4j $(ARGS)

bench: $(VENV)/develop.stamp ## measure what docs/ states and print it
	@scripts/ensure_tools java maven
	@exec $(BIN)/python -m benchmarks.run $(ARGS)

clean: ## remove what was installed and built, never the data
	rm -rf $(VENV) web/node_modules tests/clients/node_modules tests/conformance/cypher_linter/node_modules
	rm -rf build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# ---------------------------------------------------------------- testing

test: $(VENV)/develop.stamp ## run all tests, on both engines and in a browser (ARGS= goes to pytest)
	@scripts/ensure_tools java maven node chromium redis
	@exec $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder $(ARGS)

check: check-code check-types check-generated check-web check-containers check-texts check-hits ## everything but the tests

check-code: $(VENV)/develop.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/shellcheck $(SHELL_SCRIPTS)

check-types: $(VENV)/develop.stamp
	$(BIN)/mypy

# Each of these commands compares a committed file with what the code would write now.
GENERATED := schema ontology
check-generated: $(VENV)/develop.stamp
	@for name in $(GENERATED); do echo "net4u $$name --check"; $(BIN)/python -m graph_api.cli.main $$name --check; done

check-web: web-packages
	@built=$$(mktemp -d); trap 'rm -rf "$$built"' EXIT; \
	node web/build.mjs "$$built/query"; \
	diff -r "$$built/query" graph_api/serve/web/query && echo "The query page is what web/ builds." || \
		{ echo "graph_api/serve/web/query differs from what web/ builds: run make web and commit it." >&2; exit 1; }

check-containers: $(VENV)/develop.stamp
	$(BIN)/hadolint Dockerfile
	$(BIN)/python scripts/check_compose.py docker-compose.yml

check-texts: $(VENV)/develop.stamp
	$(BIN)/python scripts/check_texts.py

# Fills a throw-away Neo4j and profiles our statements.
check-hits: $(VENV)/develop.stamp
	@scripts/ensure_tools java maven
	@$(BIN)/python -m benchmarks.budget

# ---------------------------------------------------------------- building

web: web-packages ## build the query page into graph_api/serve/web/query
	@node web/build.mjs graph_api/serve/web/query

web-packages: web/node_modules/.stamp

web/node_modules/.stamp: web/package.json web/package-lock.json web/.npmrc
	@scripts/ensure_tools node
	npm --prefix web ci --no-progress
	@touch $@

lock: $(BIN)/uv ## pin the dependencies anew into requirements/
	@scripts/lock $(BIN)/uv

$(BIN)/uv: | $(BIN)/python
	@$(INSTALL) uv

# ---------------------------------------------------------------- installing

$(BIN)/python:
	@scripts/make_venv $(VENV)

$(VENV)/runtime.stamp: requirements/runtime.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the service needs into $(VENV) (once) ..."
	@$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/develop.stamp: requirements/develop.txt $(VENV)/runtime.stamp
	@echo "Installing what the checks and tests need into $(VENV) (once) ..."
	@$(INSTALL) --require-hashes -r requirements/develop.txt
	@touch $@
