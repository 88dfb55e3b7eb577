"""Which names are spelled alike."""

from __future__ import annotations

import pytest

from grader.records.spelling import alike

KNOWN = ["softmax", "relu", "l1_norm", "l2_norm", "linreg1", "linreg2", "linreg3", "LinReg"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Soft_Max", ["softmax"]),
        ("sofmax", ["softmax"]),
        ("l3_norm", ["l1_norm", "l2_norm"]),
        ("linreg", ["LinReg", "linreg1", "linreg2", "linreg3"]),  # the same name first
        ("zzz", []),
    ],
)
def test_the_most_similar_names_come_first(name: str, found: list[str]) -> None:
    assert alike(name, KNOWN, least=0.6, margin=0.1) == found


def test_without_a_margin_only_the_best_are_returned() -> None:
    assert alike("linreg", KNOWN, least=0.6) == ["LinReg"]
    assert alike("linreg", [], least=0.6) == []
    assert alike("sofmax", KNOWN, least=0.99) == []
