#!/usr/bin/env bash
# Installs what the tests hold `lint` against: pre-commit, the validators and schemas of the formats that it writes, and
# what drives and judges its page in a browser, into target/tools, by the versions and hashes pinned under tests/tools;
# and the programs of the system that it is used in, as Debian packages, where they are missing. When nothing changed, it
# is done at once and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."
pinned=(tests/tools/requirements.txt tests/tools/package.json tests/tools/package-lock.json tests/tools/.npmrc)
tools=target/tools
mkdir -p target

# Tests call this too, and two runs at once would write into each other.
if command -v flock >/dev/null; then
  exec 9>target/tools.lock
  flock 9
fi

for program in python3 node npm git; do
  command -v "$program" >/dev/null || {
    echo "tests/setup.sh: no $program; the tests need Python 3.10 or later with venv and pip, Node.js 20 with npm, and git" >&2
    exit 1
  }
done

# Each program of the system, with the Debian package that has it.
packages=(nvim:neovim vim:vim emacs:emacs-nox chromium:chromium)
missing=()
for package in "${packages[@]}"; do
  command -v "${package%%:*}" >/dev/null || missing+=("${package#*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo -n)
  if ! command -v apt-get >/dev/null || ! "${root[@]}" true 2>/dev/null; then
    echo "tests/setup.sh: the tests also need ${missing[*]} (the names of Debian's packages): please install them;" \
      "where there is apt-get, and root or sudo without a password, this script does" >&2
    exit 1
  fi
  echo "tests/setup.sh: installing ${missing[*]}" >&2
  "${root[@]}" apt-get -o Acquire::Retries=3 update -qq >&2
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -y -qq --no-install-recommends "${missing[@]}" >&2
fi

# A virtual environment is tied to its own path and to the Python that made it.
stamp=$(pwd -P; python3 --version; cat "${pinned[@]}" tests/setup.sh | git hash-object --stdin)
if [ -f "$tools/stamp" ] && [ "$(cat "$tools/stamp")" = "$stamp" ]; then
  exit 0
fi

echo "tests/setup.sh: installing into $tools" >&2
rm -rf "$tools"
mkdir -p "$tools"
python3 -m venv "$tools/python"
"$tools/python/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r tests/tools/requirements.txt
cp tests/tools/package.json tests/tools/package-lock.json tests/tools/.npmrc "$tools"
npm ci --silent --prefix "$tools"
# What its own script would have done.
chmod u+x "$tools"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool 2>/dev/null || true
printf '%s\n' "$stamp" >"$tools/stamp"
