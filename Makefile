# make verify: the main job at the quick budget.  make test: the whole test suite.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: verify test browser-test format schema reports calibration docs clean

verify: .venv/installed
	$(BIN)/python -m verify lipschitz_regression --budget quick

test: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile

browser-test: .venv/installed-test
	npm ci --silent --no-audit --no-fund --prefix tests/report/browser
	$(BIN)/python -m tests.report.browser.pages build/browser
	node tests/report/browser/check.mjs build/browser/*.html

format: .venv/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: .venv/installed
	$(BIN)/python -c "import json; from verify.report.json import schema; \
	print(json.dumps(schema(), indent=2))" > verify/report/schema.json

reports: .venv/installed
	$(BIN)/python reports/write.py

calibration: .venv/installed
	$(BIN)/python -m verify calibrate --json reports/calibration.json \
	--markdown reports/calibration.md --plot reports/calibration.svg

docs: .venv/installed-docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build

clean:
	rm -rf .venv .verify build dist *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv .venv

.venv/installed: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-test: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@ .venv/installed

.venv/installed-docs: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	touch $@ .venv/installed
