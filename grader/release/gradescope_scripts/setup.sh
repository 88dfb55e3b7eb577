#!/usr/bin/env bash
# Run once by Gradescope, when the autograder is built. It needs Python 3.11 or newer: choose Ubuntu 24.04 as
# the base image.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"

apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "This image has $(python3 --version); Gradbook needs 3.11. Choose Ubuntu 24.04 as the base image." >&2
    exit 1
fi
python3 -m venv "$root/venv"
# CPU builds: the ones on PyPI contain gigabytes for GPUs. Everything else as locked, with hashes.
gradbook="$root/source/gradbook"
"$root/venv/bin/pip" install --no-cache-dir --no-deps --index-url https://download.pytorch.org/whl/cpu \
    -r "$gradbook/constraints.txt"
"$root/venv/bin/pip" install --no-cache-dir --require-hashes -r "$gradbook/requirements/grading.txt"
"$root/venv/bin/pip" install --no-cache-dir --no-deps --no-build-isolation "$gradbook"
# What the course declares in course.toml; another version that it asks for takes the place of the locked one.
if [ -f "$gradbook/packages.txt" ]; then
    "$root/venv/bin/pip" install --no-cache-dir -r "$gradbook/packages.txt"
fi
# Student code must not read the solutions, even if the sandbox is weak on this machine.
chmod -R go-rwx "$root/source"
