"""A misspelled name gets a suggestion, and never a list of everything."""

from __future__ import annotations

import pytest

from grader.course.unknown_names import advice

KNOWN = ["write_element", "write_rows", "softmax", "relu", "MLPScratch", "MLP", "l1_norm", "l2_norm"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sofmax", "softmax?"),
        ("Softmax", "softmax?"),
        ("soft_max", "softmax?"),
        ("mlp", "MLP?"),
        ("MlpScratch", "MLPScratch?"),
        ("write_row", "write_rows?"),
        ("l3_norm", "l1_norm or l2_norm?"),
    ],
)
def test_a_similar_name_is_suggested(name: str, said: str) -> None:
    assert advice([name], KNOWN) == f". Did you mean {said}"


def test_for_several_names_all_suggestions_are_given() -> None:
    assert advice(["sofmax", "rellu", "zzz"], KNOWN) == ". Did you mean softmax or relu?"


def test_without_a_similar_name_few_are_listed_and_many_counted() -> None:
    assert advice(["zzz"], ["a_name", "b_name"]) == ". There are: a_name, b_name."
    many = [f"exercise{number}" for number in range(59)]
    assert advice(["zzz"], many) == ". There are 59, from exercise0 to exercise58."
    assert advice(["zzz"], []) == "."
