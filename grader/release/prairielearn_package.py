"""Package a course and the grader for PrairieLearn: a question for each section, graded externally.

The layout is that of https://prairielearn.readthedocs.io/en/latest/externalGrading/, the fields those of
`infoQuestion.json` in https://github.com/PrairieLearn/PrairieLearn (read at commit 01967414).
"""

from __future__ import annotations

import html
import uuid
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.course.course import CourseError, load
from grader.release.autograder_archive import (
    HERE,
    PACKAGES,
    PROGRAM,
    Archive,
    PackageError,
    course_files,
    declared_packages,
    grader_files,
)
from grader.release.contents import title_of

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section

SCRIPTS: Final = HERE / "release" / "prairielearn_scripts"
SHARED: Final = "serverFilesCourse/gradbook"
IMAGE: Final = "environments/gradbook"
TIMEOUT: Final = 600
"""Seconds: the most that PrairieLearn allows."""
QUESTION: Final = """\
<pl-question-panel>
  <p>{title}: hand in <code>{module}.py</code> or <code>{module}.ipynb</code>.</p>
  <pl-file-upload optional-file-names="{module}.py,{module}.ipynb"></pl-file-upload>
</pl-question-panel>
<pl-submission-panel>
  <pl-external-grader-results></pl-external-grader-results>
  <pl-file-preview></pl-file-preview>
</pl-submission-panel>
"""


def prairielearn(course: Path, out: Path, image: str) -> Path:
    """Write what belongs into a PrairieLearn course: questions, the entrypoint, the Dockerfile.

    The same course gives the same bytes.

    Args:
        course: the folder with `assignments/` and `reference/`.
        out: the archive; an existing file is replaced.
        image: the name of the image that the Dockerfile makes.

    Returns:
        The path of the archive.

    Raises:
        PackageError: something is missing or wrong, or the archive can't be written.

    """
    archive = Archive("PrairieLearn")
    archive.add_all(course_files(course), f"{SHARED}/course")
    archive.add(f"{SHARED}/run.sh", SCRIPTS / "run.sh", PROGRAM)
    archive.add(f"{IMAGE}/Dockerfile", SCRIPTS / "Dockerfile")
    archive.add_all(grader_files(), f"{IMAGE}/gradbook")
    declared = declared_packages(course)
    if declared:
        archive.add(f"{IMAGE}/gradbook/{PACKAGES}", declared)
    try:
        loaded = load(course)
    except CourseError as error:
        raise PackageError(str(error)) from error
    title = title_of(loaded)
    for section in loaded.sections:
        folder = f"questions/gradbook_{section.module}"
        info = msgspec.json.format(msgspec.json.encode(question(section, title, image)), indent=2)
        named = html.escape(f"{section.number} {section.title}")
        archive.add(f"{folder}/info.json", info + b"\n")
        archive.add(f"{folder}/question.html", QUESTION.format(title=named, module=section.module))
    return archive.write(out)


def question(section: Section, course: str, image: str) -> dict[str, Any]:
    """Return the content of a question's `info.json`."""
    exercises = ",".join(exercise.name for exercise in section.exercises)
    return {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"gradbook:{course}:{section.module}")),
        "title": f"{section.number} {section.title}",
        "topic": course,
        "type": "v3",
        "gradingMethod": "External",
        "singleVariant": True,
        "showCorrectAnswer": False,
        "partialCredit": True,
        "externalGradingOptions": {
            "enabled": True,
            "image": image,
            "serverFilesCourse": ["gradbook/"],
            "entrypoint": ["/grade/serverFilesCourse/gradbook/run.sh", exercises],
            "timeout": TIMEOUT,
            "enableNetworking": False,
        },
    }
