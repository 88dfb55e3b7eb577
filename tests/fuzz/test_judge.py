"""Forged observations of every exercise are judged without an error in a check, and soon."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.records.protocol import Observation
from tests.fuzz.hostile_values import hostile_observations
from tests.fuzz.judge import EXERCISES, Attack, problem, recorded


@pytest.mark.parametrize("name", EXERCISES)
def test_a_forged_observation_is_judged(name: str) -> None:
    """A sample of what `python -m tests.fuzz.judge` tries."""
    _exercise, observations = recorded(name)

    @settings(max_examples=6, derandomize=True, database=None, deadline=None)
    @given(data=st.data())
    def is_judged(data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(list(observations)))
        position = data.draw(st.integers(0, len(observations[key]) - 1))
        forged = data.draw(st.sampled_from(list(hostile_observations(observations[key][position]))))
        assert problem(name, Attack(key, position, forged)) == ""

    is_judged()


@pytest.mark.parametrize("name", ["softmax", "show_images", "SGD", "load_table"])
def test_forged_observations_pass_the_decoder(name: str) -> None:
    """An attack that the decoder rejects would not reach the judge."""

    for seen in recorded(name)[1].values():
        for forged in hostile_observations(seen[0]):
            msgspec.msgpack.decode(msgspec.msgpack.encode(forged), type=Observation)
