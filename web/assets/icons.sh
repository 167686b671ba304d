#!/bin/sh
# Draws the icons of a home screen from the mark; run it by hand after favicon.svg has changed. Needs Chromium.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
draw() { # name, size of the picture, share that the mark takes in per cent, ground
	mark=$(sed "s/<svg /<svg width=\"$2\" height=\"$2\" /" "$here/favicon.svg")
	echo "<style>html,body{margin:0;width:$2px;height:$2px;background:$4;overflow:hidden}svg{display:block;transform:scale(0.$3)}</style>$mark" >"$tmp/page.html"
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 \
		--window-size="$2,$2" --force-device-scale-factor=1 --screenshot="$here/$1" "file://$tmp/page.html" 2>"$tmp/said" || { cat "$tmp/said" >&2; exit 1; }
}
draw icon-192.png 192 98 transparent
draw icon-512.png 512 98 transparent
draw icon-mask.png 512 62 '#f6f5f4'
draw icon-180.png 180 74 '#f6f5f4'
