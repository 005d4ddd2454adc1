# The two commands of this project are `make run` and `make test`.
# Everything they do is in scripts/, one function a stage.

.PHONY: help run test lint fmt bench bench-timeline traces words coverage fuzz-oracle

help:
	@echo 'make run    build the page in release mode and serve it'
	@echo 'make test   format, lints, native, browser and end-to-end tests'
	@echo 'make lint   only format and lints'
	@echo 'make fmt    format the sources'
	@echo 'make bench  the benchmarks'
	@echo 'make bench-timeline  only what a run of 10,000 tasks and a million steps costs in the page'
	@echo 'make traces record the runs of the gallery anew'
	@echo 'make words  write the Chinese of the page from the tables'
	@echo 'make coverage  compare the surface of asyncio with CPython'
	@echo 'make fuzz-oracle N=300  compare random programs with CPython 3.13'

run:
	@bash scripts/run.sh

test:
	@bash scripts/test.sh

lint:
	@bash scripts/lint.sh

fmt:
	@bash scripts/fmt.sh

bench:
	@bash scripts/bench.sh

bench-timeline:
	@bash scripts/bench.sh timeline

traces:
	@bash scripts/traces.sh

words:
	LOOPSCOPE_WRITE_WORDS=1 cargo test --locked --quiet --test ui_words learns

coverage:
	@bash scripts/coverage.sh

fuzz-oracle:
	@bash scripts/fuzz.sh $(foreach key,N SEED SIZE JOBS KIND WITH,$(if $($(key)),$(key)=$($(key))))
