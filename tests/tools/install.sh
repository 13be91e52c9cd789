#!/bin/sh
# Makes sure of what the tests drive: a Chromium browser, the PostgreSQL server programs, LibreOffice, which opens
# the slides, and validators of PDFs and credentials that were not written here.
set -eu
missing=""
for name in chromium chromium-browser google-chrome; do
    # Ubuntu's chromium-browser may be a stub that asks for a snap: only one that answers counts.
    if command -v "$name" > /dev/null && "$name" --version > /dev/null 2>&1; then browser=$name; break; fi
done
[ -n "${browser:-}" ] || [ -n "${LANDMARK_CHROMIUM:-}" ] || missing="chromium"
ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null || missing="$missing postgresql"
command -v pdfsig > /dev/null || missing="$missing poppler-utils"
command -v qpdf > /dev/null || missing="$missing qpdf"
command -v soffice > /dev/null || missing="$missing libreoffice-impress"
command -v javac > /dev/null || missing="$missing default-jdk-headless"
[ -e /usr/share/java/jaxb-runtime.jar ] || missing="$missing libjaxb-java"
command -v node > /dev/null || missing="$missing nodejs"
command -v npm > /dev/null || missing="$missing npm"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        echo "Installing for the tests: $missing"
        apt-get update -qq
        # What LibreOffice recommends is larger than itself, and none of it is needed to open slides.
        case "$missing" in *libreoffice*)
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-impress > /dev/null
        esac
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing > /dev/null
    else
        echo "The tests need: $missing. Install them, then run make test again:" >&2
        echo "  sudo apt-get install $missing" >&2
        echo "A Chromium elsewhere can be named with LANDMARK_CHROMIUM=/path/to/chromium." >&2
        exit 1
    fi
fi
# The verifier's packages, as its lock names them; again only when the lock has changed.
verifier=$(dirname "$0")/../verifier
if ! cmp -s "$verifier/package-lock.json" "$verifier/node_modules/.lock"; then
    echo "Installing the verifier of credentials (npm)"
    (cd "$verifier" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null)
    cp "$verifier/package-lock.json" "$verifier/node_modules/.lock"
fi
