# make help shows what there is. Everything is also a plain cargo command; this file only sets up tools and order.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export CIEL_SUITES ?= $(abspath ../shared/suites)
export PATH := $(shell scripts/tools.sh path):$(PATH)
TARGET := $(or $(CARGO_TARGET_DIR),target)
# A run tells of the change that it tests, not of the day's luck; PROPTEST_RNG_SEED=$$RANDOM looks for what is new.
export PROPTEST_RNG_SEED ?= 2018

.PHONY: help demo build test lint gates fmt tools image book bench

help: ## This list.
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: build ## Scan the example cluster: Tesla's open door and its miner. Needs Rust only.
	@cd examples && status=0; report="$(abspath $(TARGET))/demo-report.html"; \
	PATH="$(abspath $(TARGET))/release:$$PATH" ciel scan --format text --format html="$$report" demo-cluster || status=$$?; \
	[ $$status -eq 1 ] || { echo "make demo: ciel ended with $$status, not with 1 (findings)" >&2; exit 1; }; \
	echo "for a browser: $$report"

build: ## The program, optimised: target/release/ciel.
	@cargo build --release --package ciel

test: tools ## All tests, with kubectl, helm and kustomize beside them.
	@cargo test --workspace

lint: ## rustfmt, clippy, xtask tidy, docs up to date, licences and bans.
	@cargo fmt --all --check
	@cargo clippy --quiet --workspace --all-targets --keep-going -- -D warnings
	@cargo xtask tidy
	@cargo xtask docs --check
	@scripts/tools.sh cargo-deny
	@cargo deny --log-level error check licenses bans sources

gates: ## Instructions of a scan, against benches/gates.toml. Needs valgrind.
	@cargo xtask bench gates

fmt: ## Format all sources.
	@cargo fmt --all

tools: ## The programs that tests need, into ~/.cache/ciel/tools (see scripts/tools.sh).
	@scripts/tools.sh
	@scripts/tools.sh oracle
	@scripts/tools.sh browser
	@[ -n "$${KUBEBUILDER_ASSETS:-}" ] || scripts/tools.sh apiserver etcd

image: ## A container image with the static binary, where podman, buildah or docker is there.
	@scripts/image.sh

book: ## The documentation as a site: target/book.
	@scripts/tools.sh mdbook
	@mdbook build docs

bench: ## Time, memory and instructions of a scan, against benches/gates.toml.
	@cargo xtask bench scan
