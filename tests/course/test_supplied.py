"""Supplied modules: what is asked for is cut out, and what builds on it is asked elsewhere."""

from __future__ import annotations

import importlib
import sys
import traceback
from typing import TYPE_CHECKING

import pytest

from grader.course.course_toml import CourseError
from grader.course.supplied import Supplied, cut
from grader.execution.loading import importable
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

BOOK = '''\
"""A package."""
import math
from math import floor

__all__ = ["Animal", "Base", "Cat", "Dog", "bark", "floor", "purr"]

def decorated(function): return function

class Animal:
    def speak(self):
        return "..."

    def name(self):
        return type(self).__name__

Base = Animal

class Dog(Animal):
    def speak(self): return bark() + "!"

@decorated
def bark():
    return "woof"

class Cat:
    def speak(self):
        return purr(missing)

def purr(words):
    raise ValueError(words)
'''


def supplied(folder: Path, source: str = BOOK) -> Supplied:
    """A course's `book.zoo`."""
    (folder / "book").mkdir()
    (folder / "book" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "book" / "zoo.py").write_text(source, encoding="utf-8")
    return Supplied.read(folder)


def left(modules: Supplied, *asked: str) -> tuple[set[str], str]:
    """The public names, and the source, that are left without what is asked for."""
    parts = modules.without(asked)
    with importable(parts):
        return set(importlib.import_module("book.zoo").__all__), parts[1].source


@pytest.mark.parametrize(
    ("asked", "gone", "lines"),
    [
        ("Animal", {"Animal", "Base", "Dog"}, ("...", "__name__", '+ "!"')),
        ("Base", {"Animal", "Base", "Dog"}, ("...", "__name__", '+ "!"')),
        ("Dog", {"Dog"}, ('+ "!"',)),
        ("bark", {"bark"}, ("woof", "@decorated")),
        ("floor", {"floor"}, ()),
        ("Animal.speak", set(), ("...",)),
        ("nothing", set(), ()),
    ],
)
def test_without_a_name_its_source_and_what_derives_from_it_is_gone(
    tmp_path: Path, asked: str, gone: set[str], lines: tuple[str, ...]
) -> None:
    modules = supplied(tmp_path)
    whole, _source = left(modules)
    names, source = left(modules, asked)
    assert whole - names == gone
    assert [line for line in lines if line in source] == []
    assert source.count("\n") == BOOK.count("\n")


def test_what_is_withheld_says_so_and_the_rest_works(tmp_path: Path) -> None:
    with importable(supplied(tmp_path).without(["bark", "Animal.speak"])):
        zoo = importlib.import_module("book.zoo")
        with pytest.raises(AttributeError, match=r"book\.bark is what you are asked to write here"):
            zoo.bark()
        with pytest.raises(AttributeError, match=r"book\.Animal\.speak is what you are asked to write here"):
            zoo.Animal().speak()
        with pytest.raises(ImportError):
            exec("from book.zoo import bark")  # noqa: S102 - as a program does
        assert zoo.Dog().name() == "Dog"
    assert "book.zoo" not in sys.modules


def test_tracebacks_show_lines_of_supplied_source(tmp_path: Path) -> None:
    with importable(supplied(tmp_path).without(["Animal"])):
        zoo = importlib.import_module("book.zoo")
        with pytest.raises(NameError) as caught:
            zoo.Cat().speak()
        shown = traceback.format_exception(caught.value)[-2]
    assert 'book/zoo.py", line' in shown
    assert "return purr(missing)" in shown


def test_supplied_modules_come_before_installed_ones_of_their_names(tmp_path: Path) -> None:
    """Many students have d2l installed, and courses supply a d2l of their own."""
    (tmp_path / "json.py").write_text("whose = 'the course'\n", encoding="utf-8")
    installed = sys.modules["json"]
    with importable(Supplied.read(tmp_path).modules):
        assert importlib.import_module("json").whose == "the course"
    assert importlib.import_module("json") is installed


@pytest.mark.parametrize(
    ("source", "asked", "message"),
    [
        ("def f(): return 1\nx = f()\n", "f", "can't be loaded without f, .* NameError"),
        ("f, g = (lambda: 1), (lambda: 2)\n", "f", "defines f, .* in a way that can't be left out"),
    ],
)
def test_what_cannot_be_left_out_is_the_courses_mistake(
    tmp_path: Path, source: str, asked: str, message: str
) -> None:
    with pytest.raises(CourseError, match=message):
        supplied(tmp_path, source).without([asked])


NEAR = """
__near_answers__ = {"bark": ["Animal.speak", "purr"], "meow": ["Cat"]}

class Lion(Cat): pass
"""


@pytest.mark.parametrize(
    ("asked", "gone", "lines"),
    [
        ("bark", {"bark", "purr"}, ("woof", '"..."', "ValueError")),
        ("purr", {"purr"}, ("ValueError",)),
        ("meow", {"Cat", "Lion"}, ("purr(missing)", "class Lion")),
    ],
)
def test_what_all_but_answers_an_exercise_is_left_out_with_it(
    tmp_path: Path, asked: str, gone: set[str], lines: tuple[str, ...]
) -> None:
    book = BOOK.replace('"purr"]', '"purr", "Lion"]')
    modules = supplied(tmp_path, book + NEAR)
    whole, _source = left(modules)
    names, source = left(modules, asked)
    assert whole - names == gone
    assert [line for line in lines if line in source] == []
    assert source.count("\n") == (book + NEAR).count("\n")


def test_a_near_answer_that_no_module_has_is_the_courses_mistake(tmp_path: Path) -> None:
    modules = supplied(tmp_path, BOOK + '__near_answers__ = {"bark": ["Animal.howl"]}\n')
    with pytest.raises(CourseError, match=r"__near_answers__ has Animal\.howl, which no module has"):
        modules.without(["bark"])


def test_an_object_has_a_withheld_method_that_says_so_when_it_is_called(tmp_path: Path) -> None:
    """Of an `nn.Module`, torch would report a missing attribute otherwise."""
    source = "class Base:\n    def __getattr__(self, name): raise AttributeError('torch')\n"
    modules = supplied(tmp_path, source + "class Model(Base):\n    def loss(self): return 1\n")
    with importable(modules.without(["Model.loss"])):
        model = importlib.import_module("book.zoo").Model
        assert not hasattr(model, "loss")
        with pytest.raises(AttributeError, match=r"book\.Model\.loss is what you are asked to write here"):
            model().loss()


WANTED = {name: (name,) for name in ("Animal", "bark", "count")} | {"speak": ("speak", "Animal.speak")}


def groups(modules: Supplied, source: str) -> list[tuple[list[str], bool]]:
    """By process: the exercises it is asked, and whether it is supplied with anything."""
    files = [SourceFile("hw.py", None, (Cell(None, source),))]
    return [([*group.wanted], bool(group.supplied)) for group in modules.groups(files, WANTED)]


def test_a_program_without_supplied_names_needs_one_process_that_has_none(tmp_path: Path) -> None:
    modules = supplied(tmp_path)
    assert groups(modules, "class Animal: pass\ndef bark(): return 1") == [([*WANTED], False)]
    assert groups(Supplied.read(tmp_path / "nowhere"), "import book") == [([*WANTED], False)]


def test_what_others_may_build_on_is_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    modules = supplied(tmp_path)
    source = "from book import zoo\nclass Animal(zoo.Animal): pass\ndef bark(): return 1"
    assert groups(modules, source) == [
        (["count", "speak"], True),
        (["Animal"], True),
        (["bark"], True),
    ]


@pytest.mark.parametrize(
    "source", ["import book", "book Animal", "book Animal bark speak count", "book bark"]
)
def test_no_process_has_the_source_of_what_it_is_asked(tmp_path: Path, source: str) -> None:
    modules = supplied(tmp_path)
    telling = {"Animal": "__name__", "bark": "woof", "speak": '"..."'}
    files = [SourceFile("hw.py", None, (Cell(None, source),))]
    for group in modules.groups(files, WANTED):
        for name in group.wanted.keys() & telling.keys():
            assert not any(telling[name] in module.source for module in group.supplied), name


def test_a_cut_leaves_a_body_to_a_class_that_loses_its_only_method() -> None:
    assert cut("class A:\n    @x\n    def f(self):\n        pass\ny = 1\n", ["A.f"]) == (
        "class A:\n    pass\n\n\ny = 1\n"
    )
