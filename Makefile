# Entrances to the project. `make help` lists them.

.DEFAULT_GOAL := help
.PHONY: help demo demo-live server build install-dependencies generate docs test test-unit test-acc test-soak test-compat snapshot lint fmt bench release install clean

## help: lists the targets
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

# Dependencies come from the lock file, again whenever it changes.
node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

install-dependencies: node_modules/.package-lock.json

## demo: real Terraform reads a stored completion through this provider, from a local server
demo: install-dependencies
	@node scripts/demo.mjs

## demo-live COMPLETION_ID=…: the same against OpenAI, with your OPENAI_API_KEY
demo-live: install-dependencies
	@node scripts/demo.mjs --live "$(COMPLETION_ID)"

## server: starts the local OpenAI-compatible server, to try things by hand
server: install-dependencies
	@node scripts/server.mjs $(ARGS)

## build: builds the provider, a mirror for `terraform init`, and dist/dev.tfrc
build: install-dependencies
	@npm run --silent build

## generate: writes the static protocol messages from proto/
generate: install-dependencies
	@npm run --silent generate

## docs: writes the Registry's pages from the schemas and examples
docs: install-dependencies
	@npm run --silent docs

## test: checks everything: types, lint, generated files, unit, protocol, process and acceptance tests
test: install-dependencies
	@npm run --silent lint
	@npm run --silent test

## test-unit: unit and conformance tests only
test-unit: install-dependencies
	@npm run --silent test -- unit/ conformance/

## test-acc: acceptance tests only (real terraform)
test-acc: install-dependencies
	@npm run --silent test -- acceptance/

## test-soak: what takes long: load, endurance, 100,000 values, 100,000 broken calls (PART=load for a part)
test-soak: install-dependencies
	@SOAK=1 ORACLE_VALUES=100000 FUZZ_CALLS=100000 npm run --silent test -- \
		$(if $(PART),soak/$(PART),soak/ oracle/ process/fuzz conformance/protobuf)

## test-compat CLI=path: the acceptance tests with any Terraform or OpenTofu, and a table of what held
test-compat: install-dependencies
	@node scripts/compat.mjs "$(CLI)"

## snapshot: writes the snapshot of all schemas, by which a review sees what changed for practitioners
snapshot: install-dependencies
	@node scripts/snapshot.mjs

## lint: types and style
lint: install-dependencies
	@npm run --silent lint

## fmt: formats everything
fmt: install-dependencies
	@npm run --silent fmt

## bench: measures start-up and plans, as ratios within one run
bench: install-dependencies
	@node scripts/bench.mjs

## release: builds the release's zips and sums in dist/release; PLATFORMS="linux_amd64 …", GPG_KEY=key to sign
release: install-dependencies
	@node scripts/release.mjs $(PLATFORMS)

## install: puts this machine's release where `terraform init` finds it; MIRROR=folder, ADDRESSES="acme/openai"
install: install-dependencies
	@MIRROR="$(MIRROR)" ADDRESSES="$(ADDRESSES)" node scripts/install.mjs

## clean: removes what was built
clean:
	rm -rf dist node_modules
