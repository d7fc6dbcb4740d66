#!/usr/bin/env bash
# Format, lints, all tests. Needs nothing but a Rust toolchain with rustfmt and clippy.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --check
cargo clippy --all-targets --locked -- -D warnings
cargo test --locked
