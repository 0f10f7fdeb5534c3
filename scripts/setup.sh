#!/usr/bin/env bash
# Gets what building, running and testing need, or says what is missing and how to get it.
#
#   scripts/setup.sh [run|test]     `run`: what `make build` and `make run` need; `test` (default): everything
#
# Installs only what is missing, only from Debian's or Ubuntu's own packages, only as root or with a sudo that asks no
# password. Calling it again is harmless and quick: .setup-done remembers that this list was satisfied.
set -euo pipefail
cd "$(dirname "$0")/.."

# Each entry is a Debian package; after a colon, a command that does as well, wherever it came from.
needed_to_run="libfcgi-dev libsqlite3-dev libcurl4-openssl-dev libsimdjson-dev libssl-dev zlib1g-dev
    pkg-config:pkg-config g++:g++ nginx-light:nginx curl:curl node-markdown-it node-highlight.js node-punycode esbuild:esbuild"
needed_to_test="lighttpd:lighttpd apache2-bin:apache2 spawn-fcgi:spawn-fcgi libfcgi-bin:cgi-fcgi python3:python3 python3-venv
    chromium-headless-shell:chromium-headless-shell nodejs:node node-typescript:tsc strace:strace python3-jsonschema
    libapache2-mod-fcgid zip:zip unzip:unzip binutils:strip prometheus:promtool valgrind:valgrind"
# Not every Debian or Ubuntu has these; tests that need them say so and are skipped, and the page shows Markdown as it was written.
optional="node-markdown-it node-highlight.js node-punycode esbuild chromium-headless-shell node-typescript strace python3-jsonschema
    libapache2-mod-fcgid zip unzip prometheus valgrind"
# Packages that start a service of their own when they are installed (apache2-bin does not).
services="nginx lighttpd prometheus"
swift_at_least=6.2

case ${1:-test} in
run) list="$needed_to_run" ;;
test) list="$needed_to_run $needed_to_test" ;;
*)
    echo "usage: scripts/setup.sh [run|test]" >&2
    exit 64
    ;;
esac

say() { printf 'setup: %s\n' "$*"; }
# nginx and lighttpd lie in /usr/sbin, which is not on every user's PATH.
PATH="$PATH:/usr/sbin:/sbin"

is_installed() { # package
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

is_there() { # entry
    local package=${1%%:*} command=""
    case $1 in *:*) command=${1#*:} ;; esac
    if [ -n "$command" ]; then command -v "$command" >/dev/null && return 0; fi
    if [ "$package" = python3-venv ]; then python3 -c 'import ensurepip, venv' 2>/dev/null && return 0; fi
    is_installed "$package"
}

contains() { # word list
    local word
    for word in $2; do [ "$word" = "$1" ] && return 0; done
    return 1
}

missing_of_list() {
    local entry
    for entry in $list; do is_there "$entry" || printf '%s ' "${entry%%:*}"; done
}

check_swift() {
    local found
    if ! command -v swift >/dev/null; then
        say "Swift $swift_at_least or later is missing: https://www.swift.org/install/linux/ says how to get it (no root needed)." >&2
        return 1
    fi
    found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    if [ "$(printf '%s\n%s\n' "$swift_at_least" "${found:-0}" | sort -V | head -n 1)" != "$swift_at_least" ]; then
        say "Swift $swift_at_least or later is needed, here is ${found:-an unknown version}:" \
            "https://www.swift.org/install/linux/ says how to get it (no root needed)." >&2
        return 1
    fi
}

stamp=$(printf '%s\n' "$swift_at_least" "$(command -v swift || true)" $list | sha256sum | cut -d ' ' -f 1)

if ! command -v dpkg-query >/dev/null; then
    say "this is neither Debian nor Ubuntu. Needed are the headers and libraries of FastCGI (libfcgi), SQLite 3, libcurl," >&2
    say "simdjson, OpenSSL and zlib, a C++ compiler, pkg-config, nginx and curl; for the tests also lighttpd, Apache, spawn-fcgi," >&2
    say "cgi-fcgi, Python 3.11 with venv, Node 18 and chromium-headless-shell." >&2
    check_swift || exit 69
    exit 0
fi

missing=$(missing_of_list)
# What this system's package lists do not know is remembered too, or every call would ask for it again.
unavailable=""
if [ -f .setup-done ]; then unavailable=$(sed -n 's/^unavailable: //p' .setup-done); fi
required=""
for package in $missing; do contains "$package" "$unavailable" || required="$required $package"; done

if [ -z "$required" ] && grep -qx "$stamp" .setup-done 2>/dev/null; then
    exit 0
fi
# Reported at once with what else is missing; nothing here can install it.
swift_is_there=yes
check_swift || swift_is_there=no

if [ -n "$required" ]; then
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        root="sudo -n"
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            say "missing:$required" >&2
            say "no root here, so please run:  sudo apt-get update && sudo apt-get install --no-install-recommends$required" >&2
            say "their system services are not used:  sudo systemctl disable --now nginx lighttpd prometheus" >&2
            exit 69
        fi
    fi
    say "installing:$required"
    $root apt-get update -qq || {
        say "the package lists could not be refreshed (network?); trying with those that are here" >&2
    }

    wanted=""
    unavailable=""
    for package in $required; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            wanted="$wanted $package"
        elif contains "$package" "$optional"; then
            say "this system has no package $package; the tests that need it will be skipped"
            unavailable="$unavailable $package"
        else
            say "this system has no package $package" >&2
            exit 69
        fi
    done

    new_services=""
    for package in $services; do is_installed "$package" || new_services="$new_services $package"; done

    # Debian starts a service as it installs it: an nginx on port 80 that nobody asked for. invoke-rc.d asks
    # /usr/sbin/policy-rc.d first; one that is there already stays as it is.
    policy=/usr/sbin/policy-rc.d
    if [ -n "$wanted" ]; then
        if [ ! -e "$policy" ]; then
            trap '$root rm -f "$policy"' EXIT
            printf '#!/bin/sh\n# Put here by scripts/setup.sh while it installs; removed at its end.\nexit 101\n' |
                $root tee "$policy" >/dev/null
            $root chmod 755 "$policy"
        fi
        # shellcheck disable=SC2086  # a list of package names
        $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
    fi
    # Neither start them with the next boot. Services that were here before keep running.
    if [ -d /run/systemd/system ]; then
        for service in $new_services; do
            if is_installed "$service" && systemctl is-enabled --quiet "$service" 2>/dev/null; then
                $root systemctl disable --quiet "$service"
                say "the system service $service came with its package and stays off: chat-fcgi starts its own." \
                    "To use it:  sudo systemctl enable --now $service"
            fi
        done
    fi

    still_missing=""
    for package in $(missing_of_list); do contains "$package" "$unavailable" || still_missing="$still_missing $package"; done
    if [ -n "$still_missing" ]; then
        say "still missing after the installation:$still_missing" >&2
        exit 69
    fi
fi

[ "$swift_is_there" = yes ] || exit 69

# Both lists may be satisfied at the same time: `make run` and `make test` take turns.
{
    if [ -n "$unavailable" ]; then printf 'unavailable: %s\n' "$unavailable"; fi
    { grep -v '^unavailable: ' .setup-done 2>/dev/null || true; echo "$stamp"; } | sort -u | tail -n 8
} >.setup-done.new
mv .setup-done.new .setup-done
say "everything needed is here"
