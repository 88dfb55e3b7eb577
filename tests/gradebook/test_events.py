"""Events: what is written is read again, and an undoing takes back what it names and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from grader.gradebook.events import (
    Adjustment,
    Content,
    Excuse,
    Extension,
    Forgotten,
    Publication,
    Seen,
    Takeover,
    Undo,
    decoded,
    encoded,
    exercise_key,
    in_force,
)
from tests.fixtures.events import attempt, events

ALL: list[Content] = [
    *attempt("A", {"mlp": 3}, submitted=datetime(2026, 12, 1, tzinfo=UTC)),
    Extension(reason="ill", until=datetime(2026, 12, 8, tzinfo=UTC), section="mlp"),
    Adjustment(reason="typing error", exercise="mlp.relu", how="add", points=-1.5),
    Excuse(reason="ill"),
    Undo(reason="no", event=3),
    Publication(report="sha256:00", before=1, points=2, policy="all"),
    Takeover(reports=3, versions=("0.1.0",)),
    Forgotten(exercises=(), misconceptions={"mlp.relu": ("a", "b")}),
]


@pytest.mark.parametrize("content", ALL, ids=lambda one: type(one).__name__)
def test_an_event_is_read_as_it_was_written(content: Content) -> None:
    assert decoded(encoded(content)) == content
    assert decoded(encoded(content).decode()) == content


@pytest.mark.parametrize("text", ["", "{}", '{"kind": "seen"}', '{"kind": "theft", "content": "A"}'])
def test_what_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decoded(text)


def test_fields_of_later_versions_are_ignored() -> None:
    assert decoded('{"kind": "seen", "content": "A", "mood": "good"}') == Seen(content="A")


def test_an_undoing_takes_back_just_what_it_names() -> None:
    contents: list[Content] = [Excuse(reason="a"), Excuse(reason="b"), Undo(reason="no", event=1)]
    assert [event.content for event in in_force(events(*contents))] == [Excuse(reason="b")]


def test_exercises_are_named_with_their_module() -> None:
    assert exercise_key("mlp", "relu") == "mlp.relu"
