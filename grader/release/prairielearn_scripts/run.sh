#!/usr/bin/env bash
# The entrypoint of PrairieLearn's external grading; the argument names the exercises of the question. If
# results.json is missing, PrairieLearn reports that grading failed, so a fault of the grader is no mark.
set -euo pipefail
root="${GRADE_ROOT:-/grade}"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
graded="$(mktemp -d)"
trap 'rm -rf "$graded"' EXIT

# Student code must not read the solutions, even if the sandbox is weak on this machine.
chmod -R go-rwx "$here" || true
mkdir -p "$root/student"
"${GRADBOOK_BIN:-/gradbook/venv/bin}/grader" grade --single "$root/student" --course "$here/course" \
    --out "$graded/out" --only "$1" --format prairielearn --sandbox weak --jobs 1
mkdir -p "$root/results"
cp "$graded/out/prairielearn.json" "$root/results/results.json"
