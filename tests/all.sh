#!/usr/bin/env bash
# Format, lints, all tests. Needs a Rust toolchain with rustfmt and clippy, Python 3.10 or later with venv and pip,
# Node.js 20 with npm, git, and Neovim, Vim, Emacs and Chromium or Debian's apt-get; tests/setup.sh installs the rest, once.
set -euo pipefail
cd "$(dirname "$0")/.."
# The gate says the same of the same commit; a bare `cargo test` draws new cases each time.
export PROPTEST_RNG_SEED="${PROPTEST_RNG_SEED:-20260101}"
bash tests/setup.sh
cargo fmt --check
cargo clippy --all-targets --locked -- -D warnings
cargo test --locked
