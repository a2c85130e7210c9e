# Everything here is also given as plain commands, for Windows, in docs/windows.md.

PYTHON ?= python3
PORT ?= 8501
INDEX ?= index
CORPUS ?= corpus
GOLD ?= eval/gold/test.jsonl eval/gold/test2.jsonl
KEYS ?= eval/gold/understanding_test.jsonl

VENV := .venv
INSTALLED := $(VENV)/.installed
RUN := $(VENV)/bin/python -m

# The model lies in the repository; no library may look for one elsewhere.
export HF_HUB_OFFLINE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help app screenshots test check format index eval bench train browser tesseract install clean

help: ## this list
	@awk -F ': |## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$NF }' Makefile

app: install index ## index the documents in CORPUS and open the app on http://localhost:PORT (8501)
	@echo "Open http://localhost:$(PORT) in a browser; stop with Ctrl-C."
	@CORPUS="$(CORPUS)" INDEX="$(INDEX)" MODEL="$(MODEL)" PORT="$(PORT)" exec $(RUN) streamlit run app.py --server.port "$(PORT)"

test: install browser tesseract check ## install, run every check and every test, the browser test among them
	$(RUN) pytest

check: install ## style and types
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

format: install ## put all files into the one format
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

index: install
	@$(RUN) indexer build "$(CORPUS)" --index "$(INDEX)" --skip-unreadable $(if $(MODEL),--model "$(MODEL)")

eval: install index ## measure the search on the gold questions in GOLD, the understanding on the keys in KEYS
	$(RUN) eval.keys $(KEYS) --corpus corpus
	$(RUN) eval $(GOLD) --index "$(INDEX)" --corpus "$(CORPUS)"
	@$(RUN) eval $(GOLD) --index "$(INDEX)" --corpus "$(CORPUS)" --json > "$(INDEX)/quality.json"

screenshots: install browser ## every page into docs/images
	$(RUN) tests.screenshots

bench: install index ## measure times, and how they grow to 100,000 passages (minutes)
	$(RUN) eval.bench --index "$(INDEX)" $(GOLD)
	$(RUN) eval.bench_reading
	$(RUN) eval.growth --index "$(INDEX)" $(GOLD)

train: install ## train the embedding model anew (needs ../shared/train)
	$(RUN) pip install --quiet --constraint constraints.txt --editable '.[train]'
	$(RUN) training

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@command -v "$(PYTHON)" >/dev/null || \
		{ echo "There is no $(PYTHON). Install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$$("$(PYTHON)" --version) is too old: Python 3.11 or newer is needed. Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) can't make environments; its venv module is missing (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Installing into $(VENV); the first time this takes a few minutes."
	@$(VENV)/bin/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	@$(RUN) pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

# What the browser test needs. Without it that test fails and says so; it is never skipped.
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else as_root=none; fi; \
	if command -v apt-get >/dev/null && [ "$$as_root" != none ]; then \
		echo "Installing Chromium for the browser test."; \
		$$as_root apt-get update -qq && \
		$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null && exit 0; \
	fi; \
	echo "No Chromium found, so the browser test will fail. Debian: apt-get install chromium (as root)." >&2; \
	echo "Elsewhere: install Chrome, or run: $(VENV)/bin/playwright install chromium" >&2

# What reads scans. Without it the tests of scans fail and say so, and scans are reported as not readable.
tesseract:
	@if tesseract --list-langs 2>/dev/null | grep -qx vie; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else as_root=none; fi; \
	if command -v apt-get >/dev/null && [ "$$as_root" != none ]; then \
		echo "Installing Tesseract with its Vietnamese model."; \
		$$as_root apt-get update -qq && \
		$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq tesseract-ocr tesseract-ocr-vie >/dev/null && exit 0; \
	fi; \
	echo "No Tesseract with a Vietnamese model, so scans are not read. Debian: apt-get install tesseract-ocr tesseract-ocr-vie (as root)." >&2

clean: ## remove the environment, index/ and all caches
	rm -rf $(VENV) index build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
