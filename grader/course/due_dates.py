"""The due date of a section, in words for students."""

from __future__ import annotations

from datetime import UTC, datetime


def due(deadline: datetime | None, now: datetime | None = None) -> str:
    """Return "due 1 Dec 23:59", or "was due ..." if it is past; "" if there is no deadline.

    The time is in the time zone of the course. Its offset from UTC is added if the local time zone differs,
    and the year if it is not the current one.
    """
    if deadline is None:
        return ""
    now = now or datetime.now(UTC)
    verb = "due" if now <= deadline else "was due"
    year = "" if deadline.year == now.astimezone(deadline.tzinfo).year else f" {deadline:%Y}"
    is_local = deadline.utcoffset() == deadline.astimezone().utcoffset()
    zone = "" if is_local else f" {deadline.tzname()}"
    return f"{verb} {deadline.day} {deadline:%b}{year} {deadline:%H:%M}{zone}"
