"""The hash of what was handed in with each attempt, computed again only where something has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.grading.several_attempts import content_of
from grader.submissions.stamps import Stamp, stamp

if TYPE_CHECKING:
    from grader.submissions import Entry


class HandedIn:
    """Returns the hash of an attempt's content, as `content_of` does.

    Args:
        modules: the section modules of the course.

    """

    def __init__(self, modules: frozenset[str]) -> None:
        self.modules = modules
        self._stamps: dict[Entry, Stamp] = {}
        self._contents: dict[Entry, str] = {}

    def __call__(self, entry: Entry) -> str:
        """Return the hash of what was handed in; "" if it can't be collected."""
        if entry not in self._contents:
            self._contents[entry] = content_of(entry, self.modules)
        return self._contents[entry]

    def stamp(self, entry: Entry) -> Stamp:
        """Return the stamp of an attempt when `look` saw it last, or now."""
        return self._stamps.get(entry) or self.look(entry)

    def look(self, entry: Entry) -> Stamp:
        """Look whether an attempt has changed: then its content is read again when it is asked for."""
        found = stamp(entry.parts)
        if found != self._stamps.get(entry):
            self._stamps[entry] = found
            self._contents.pop(entry, None)
        return found
