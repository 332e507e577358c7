# Needs Python 3.11 or newer; scripts/setup fetches the rest. `make help` lists the targets.

.POSIX:
.NOTPARALLEL:
.PHONY: help run test check bench chaos shots format contracts lock build ready

help:
	@sed -n 's/^\([a-z][a-z]*\):.*## /\1	/p' Makefile

run: ## serve from this checkout, the database brought up to date first
	scripts/setup run
	.venv/bin/convene migrate
	.venv/bin/convene serve

test: ready ## run all tests: Python (with databases, Redis and a browser), then the browser client's own
	scripts/system-packages
	scripts/test
	scripts/npm test

check: ready ## check format, lint, types, the order of the floors and the published contracts
	scripts/check

bench: ready ## measure, beside others; a quarter of an hour with nothing else running
	.venv/bin/python -m tests.bench

chaos: ready ## break everything for minutes under load and compare what all heard; ARGS="--minutes 30 --seed 1"
	scripts/system-packages
	.venv/bin/python -m tests.chaos $(ARGS)

shots: ready ## take pictures of every page into shots/
	scripts/system-packages
	.venv/bin/python -m tests.browser.shots

format: ready ## format the code and repair what can be repaired by itself
	.venv/bin/ruff check --fix --exit-zero .
	.venv/bin/ruff format .
	scripts/npm run --silent format

contracts: ready ## write the published contracts anew from the code
	.venv/bin/python -m server.contracts

lock: ready ## bring the locks in line with pyproject.toml; newer versions: scripts/lock --upgrade
	scripts/lock

build: ready ## make a wheel with the built browser client in it
	.venv/bin/hatchling build --target wheel

ready:
	@scripts/setup test
