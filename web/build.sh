#!/usr/bin/env bash
# Builds the page that needs no install: web/dist/ (for any static host, in any folder) and web/dist/mainstreet.html
# (one file, to open from disk). Needs Node.js and `rustup target add wasm32-unknown-unknown`.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build -p mainstreet-web --target wasm32-unknown-unknown --profile web --locked "$@"
node web/build.mjs "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/web/mainstreet_web.wasm"
