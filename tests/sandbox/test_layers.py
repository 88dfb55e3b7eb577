"""Each layer is one record, with all that is needed to apply it or to do without it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.sandbox import LAYER_NAMES, LAYERS, Limits, confine
from grader.sandbox.layers import BY_NAME, Stage

if TYPE_CHECKING:
    from grader.sandbox import Layer

CONFINEMENT = confine.Confinement(
    limits=Limits(),
    usage=confine.MemoryUsage(0, 0, 0),
    layers=frozenset(LAYER_NAMES),
    box="/",
    readable=(),
    filter=b"",
)


def test_every_layer_has_one_record() -> None:
    assert tuple(layer.name for layer in LAYERS) == LAYER_NAMES
    assert list(BY_NAME) == list(LAYER_NAMES)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_layer_says_what_it_protects_and_what_to_do_without_it(layer: Layer) -> None:
    assert layer.protects.endswith(".")
    assert layer.remedy
    assert layer.help.startswith(layer.protects)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_layer_of_children_has_a_module_that_applies_and_probes_it(layer: Layer) -> None:
    module = layer.load()
    in_children = layer.stage is not Stage.SERVER
    assert hasattr(module, "apply") is hasattr(module, "probe") is in_children


DOCS = Path(__file__).parents[2] / "docs" / "internals" / "sandbox.md"


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_the_docs_say_what_a_missing_layer_opens_in_the_same_words(layer: Layer) -> None:
    covered = " or ".join(f"`{name}`" for name in layer.covered_by)
    assert f"| `{layer.name}` | {layer.opens} | {covered} |".replace("  |", " |") in DOCS.read_text()


def test_what_a_missing_layer_opens_depends_on_the_others() -> None:
    landlock = BY_NAME["landlock"]
    assert landlock.absence(["seccomp"]).startswith(
        "Without landlock, a submission can read the course's sol"
    )
    assert landlock.absence(["bubblewrap", "seccomp"]).startswith(
        "Without landlock, a hole in bubblewrap would let a submission read the course's solutions"
    )


class Recorder:
    """Stands in for all layers' modules, and for what happens between them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        for name in LAYER_NAMES:
            monkeypatch.setattr(f"{BY_NAME[name].module}.apply", self.step(name), raising=False)
        for function in ("die_with_parent", "yield_to_others", "give_up_privileges"):
            monkeypatch.setattr(confine, function, self.step(function))
        monkeypatch.setattr("os.chdir", self.step("chdir"))

    def step(self, name: str) -> object:
        """Return a function that notes that it was called."""
        return lambda *_arguments: self.steps.append(name)


def test_layers_are_applied_in_an_order_in_which_none_forbids_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mounts need privileges, and seccomp forbids setting limits."""
    recorder = Recorder(monkeypatch)
    confine.confine(CONFINEMENT)
    assert recorder.steps == [
        *("die_with_parent", "yield_to_others", "namespaces", "limits"),
        *("chdir", "give_up_privileges", "landlock", "seccomp"),
    ]


def test_a_layer_that_the_machine_lacks_is_not_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    confine.confine(msgspec.structs.replace(CONFINEMENT, layers=frozenset({"limits"})))
    assert recorder.steps == ["die_with_parent", "yield_to_others", "limits", "chdir", "give_up_privileges"]


def test_a_layer_is_loaded_by_its_record() -> None:
    with pytest.raises(ImportError):
        replace(BY_NAME["landlock"], module="grader.sandbox.no_such_layer").load()
