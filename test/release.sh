#!/bin/sh
# Builds the release archives of version $1, dated $2 (seconds), for the systems $3, and their
# checksums. Two runs over the same sources give the same bytes.
set -eu
cd "$(dirname "$0")/.."
version=$1 date=$2 targets=$3
name=$(printf %s "$version" | tr / -)

rm -rf dist
mkdir dist
for target in $targets; do
	os=${target%/*} arch=${target#*/}
	folder=tandem_${name}_${os}_${arch}
	mkdir "dist/$folder"
	CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -buildvcs=false \
		-ldflags "-s -w -buildid= -X main.version=$version" -o "dist/$folder/tandem" ./cmd/tandem
	cp LICENSE "dist/$folder/"
	for more in README.md CHANGELOG.md docs/operate.md deploy/tandem.service; do
		if [ -f "$more" ]; then cp "$more" "dist/$folder/"; fi
	done
	(cd dist && tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$date" -cf - "$folder" | gzip -n >"$folder.tar.gz")
	rm -rf "dist/$folder"
	echo "dist/$folder.tar.gz"
done
(cd dist && sha256sum *.tar.gz >SHA256SUMS && cat SHA256SUMS)
