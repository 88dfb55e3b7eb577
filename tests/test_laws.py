"""The public interface `grader.laws`: every name is documented, and every example runs."""

from __future__ import annotations

import doctest
import inspect

import pytest
import torch

from grader import laws


def test_all_lists_every_public_name_and_no_other() -> None:
    imported = {
        name for name, value in vars(laws).items() if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert imported - {"annotations"} == set(laws.__all__)


@pytest.mark.parametrize("name", laws.__all__)
def test_every_name_has_a_docstring_whose_example_runs(name: str) -> None:
    value = getattr(laws, name)
    documented = value if inspect.isclass(value) or callable(value) else type(value)
    text = inspect.getdoc(documented) or ""
    assert "Example:\n    >>> " in text, f"{name} needs an example"
    names = {"torch": torch, **{public: getattr(laws, public) for public in laws.__all__}}
    example = doctest.DocTestParser().get_doctest(text, names, name, None, None)
    runner = doctest.DocTestRunner()
    failures: list[str] = []
    runner.run(example, out=failures.append)
    assert not failures, "".join(failures)
