#!/bin/sh
# Copies the pinned htmx into this folder; run it by hand to renew the file after raising the version.
set -eu
version=4.0.1
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm pack --silent "htmx.org@$version" >/dev/null
tar -xzf "htmx.org-$version.tgz" package/dist/htmx.min.js
cp package/dist/htmx.min.js "$here/htmx.min.js"
