# Two commands do everything from a fresh clone: `make book` and `make test`.
# Another interpreter: `make book PYTHON=python3.13`.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: book test lint verify verify-long bench gates serve lab pdf zip dist clean environment

book: environment
	$(BIN)/python book/build.py

test: lint
	$(BIN)/pytest -n auto --dist worksteal

lint: environment
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

verify: environment
	$(BIN)/ganmath verify

verify-long: environment
	$(BIN)/pytest -m long tests

bench: environment
	$(BIN)/python -m tests.benchmarks

gates: book
	$(BIN)/pytest -n 2 --dist worksteal tests/gates --ignore tests/gates/test_speed.py
	$(BIN)/pytest tests/gates/test_speed.py

serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory book/_build/html 8000

lab: environment notebooks
	$(BIN)/jupyter lab --notebook-dir notebooks

notebooks: # a folder, written once: what was worked in stays
	$(BIN)/ganmath notebooks $@

pdf: book
	$(BIN)/python book/pdf.py

zip: book
	$(BIN)/python book/archive.py

dist: environment
	$(BIN)/python -m build --outdir dist

clean:
	rm -rf book/_build dist .mypy_cache .pytest_cache .ruff_cache

environment:
	@$(PYTHON) .ci/environment.py
