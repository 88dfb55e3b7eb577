"""Gradescope's export: a folder for each submission, and `submission_metadata.yml`, which says whose it is.

The keys in that file are symbols of Ruby, with the colon: `:submitters`, of which each has a `:name`, `:sid`
and `:email`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from grader.students import Identity
from grader.submissions.errors import BrokenExport, Unreadable
from grader.submissions.layouts.layout import (
    Contents,
    HandedIn,
    Owner,
    count,
    of_system,
    part_of,
    some,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.submissions.layouts.folder import Child, Folder

METADATA: Final = "submission_metadata.yml"
LARGEST: Final = 64 << 20
"""Bytes of the metadata, which hold the results of other autograders, too."""
SUBMISSION: Final = re.compile(r"submission_\d+|\d+\.pdf")
WITHOUT: Final = (
    f"There is no {METADATA}, which says whose the submissions are: they are called after their folders."
)

REMEDY: Final = (
    "Export the submissions again, or use --layout plain, which calls students after their submissions' "
    "folders"
)


def claims(folder: Folder) -> str | None:
    """Claim a folder with the metadata."""
    has_metadata = any(child.name == METADATA and not child.is_folder for child in folder.children)
    return f"it contains {METADATA}" if has_metadata else None


def contents(folder: Folder) -> Contents:
    """Return the students and groups of an export. Raises `BrokenExport` if its metadata can't be read."""
    children = {child.name: child for child in folder.children}
    notes = [] if METADATA in children else [WITHOUT]
    metadata = _metadata(folder) if METADATA in children else {}
    owned: dict[tuple[Identity, ...], list[tuple[str, str, HandedIn]]] = {}
    unnamed: list[Owner] = []
    nobodys = []
    for name, child in children.items():
        entry = metadata.get(name)
        people = _people(entry)
        attempt = HandedIn((part_of(folder, child),), _time(entry))
        if people:
            order = attempt.submitted.astimezone(UTC).isoformat() if attempt.submitted else ""
            owned.setdefault(people, []).append((order, name, attempt))
        elif entry is not None or SUBMISSION.fullmatch(name):
            unnamed.append(Owner((_stem(child),), (attempt,)))
        elif name != METADATA:
            nobodys.append(name)
    if unnamed and METADATA in children:
        names = [owner.labels[0] for owner in unnamed]
        notes.append(f"{METADATA} doesn't say who handed in {some(names)}.")
    gone = [name for name in metadata if name not in children]
    if gone:
        notes.append(f"{METADATA} names {count(len(gone), 'submission')} that can't be found: {some(gone)}.")
    owners = [
        _owner(people, tuple(attempt for _, _, attempt in sorted(attempts, key=lambda one: one[:2])))
        for people, attempts in owned.items()
    ]
    return Contents([*owners, *unnamed], nobodys, notes)


def _owner(people: tuple[Identity, ...], attempts: tuple[HandedIn, ...]) -> Owner:
    if len(people) > 1:
        label = ", ".join(one.called for one in people)
        ids = "-".join(one.id or one.email for one in people)
        return Owner((label, f"{label}-{ids}"), attempts, members=people)
    (person,) = people
    return Owner((person.called, f"{person.called}-{person.id or person.email}"), attempts, person)


def _metadata(folder: Folder) -> Mapping[str, object]:
    """Return the entries of the metadata, by the names of the submissions. Raises `BrokenExport`."""
    import yaml

    where = f"{str(folder.path / METADATA)!r} can't be used"
    try:
        text = folder.content(METADATA, limit=LARGEST).decode("utf-8-sig")
        # The loader in C makes the same of a text, and is ten times as fast.
        found = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe ones
    except OSError as error:
        raise BrokenExport(f"{where}: {error.strerror}. {REMEDY}") from error
    except Unreadable as error:
        raise BrokenExport(f"{where}. {error.reason} {REMEDY}") from error
    except UnicodeDecodeError as error:
        raise BrokenExport(f"{where}: it is not UTF-8. {REMEDY}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        at = "" if line is None else f" (line {line + 1})"
        raise BrokenExport(f"{where}: it is not YAML{at}. {REMEDY}") from error
    if not isinstance(found, dict):
        raise BrokenExport(f"{where}: it doesn't list submissions. {REMEDY}")
    return {str(name): entry for name, entry in found.items()}


def _people(entry: object) -> tuple[Identity, ...]:
    submitters = _get(entry, "submitters")
    found = [
        Identity(name=_text(_get(one, "name")), email=_text(_get(one, "email")), id=_text(_get(one, "sid")))
        for one in (submitters if isinstance(submitters, list) else [])
    ]
    return tuple(
        sorted({one for one in found if one.is_known}, key=lambda one: (one.called, one.id, one.email))
    )


def _time(entry: object) -> datetime | None:
    """Return when something was handed in; a time without an offset is in UTC, as YAML has it."""
    value = _get(entry, "created_at")
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(re.sub(r" (UTC|Z)$", "Z", value.strip()))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.utcoffset() is not None else value.replace(tzinfo=UTC)


def _get(record: object, key: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return a value of a record, with or without Ruby's colon before its key; None if there is none."""
    if not isinstance(record, dict):
        return None
    return record.get(f":{key}", record.get(key))


def _text(value: object) -> str:
    """Return an id or a name as text: YAML makes numbers of some ids, and dates of others."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float | date) else ""


def _stem(child: Child) -> str:
    return child.name if child.is_folder else child.name.rpartition(".")[0] or child.name


LAYOUT: Final = of_system("gradescope", "an export from Gradescope", claims, contents, METADATA)
