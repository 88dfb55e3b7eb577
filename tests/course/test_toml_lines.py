"""The line of a value in a TOML file, however the file is laid out."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from grader.course.toml_lines import line_of

if TYPE_CHECKING:
    from grader.course.toml_lines import Keys

AWKWARD = (
    '''\
# title = "not this one"
"title" = """
points = 1
[[sections]]
"""

  points   =   100 # [[sections]]
seed.policy = "fixed"

seed.value = 7
[[ sections ]]
module = "a"   # module = "b"
exercises = [ # ]
    "one", "two",

    # "three"
    'three',
]
[sections.points]
"one" = 1
two =
'''.replace("two =\n", "two = 2\r\n")
    + """\
[[sections]]
module = '''
[[sections]]'''
points = {one = 1, "t]wo" = 2}
deadline = 2026-12-01T23:59:00Z
nested = [
  [1,
   2],
  [3],
]
"""
)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["title"], 2),
        (["points"], 7),
        (["seed"], 8),
        (["seed", "policy"], 8),
        (["seed", "value"], 10),
        (["sections"], 11),
        (["sections", 0], 11),
        (["sections", 0, "module"], 12),
        (["sections", 0, "exercises"], 13),
        (["sections", 0, "exercises", 0], 14),
        (["sections", 0, "exercises", 1], 14),
        (["sections", 0, "exercises", 2], 17),
        (["sections", 0, "points"], 19),
        (["sections", 0, "points", "one"], 20),
        (["sections", 0, "points", "two"], 21),
        (["sections", 1], 22),
        (["sections", 1, "module"], 23),
        (["sections", 1, "points", "t]wo"], 25),
        (["sections", 1, "deadline"], 26),
        (["sections", 1, "nested", 1], 30),
    ],
)
def test_it_is_the_line_in_which_the_value_begins(keys: Keys, line: int) -> None:
    assert line_of(AWKWARD, keys) == line


def test_a_missing_value_has_the_line_of_the_table_that_lacks_it() -> None:
    assert line_of(AWKWARD, ["sections", 1, "exercises"]) == 22
    assert line_of(AWKWARD, ["sections", 1, "points", "three"]) == 25
    assert line_of(AWKWARD, ["sections", 2, "module"]) == 11
    assert line_of(AWKWARD, ["other"]) == 1
    assert line_of("", ["title"]) == 1


def test_a_list_of_tables_may_go_over_several_lines() -> None:
    text = 'sections = [\n  {module = "a"},\n\n  {module = "b", exercises = ["x"]},\n]'
    assert tomllib.loads(text)
    assert line_of(text, ["sections", 1, "exercises", 0]) == 4
    assert line_of(text, ["sections", 1]) == 4
