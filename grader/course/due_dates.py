"""When a section is due, in a student's words."""

from __future__ import annotations

from datetime import UTC, datetime


def due(deadline: datetime | None, now: datetime | None = None) -> str:
    """Return "due 1 Dec 23:59", or "was due ..." when it is past; "" where there is no deadline.

    It is the time that the course says. A student whose clock goes by another time zone is told the offset
    from UTC, and who looks in another year is told the year.
    """
    if deadline is None:
        return ""
    now = now or datetime.now(UTC)
    verb = "due" if now <= deadline else "was due"
    year = "" if deadline.year == now.astimezone(deadline.tzinfo).year else f" {deadline:%Y}"
    is_local = deadline.utcoffset() == deadline.astimezone().utcoffset()
    zone = "" if is_local else f" {deadline.tzname()}"
    return f"{verb} {deadline.day} {deadline:%b}{year} {deadline:%H:%M}{zone}"
