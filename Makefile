# The front door. Everything is built by CMake (CMakePresets.json); each target here is one or two commands.
#
#   make            build build/krait (release)        make deps      install the Debian packages it needs
#   make test       unit tests, scripts, hostile ones  make bench     compare with the interpreters found here
#   make run FILE=script.py ARGS='a b'                 make sanitize  all tests under ASan and UBSan, and stressed
#   make fuzz       the fuzzers, one minute each       make stress    all scripts with a heap that misbehaves (hours)
#   make format     make lint                          make clean

JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60

.PHONY: all deps run test bench fuzz sanitize stress format lint clean

all: build/build.ninja
	@cmake --build build -j $(JOBS)

build/build.ninja: CMakePresets.json
	@cmake --preset release

build-sanitize/build.ninja: CMakePresets.json
	@cmake --preset sanitize

deps:
	@tools/install-deps

run: all
	@build/krait $(FILE) $(ARGS)

test: all
	@tools/run-tests build

bench: all
	@bench/run

fuzz:
	@fuzz/run --seconds $(FUZZ_SECONDS)

sanitize: build-sanitize/build.ninja
	@cmake --build build-sanitize -j $(JOBS)
	@tools/run-tests build-sanitize
	@tests/stress/run --build build-sanitize --sample 5 --seconds 900

stress: all
	@tests/stress/run

format:
	@tools/format

lint: build/build.ninja
	@tools/lint

clean:
	@rm -rf build build-sanitize build-fuzz
