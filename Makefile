# The commands of this repository. Each installs what it needs; see .ci/install.

export PATH := $(CURDIR)/var/tools/bin:$(PATH)

.PHONY: help bench demo story chaos test looks screenshots fuzz mutants build package vectors docs lint clean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make demo    a shop, a portal and a worker; plays one order, prints the addresses, stays
demo:
	@.ci/install debian rust
	@tests/story/demo

## make story   plays one order there and back and exits (ENGINE=node, DB=mariadb)
story:
	@.ci/install debian rust
	@tests/story/run

## make chaos   everything goes wrong, then all is right (ORDERS=300 SEED=7 WORKERS=4 DB=mariadb COMPANION=on)
chaos:
	@.ci/install debian rust
	@tests/chaos/run

## make test    every test; SUITES="core php" for some of them
test:
	@.ci/install
	@.ci/test $(SUITES)

## make bench   what it costs, one JSON line a figure (BENCHES="drain growth", FULL=1 for the long ones)
bench:
	@.ci/install debian rust npm
	@tests/bench/run $(BENCHES)

## make looks   pictures of every page of the settings app into var/browser/looks (PAGES="orders health")
looks:
	@.ci/install
	@FULL=1 node tests/browser/looks.mjs $(PAGES)

## make screenshots  those of the plugin directory, as WooCommerce's readme.txt numbers them
screenshots:
	@.ci/install
	@node tests/browser/screenshots.mjs php-bridge/shops/woocommerce/.wordpress-org

## make fuzz    looks for inputs that the core cannot bear (SECONDS_EACH=600)
fuzz:
	@.ci/install rust fuzz
	@.ci/fuzz $(TARGETS)

## make mutants  how many changes of the rules the tests notice (FILES=src/mapping/rows.rs)
mutants:
	@.ci/install rust mutants
	@.ci/mutants $(FILES)

## make build   pkg/ from src/
build:
	@.ci/install rust bindgen npm
	@.ci/build

## make package  dist/*.zip, one a CMS, and the box's module, from pkg/ as it is (DIST=dist)
package:
	@for pack in php-bridge/shops/*/pack php-bridge/bitrix24/pack; do "$$pack" --dist "$(or $(DIST),dist)" || exit 1; done

## make vectors  records the answers anew with pkg/core.wasm: read the difference
vectors:
	@node tests/vectors/record.mjs

## make docs    php-bridge/ANSWERS*.md and CODES.md from src/
docs:
	@RECORD=1 cargo test --quiet --locked --package orderbridge --test docs

## make lint    formats, clippy, phpcs
lint:
	@.ci/install
	@.ci/lint

## make clean   removes what was built or installed here
clean:
	@rm -rf target dist var .ci/tools/node_modules
