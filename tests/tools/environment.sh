#!/bin/sh
# Makes the virtual environment, with the first Python that is new enough. Usage: environment.sh DIRECTORY
set -eu
where=$1
for python in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
    command -v "$python" > /dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || continue
    found=$python
    break
done
if [ -z "${found:-}" ]; then
    echo "Landmark needs Python 3.11 or newer. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    exit 1
fi
if "$found" -m venv "$where" 2> /dev/null; then exit 0; fi
rm -rf "$where"
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" > /dev/null
    exec "$found" -m venv "$where"
fi
echo "This Python has no venv module. Install it, then run make again: sudo apt-get install python3-venv" >&2
exit 1
