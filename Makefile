# One word a task; `make setup` is part of each. ARGS go to the program: make demo ARGS="--headless", make test ARGS=tests/domain
.POSIX:
.PHONY: setup demo test check bench heartbeat storm machine mountain faults faultlib bulk bareroot lock places clean
RUN = installers/run.sh .venv/bin/
LOCK = uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate

setup:
	@installers/setup.sh

demo: setup
	@$(RUN)counter-app demo $(ARGS)

test:
	@installers/setup.sh test
	@$(MAKE) -s check
	@[ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || export QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen}; \
	exec $(RUN)python -m pytest $(or $(ARGS),-n auto --dist loadscope --no-loadscope-reorder)

check: setup
	@.venv/bin/ruff check -q .
	@.venv/bin/ruff format -q --check . || { echo "run: .venv/bin/ruff format ." >&2; exit 1; }
	@.venv/bin/mypy --no-error-summary
	@out=$$(.venv/bin/lint-imports 2>&1) || { echo "$$out" >&2; exit 1; }
	@echo "check: ruff, mypy and the import contracts agree"

bench: setup .build/peers/.stamp
	@$(RUN)python -m benchmarks $(ARGS)

# An hour at the counter with 200,000 dossiers: how late a key could come; takes a quarter of an hour.
heartbeat: setup
	@$(RUN)python -m benchmarks.heartbeat $(ARGS)

# A thousand machines come back to the district within a minute; takes some minutes.
storm: setup
	@$(RUN)python -m benchmarks.storm $(ARGS)

# What the benchmarks are compared with, in an environment of its own. WeasyPrint is BSD; its Pango comes from apt.
# PouchDB is Apache-2.0, its leveldb and Express MIT; where npm is not, their recorded figures stand in.
.build/peers/.stamp: Makefile
	@python3 -m venv .build/peers
	@.build/peers/bin/pip install -q 'weasyprint==70.0' 'python-barcode==0.16.1'
	@! command -v npm >/dev/null || npm install --silent --no-fund --no-audit --prefix .build/peers \
	  pouchdb@9.0.0 express-pouchdb@4.2.0 express@4 pouchdb-adapter-leveldb@9.0.0
	@touch $@

# Machines, a district and a bad road in any order, for hours; COUNTER_STEPS says how long.
machine: setup
	@COUNTER_STEPS=$${COUNTER_STEPS:-200000} $(RUN)python -m pytest -s tests/district/test_machine.py

# Three machines after a month without a network, on one thin line; needs root, takes half an hour.
mountain: setup
	@$(RUN)python -m benchmarks.mountain | tee benchmarks/mountain.txt

# kill -9 at 240 drawn system calls of receive and bundle import, and 200 of sync; takes some minutes each.
faults: setup
	@$(RUN)python -m tests.faults.run $(ARGS)
	@$(RUN)python -m tests.faults.exchanges $(ARGS)

# Every write, fsync, rename and removal of six commands fails, and the power is cut there: 200 drawn points; and two
# programs at once, a suspended one, wrong clocks, flipped bits, in one table (tests/faults/table.txt). ARGS=all takes
# all of some 3,000, most of an hour, ARGS='all lanes=2' two at a time; a run that was cut goes on where it was.
faultlib: setup
	@$(RUN)python -m tests.faults.table $(ARGS)

# Ten thousand receptions through the command line: time, peak memory, every code and date.
bulk: setup
	@COUNTER_BULK=10000 $(RUN)python -m pytest -s tests/journeys/test_ten_thousand.py

# The proof that a clone is enough: a bare Debian, then make demo and make test, twice each.
bareroot:
	@installers/bareroot.sh $(ARGS)

lock:
	@$(LOCK) --extra dev pyproject.toml -o requirements.lock
	@printf 'hatchling\neditables\n' | $(LOCK) -c requirements.lock - -o installers/build.lock

# With the machine's own python3, whose pip knows the way to the index.
places:
	@python3 installers/places.py

clean:
	@rm -rf .venv .build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
