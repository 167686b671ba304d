# Tandem. `make test` is the test command, `make demo` shows it, `make run` serves your own.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# The day of the last commit: the same sources give the same bytes, whenever they are built.
DATE    := $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
FLAGS   := -trimpath -buildvcs=false -ldflags "-s -w -buildid= -X main.version=$(VERSION)"
TEMPL   := go run github.com/a-h/templ/cmd/templ@v0.3.977
TARGETS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64
FUZZ    ?= 5s

export CGO_ENABLED := 0

.PHONY: run demo build test long bench generate check deps release clean

run: ## serve, with the data in ./data
	go run $(FLAGS) ./cmd/tandem serve --data data

demo: ## serve a throw-away copy with sample data
	go run $(FLAGS) ./cmd/tandem demo

build: ## one static, stripped binary: bin/tandem
	go build $(FLAGS) -o bin/tandem ./cmd/tandem

test: deps check ## everything: both databases, real HTTP, commands, browser, a short fuzz of each target
	go run ./test/report -fuzz $(FUZZ) -- -p 2 -timeout 20m ./...

long: deps check ## what takes hours: 200 kills, long fuzzing, soak
	TANDEM_LONG=1 go run ./test/report -fuzz 10m -- -p 2 -timeout 6h ./...

bench: ## ratios against the raw limits, in the same run
	go run ./bench

generate: ## Go code from the templates
	$(TEMPL) generate

check: ## layout, vet, and that the generated code is what the templates give
	@out=$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go' -not -path './test/node_modules/*')); \
	 if [ -n "$$out" ]; then echo "not laid out by gofmt:"; echo "$$out"; exit 1; fi
	go vet ./...
	@sh test/generated.sh '$(TEMPL)'

deps: ## what the tests need beyond Go and Node; says what it installs and why
	@sh test/deps.sh

release: ## archives for each system, with checksums, in dist/
	@sh test/release.sh '$(VERSION)' '$(DATE)' '$(TARGETS)'

clean:
	rm -rf bin dist
