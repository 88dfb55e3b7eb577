"""GitLab CI: remarks on the student's own lines, as a Code Quality report.

GitLab shows what stands in the file in a merge request and, on some plans, beside its lines
(https://docs.gitlab.com/ci/testing/code_quality/). Points reach it in JUnit's XML.
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
"""As GitLab's documentation calls it; `artifacts: reports: codequality` in `.gitlab-ci.yml` names it."""


def is_here(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether this process runs in GitLab CI."""
    return environment.get("GITLAB_CI") == "true"


def write(failures: Iterable[Failure], root: Path) -> str:
    """Write the report into the repository's root; return what to say where it can't be written.

    An empty list is written, too: it says that what was wrong before is mended.
    """
    try:
        (root / FILE).write_text(report(failures, root), encoding="utf-8")
    except OSError as error:
        return f"{root / FILE} can't be written: {error.strerror}."
    return ""


def root_of(usual: Path) -> Path:
    """Return the root of the repository that a job is about."""
    return Path(os.environ.get("CI_PROJECT_DIR") or usual)


def report(failures: Iterable[Failure], root: Path) -> str:
    """Return a Code Quality report: JSON, an issue for each failure."""
    return json.dumps([_issue(failure, root) for failure in failures], indent=2) + "\n"


def _issue(failure: Failure, root: Path) -> dict[str, object]:
    path = failure.path_from(root)
    return {
        "description": f"{failure.title}\n{failure.said.strip()}",
        "check_name": failure.check,
        # The same failure in two pipelines is one issue, wherever its line has gone meanwhile.
        "fingerprint": hashlib.sha256(f"{path}\0{failure.title}".encode()).hexdigest(),
        "severity": "major",
        "location": {"path": path, "lines": {"begin": failure.line}},
    }
