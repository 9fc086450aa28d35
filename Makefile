# Two commands matter: `make demo` and `make test`. Both do all set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS ?= 1
export OMP_THREAD_LIMIT ?= 1

.PHONY: review-js pictures demo test serve setup setup-dev lint quality evaluate openapi docs samples lock fuzz clean

setup: $(VENV)/.runtime
	@sh scripts/tessdata.sh

setup-dev: setup $(VENV)/.dev
	@sh scripts/chromium.sh

$(VENV)/.runtime: requirements.txt scripts/link.py
	PYTHON=$(PYTHON) sh scripts/install.sh $(VENV) requirements.txt
	$(BIN)/python scripts/link.py
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	sh scripts/install.sh $(VENV) requirements-dev.txt
	touch $@

demo: setup
	$(BIN)/python scripts/demo.py

serve: setup
	$(BIN)/python -m redactor serve

test: setup-dev
	$(BIN)/python -m pytest -n 2

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

review-js: setup
	$(BIN)/python scripts/review_js.py

pictures: setup-dev
	REDACTOR_PICTURES=1 $(BIN)/python -m pytest tests/ui

quality: setup
	$(BIN)/python scripts/quality.py

evaluate: setup
	$(BIN)/python -m redactor evaluate samples

openapi: setup
	$(BIN)/python scripts/openapi.py

docs: setup openapi
	$(BIN)/python scripts/reference.py
	$(BIN)/python scripts/coverage.py
	$(BIN)/python scripts/picture.py

samples: setup
	$(BIN)/python samples/generate.py

lock: setup-dev
	$(BIN)/python -m uv pip compile -q --generate-hashes requirements.in -o requirements.txt
	$(BIN)/python -m uv pip compile -q --generate-hashes requirements-scale.in -o requirements-scale.txt
	$(BIN)/python -m uv pip compile -q --generate-hashes requirements-dev.in -o requirements-dev.txt

# ten minutes of made-up input for each target
fuzz: setup-dev
	for target in take_in check recover match vouch; do \
		$(BIN)/python -m tests.fuzz.run $$target -max_total_time=600 || exit 1; done

clean:
	rm -rf $(VENV) var tessdata .pytest_cache .mypy_cache .ruff_cache
