"""What an answer can read of its random state leads to no input."""

from __future__ import annotations

import hashlib

import pytest

from grader.judging.exam_keys import draw_seed, exam_key, random_state

QUESTIONS = [f"question {number}" for number in range(200)]


@pytest.mark.parametrize("made", [draw_seed, random_state])
def test_it_depends_on_the_seed_the_exam_and_the_question(made: object) -> None:
    assert callable(made)
    places = [(7, 1, "f"), (8, 1, "f"), (7, 2, "f"), (7, 1, "g"), (7, 0, "f"), (0, 0, "f")]
    assert len({made(*place) for place in places}) == len(places)
    assert made(7, 1, "f") == made(7, 1, "f")


def test_inputs_are_drawn_from_more_bits_than_anybody_can_try() -> None:
    seeds = [draw_seed(7, 1, question) for question in QUESTIONS]
    assert 250 < max(seeds).bit_length() <= 256
    assert len({seed % 2**32 for seed in seeds}) == len(seeds)


def test_the_random_state_shares_no_bits_with_what_inputs_are_drawn_from() -> None:
    """Neither is a part of the other, as it would be if both came from one hash."""
    for question in QUESTIONS:
        drawn = draw_seed(7, 1, question).to_bytes(32, "big").hex()
        assert f"{random_state(7, 1, question):x}"[:6] not in drawn


def test_every_generator_of_random_numbers_accepts_the_random_state() -> None:
    assert all(0 <= random_state(7, 1, question) < 2**31 for question in QUESTIONS)


def test_trying_a_seed_takes_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = []

    def scrypt(_seed: bytes, **how: int) -> bytes:
        costs.append(128 * how["n"] * how["r"])
        return bytes(32)

    monkeypatch.setattr(hashlib, "scrypt", scrypt)
    exam_key.__wrapped__(7)
    assert costs == [8 * 2**20]
