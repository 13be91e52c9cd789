#!/bin/sh
# Makes sure of what the tests drive: a Chromium browser and the PostgreSQL server programs.
set -eu
missing=""
for name in chromium chromium-browser google-chrome; do
    # Ubuntu's chromium-browser may be a stub that asks for a snap: only one that answers counts.
    if command -v "$name" > /dev/null && "$name" --version > /dev/null 2>&1; then browser=$name; break; fi
done
[ -n "${browser:-}" ] || [ -n "${LANDMARK_CHROMIUM:-}" ] || missing="chromium"
ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    echo "Installing for the tests: $missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing > /dev/null
    exit 0
fi
echo "The tests need: $missing. Install them, then run make test again:" >&2
echo "  sudo apt-get install $missing" >&2
echo "A Chromium elsewhere can be named with LANDMARK_CHROMIUM=/path/to/chromium." >&2
exit 1
