#!/bin/sh
# Looks for the programs that the tests drive, and installs what is missing where it can: as root with
# apt-get. Elsewhere, or with TANDEM_NO_INSTALL=1, it names the packages and fails.
set -eu
cd "$(dirname "$0")/.."

missing=
need() { # package, why
	echo "missing: $1 ($2)"
	missing="$missing $1"
}
has() { command -v "$1" >/dev/null 2>&1; }

has go || { echo "Go 1.26 or newer is missing"; exit 1; }

if [ "${TANDEM_TEST_POSTGRES:-}" != off ]; then
	has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
		need postgresql "the tests run on SQLite and on a PostgreSQL of their own; TANDEM_TEST_POSTGRES=off leaves it out"
fi
if [ "${TANDEM_TEST_BROWSER:-}" != off ]; then
	has chromium || has chromium-browser || has google-chrome ||
		[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] ||
		need chromium "the browser tests drive it; TANDEM_TEST_BROWSER=off leaves them out"
	has npm || need npm "it fetches axe-core, which the browser tests run over each page"
fi
if [ "$(uname -s)" = Linux ]; then
	has strace || need strace "a test sees by it that no answer goes out before its sync to disk"
fi

if [ -n "$missing" ]; then
	if [ "${TANDEM_NO_INSTALL:-}" = 1 ] || [ "$(id -u)" != 0 ] || ! has apt-get; then
		echo "install the Debian packages$missing (as root: apt-get install$missing)"
		exit 1
	fi
	echo "installing$missing"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -q >apt.out 2>&1 && apt-get install -q -y --no-install-recommends $missing >>apt.out 2>&1 ||
		{ cat apt.out; rm -f apt.out; exit 1; }
	rm -f apt.out
fi

if [ "${TANDEM_TEST_BROWSER:-}" != off ] && [ ! test/node_modules/axe-core/axe.min.js -nt test/package-lock.json ]; then
	if [ "${TANDEM_NO_INSTALL:-}" = 1 ]; then
		echo "axe-core is missing: npm ci --prefix test"
		exit 1
	fi
	echo "fetching axe-core into test/node_modules: the browser tests run it over each page"
	(cd test && npm ci --no-audit --no-fund --silent)
	touch test/node_modules/axe-core/axe.min.js
fi
