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
# The builds for CPUs: those on PyPI bring gigabytes for GPUs.
"$root/venv/bin/pip" install --no-cache-dir --index-url https://download.pytorch.org/whl/cpu \
    'torch>=2.6,<2.14' 'torchvision<0.29'
"$root/venv/bin/pip" install --no-cache-dir "$root/source/gradbook"
# No student's code may read the solutions, whatever the wall can do on this machine.
chmod -R go-rwx "$root/source"
