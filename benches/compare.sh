#!/usr/bin/env bash
# Measures lint against its peers in the same run: the throughput and the peak memory of typos, AutoCorrect, ripgrep and
# lint over a tree of 20 MB made of the project's own fixtures; one paper; the start; and how the time grows with the text.
# The peers come from their registries into target/compare, in the versions and by the hashes pinned in benches/compare.
#
#     bash benches/compare.sh [ROUNDS]
#
# takes some minutes and prints Markdown. The table in the README is what it printed on the machine named there.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
place=target/compare
ripgrep=15.2.0
mkdir -p "$place"

stamp=$(pwd -P; python3 --version; cat benches/compare/*.txt benches/compare/*.json benches/compare.sh | git hash-object --stdin)
if [ ! -f "$place/stamp" ] || [ "$(cat "$place/stamp")" != "$stamp" ]; then
  echo "benches/compare.sh: installing the peers into $place" >&2
  rm -rf "${place:?}"
  mkdir -p "$place/npm"
  python3 -m venv "$place/python"
  "$place/python/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    -r benches/compare/requirements.txt
  cp benches/compare/package.json benches/compare/package-lock.json benches/compare/.npmrc "$place/npm"
  # Not `npm ci`: the lock lacks the builds for other systems where the registry it was made from lacks them.
  npm install --silent --prefix "$place/npm"
  # Its wheels want a newer C library than many machines have.
  cargo install --quiet --locked --root "$place/cargo" --target-dir "$place/build" "ripgrep@$ripgrep"
  rm -rf "${place:?}/build"
  printf '%s\n' "$stamp" >"$place/stamp"
fi

cargo build --release --locked --quiet
exec python3 benches/compare.py measure --rounds "$rounds" --place "$place" \
  --lint "${CARGO_TARGET_DIR:-target}/release/lint"
