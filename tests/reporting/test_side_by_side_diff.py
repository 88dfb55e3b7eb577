"""What came back beside what was expected: rows, columns and the mark."""

from __future__ import annotations

import pytest

from grader.reporting.side_by_side_diff import columns, first_difference, in_rows


def laid_out(got: str, expected: str, width: int = 79) -> list[str]:
    return columns((("got", got), ("expected", expected)), width, 10)


def marked(got: str, expected: str) -> tuple[str, str]:
    one, other = first_difference(got, expected)
    return got[slice(*one)], expected[slice(*other)]


@pytest.mark.parametrize(
    ("got", "expected", "marks"),
    [
        ("torch.tensor([1., 2.])", "torch.tensor([1., 3.])", ("2.", "3.")),
        ("torch.tensor([nan, 2.])", "torch.tensor([1., 3.])", ("nan", "1.")),
        ("[0.33333, 2.]", "[0.33334, 3.]", ("2.", "3.")),
        ("[0.33333]", "[0.33334]", ("0.33333", "0.33334")),
        ("'no'", "'yes'", ("'no'", "'yes'")),
        ("[1., 2.]", "[1., 2., 3.]", ("", "")),
        ("[]", "[]", ("", "")),
    ],
)
def test_the_first_difference_is_what_rounding_does_not_explain(
    got: str, expected: str, marks: tuple[str, str]
) -> None:
    assert marked(got, expected) == marks


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("torch.tensor([[1., 2.], [3., 4.]])", ["torch.tensor([[1., 2.],", "              [3., 4.]])"]),
        ("np.array([[1], [2]])", ["np.array([[1],", "          [2]])"]),
        (
            "torch.tensor([[[1], [2]], [[3], [4]]], dtype=torch.int32)",
            [
                "torch.tensor([[[1],",
                "               [2]],",
                "              [[3],",
                "               [4]]], dtype=torch.int32)",
            ],
        ),
        ("torch.tensor([1., 2.])", ["torch.tensor([1., 2.])"]),
        ("[[1], [2]]", ["[[1], [2]]"]),
        ("", []),
    ],
)
def test_a_matrix_has_a_line_for_each_row(text: str, rows: list[str]) -> None:
    assert in_rows(text).splitlines() == rows
    assert "".join(line.strip() + " " for line in rows).strip() == text


def test_columns_have_marks_below_the_rows_that_differ() -> None:
    got, expected = (in_rows(f"torch.tensor([[1., 2.], [{one}, 4.]])") for one in ("3.", "30."))
    assert laid_out(got, expected) == [
        "got:      torch.tensor([[1., 2.],    expected: torch.tensor([[1., 2.],",
        "                        [3., 4.]])                           [30., 4.]])",
        "                         ^^                                   ^^^",
    ]


def test_what_is_too_wide_for_columns_stands_below_each_other() -> None:
    got, expected = (f"torch.tensor([{', '.join([f'{one}.'] * 8)}])" for one in (1, 2))
    assert laid_out(got, expected) == [
        f"got:      {got}",
        "                        ^^",
        f"expected: {expected}",
        "                        ^^",
    ]
    assert len(laid_out(got, expected, 120)) == 2


def test_a_line_that_the_screen_breaks_has_no_mark() -> None:
    got, expected = (f"torch.tensor([{', '.join([f'{one}.'] * 20)}])" for one in (1, 2))
    assert laid_out(got, expected) == [f"got:      {got}", f"expected: {expected}"]


def test_texts_of_other_lengths_leave_room_for_each_other() -> None:
    assert laid_out("torch.tensor([[1.],\n              [2.]])", "torch.tensor([1., 2.])") == [
        "got:      torch.tensor([[1.],    expected: torch.tensor([1., 2.])",
        "                        [2.]])",
    ]
