"""GitLab CI: annotations on the student's lines, as a Code Quality report.

GitLab shows the report in a merge request and, on some plans, beside the lines
(https://docs.gitlab.com/ci/testing/code_quality/). It reads points from JUnit's XML.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.reporting.annotations import Failure

FILE: Final = "gl-code-quality-report.json"
"""The name in GitLab's documentation; `artifacts: reports: codequality` in `.gitlab-ci.yml` refers to it."""


def is_active(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether this process runs in GitLab CI."""
    return environment.get("GITLAB_CI") == "true"


def write(failures: Iterable[Failure], root: Path) -> str:
    """Write the report into the repository's root; return an error message, empty if it was written.

    A report without issues is written, too: it tells GitLab that earlier ones are fixed.
    """
    try:
        (root / FILE).write_text(report(failures, root), encoding="utf-8")
    except OSError as error:
        return f"{root / FILE} can't be written: {error.strerror}."
    return ""


def repository_root(default: Path) -> Path:
    """Return the root of the repository that a job runs for."""
    return Path(os.environ.get("CI_PROJECT_DIR") or default)


def report(failures: Iterable[Failure], root: Path) -> str:
    """Return a Code Quality report: a JSON list with an issue for each failure."""
    return json.dumps([_issue(failure, root) for failure in failures], indent=2) + "\n"


def _issue(failure: Failure, root: Path) -> dict[str, object]:
    path = failure.path_from(root)
    return {
        "description": f"{failure.title}\n{failure.message.strip()}",
        "check_name": failure.check,
        # The same failure in two pipelines is one issue, even if its line has moved.
        "fingerprint": hashlib.sha256(f"{path}\0{failure.title}".encode()).hexdigest(),
        "severity": "major",
        "location": {"path": path, "lines": {"begin": failure.line}},
    }
