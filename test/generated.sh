#!/bin/sh
# Fails when the committed code of a template is not what the template gives. $1 is the generator.
set -eu
cd "$(dirname "$0")/.."

list() { find . -name '*_templ.go' -not -path './test/node_modules/*' | sort; }
files=$(list)
[ -n "$files" ] || exit 0
before=$(cksum $files)
$1 generate >/dev/null 2>generate.out || { cat generate.out; rm -f generate.out; exit 1; }
rm -f generate.out
after=$(cksum $(list))
if [ "$before" != "$after" ]; then
	echo "generated code was not up to date (it is now; commit it):"
	# Names of files whose line is new.
	printf '%s\n' "$before" "$after" "$before" | sort | uniq -u | awk '{ print "  " $3 }'
	exit 1
fi
