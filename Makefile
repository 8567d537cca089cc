# The two commands: `make run` and `make test`. `make setup` is the installing part of both.
PYTHON ?= python3
BIN = .venv/bin
PYTEST = $(BIN)/python -m pytest -q -n auto --dist worksteal
LOCK = $(BIN)/uv pip compile --generate-hashes --python-version 3.11 --universal --no-emit-index-url --no-header --quiet

# What makes PDFs, and the letters in them.
PDF_PACKAGES = libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation

.PHONY: run setup test bench lock lint format audit pictures

run: .venv/runtime
	sh .ci/system.sh $(PDF_PACKAGES)
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_demonstration --if-empty
	DEMONSTRATION=1 $(BIN)/python manage.py runserver 127.0.0.1:8000 --noreload

setup: .venv/runtime .venv/dev
	sh .ci/system.sh $(PDF_PACKAGES)

# What touches the database runs on PostgreSQL too; of the browser tests the three journeys do.
test: .venv/dev
	sh .ci/system.sh chromium libatomic1 postgresql $(PDF_PACKAGES)
	sh .ci/postgresql.sh try $(PYTEST) -m "django_db and (journey or not browser)"; first=$$?; \
	$(PYTEST) && { [ $$first = 0 ] || echo "Tests failed on PostgreSQL: see further up."; exit $$first; }

bench: .venv/dev
	$(BIN)/python -m tests.bench
	sh .ci/postgresql.sh try $(BIN)/python -m tests.bench --only load

# Those of docs/importing.md, by Chromium.
pictures: .venv/dev
	sh .ci/system.sh chromium libatomic1
	$(BIN)/python -m tests.pictures

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Asks the index about every pinned package; fails, too, where it can say nothing of one.
audit: .venv/dev
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements-dev.txt

lock: .venv/dev
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --extra postgresql -o requirements-postgresql.txt
	$(LOCK) pyproject.toml --extra test --extra dev --extra postgresql -o requirements-dev.txt

# `venv --without-pip` works on a Debian without python3-venv.
$(BIN)/python:
	$(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --python $(BIN)/python install --quiet pip

.venv/runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/postgresql: requirements-postgresql.txt .venv/runtime | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-postgresql.txt
	touch $@

.venv/dev: requirements-dev.txt .venv/runtime | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
