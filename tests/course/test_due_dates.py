"""When a section is due, in words."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from grader.course.due_dates import due

if TYPE_CHECKING:
    from collections.abc import Iterator

BERLIN = timezone(timedelta(hours=1))
DEADLINE = datetime(2026, 12, 1, 23, 59, tzinfo=BERLIN)


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in the time zone of Berlin."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows sets its time zone for the whole machine")
    monkeypatch.setenv("TZ", "CET-1")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_berlin")
def test_it_is_due_until_the_minute_is_reached() -> None:
    assert due(DEADLINE, DEADLINE) == "due 1 Dec 23:59"
    assert due(DEADLINE, DEADLINE + timedelta(seconds=1)) == "was due 1 Dec 23:59"
    assert due(None) == ""


@pytest.mark.usefixtures("in_berlin")
def test_another_time_zone_or_year_is_shown() -> None:
    abroad = datetime(2026, 12, 1, 23, 59, tzinfo=timezone(timedelta(hours=-5)))
    assert due(abroad, DEADLINE) == "due 1 Dec 23:59 UTC-05:00"
    assert due(DEADLINE, DEADLINE.replace(year=2025)) == "due 1 Dec 2026 23:59"
