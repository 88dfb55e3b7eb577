"""What can be said of wrong results by comparing them to right ones, whatever the exercise is.

Chaff are the mistakes that an author thought of. Many others come down to few differences: another dtype, an
axis too many, a factor, a sum for a mean, a result that is right for square matrices only. A difference is
told only if it accounts for every observation, and if nothing else that could be told does so as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import torch

from grader.judging.circumstances import circumstance
from grader.judging.complaints import COMPLAINTS_EXPLAINED
from grader.judging.numeric_relations import Numbers, relation
from grader.judging.observation_equality import agree, alike, near, said
from grader.judging.withheld import kind_of_exception
from grader.records.decode import restore
from grader.records.values import Array, Entries, Items, Tensor
from grader.records.verdict import Misconception

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.records.protocol import Observation
    from grader.records.values import Value

MAX_PARTS: Final = 2
"""How many differences one answer may be told: with more, it is wrong in more than one way."""


class Pair(NamedTuple):
    """What an answer did on one case, what a right one does, and the inputs.

    `direct` says that it was called with these inputs, and by nothing that works on its result.
    """

    got: Observation
    want: Observation
    inputs: Mapping[str, Any]
    direct: bool = True


class Part(NamedTuple):
    """One difference: its name, and what is said of it."""

    name: str
    text: str


class Unexplained(Exception):
    """There is a difference that no words are known for."""


def difference(pairs: Sequence[Pair]) -> Misconception | None:
    """Return what distinguishes wrong results from right ones; None if it can't be said in a few words."""
    wrong = [not agree(pair.got, pair.want) for pair in pairs]
    if not any(wrong) or any(pair.want.raised is not None for pair in pairs):
        return None
    try:
        parts = list(_parts(pairs))
    except Unexplained:
        parts = []
    if not 0 < len(parts) <= MAX_PARTS:
        raised = [pair.got.raised for pair in pairs if pair.got.raised is not None]
        kinds = sorted({kind_of_exception(one.kind) for one in raised})
        where = circumstance([_told_inputs(pair) for pair in pairs], wrong, kinds)
        if where is not None:
            parts = [Part(*where)]
        else:
            parts = _complaint_and_more(pairs, {said(one) for one in raised})
    if not parts:
        return None
    return Misconception("-and-".join(part.name for part in parts), "\n\n".join(part.text for part in parts))


def _told_inputs(pair: Pair) -> Mapping[str, Any]:
    """Return the inputs that circumstances may be about: arguments, and switches of any question."""
    switches = {name: value for name, value in pair.inputs.items() if isinstance(value, bool)}
    return pair.inputs if pair.direct else switches


def _complaint_and_more(pairs: Sequence[Pair], said_by_all: set[str]) -> list[Part]:
    """Return what to say of an answer that raises one thing, and of how it differs where it doesn't raise."""
    complaints = [
        Part(*COMPLAINTS_EXPLAINED[what])
        for what in said_by_all
        if what in COMPLAINTS_EXPLAINED and len(said_by_all) == 1
    ]
    if not complaints:
        return []
    try:
        parts = complaints + list(_parts([pair for pair in pairs if pair.got.raised is None]))
    except Unexplained:
        return []
    return parts if len(parts) <= MAX_PARTS else []


def _parts(pairs: Sequence[Pair]) -> Iterator[Part]:
    """Yield the differences. Raises `Unexplained`."""
    raised = {said(pair.got.raised) for pair in pairs if pair.got.raised is not None}
    if raised - {"a leaf is changed in place"}:
        raise Unexplained
    # Where an argument requires a gradient, torch refuses to change it; elsewhere the change is seen.
    pairs = [pair for pair in pairs if pair.got.raised is None]
    leaves, are_all = _leaves_that_differ(pairs)
    left = {name for pair in pairs for name in set(pair.want.changed) - set(pair.got.changed)}
    if left & {name for pair in pairs for name in pair.got.changed}:  # now and then it is changed
        raise Unexplained
    if leaves and not left:  # what isn't changed isn't returned either
        before = "" if are_all else "Some parts of the result are right. Of the others holds: "
        yield from (part._replace(text=before + part.text) for part in _of_results(leaves))
    elif not all(_same_gradients(pair) for pair in pairs):
        yield _of_gradients(pairs)
    changed = {
        name
        for pair in pairs
        for name in set(pair.got.changed) - set(pair.want.changed)
        if name in pair.inputs
    }
    if raised and not changed:
        raise Unexplained
    if changed:
        names = " and ".join(sorted(changed))
        text = (
            f"What you are given as {names} is another thing afterwards: the call changes its argument. "
            "Usually a method that ends in an underscore, an assignment to elements, or `+=` works on the "
            "caller's own object: compute in a new one."
        )
        yield Part(f"changes-{'-'.join(sorted(changed))}", text)
    if left:
        names = " and ".join(sorted(left))
        text = (
            f"What you are given as {names} is the same afterwards, though it should have been changed in "
            "place. Usually a name is bound to a new object, which the caller doesn't see."
        )
        yield Part(f"leaves-{'-'.join(sorted(left))}-unchanged", text)


class Leaf(NamedTuple):
    """A number, tensor or other part of a result at some place of it, beside the right one."""

    got: Value
    want: Value
    inputs: Mapping[str, Any]


def _leaves_that_differ(pairs: Sequence[Pair]) -> tuple[list[Leaf], bool]:
    """Return all leaves at those places of the results where some case has a difference.

    Also return whether these are all places.
    """
    by_place: dict[tuple[object, ...], list[Leaf]] = {}
    for pair in pairs:
        for place, got, want in _leaves(pair.got.result, pair.want.result, ()):
            inputs = pair.inputs if pair.direct and not pair.want.changed else {}
            by_place.setdefault(place, []).append(Leaf(got, want, inputs))
    differing = [
        leaves for leaves in by_place.values() if not all(alike(leaf.got, leaf.want) for leaf in leaves)
    ]
    return [leaf for leaves in differing for leaf in leaves], len(differing) == len(by_place)


def _leaves(
    got: Value, want: Value, place: tuple[object, ...]
) -> Iterator[tuple[tuple[object, ...], Value, Value]]:
    if (
        isinstance(got, Items)
        and isinstance(want, Items)
        and _of_lists(got, want) is None
        and _as_long(got, want)
    ):
        for index, (mine, right) in enumerate(zip(got.items, want.items, strict=True)):
            yield from _leaves(mine, right, (*place, index))
    elif isinstance(got, Entries) and isinstance(want, Entries) and got.entries.keys() == want.entries.keys():
        for key, right in want.entries.items():
            yield from _leaves(got.entries[key], right, (*place, key))
    else:
        yield place, got, want


def _of_results(leaves: Sequence[Leaf]) -> Iterator[Part]:
    """Yield how results differ in type, dtype, shape and numbers. Raises `Unexplained`."""
    lists = {
        _of_lists(leaf.got, leaf.want)
        for leaf in leaves
        if isinstance(leaf.got, Items) and isinstance(leaf.want, Items) and not alike(leaf.got, leaf.want)
    }
    if lists:
        (part,) = lists if len(lists) == 1 else (None,)
        rest = [leaf for leaf in leaves if not isinstance(leaf.got, Items) and not alike(leaf.got, leaf.want)]
        if part is None or rest:
            raise Unexplained
        yield part
        return
    kinds = {(_kind(leaf.want), _kind(leaf.got)) for leaf in leaves}
    if any("" in pair for pair in kinds):
        raise Unexplained
    others = sorted({(want, got) for want, got in kinds if want != got})
    if len(others) > 1:
        raise Unexplained
    for want, got in others:
        text = (
            f"The result is {ARTICLED[got]} where {ARTICLED[want]} belongs; its numbers are another question."
        )
        yield Part(f"{got.replace(' ', '-')}-for-{want.replace(' ', '-')}", text)
    plain = [(_numbers(leaf.got), _numbers(leaf.want), leaf.inputs) for leaf in leaves]
    if not others and _kind(leaves[0].want) in {"tensor", "array"}:
        yield from _of_dtypes(leaves)
    shapes = {(tuple(want.shape), tuple(got.shape)) for got, want, _inputs in plain}
    if not others and any(want != got for want, got in shapes) and (part := _of_shapes(plain)):
        yield part
        return
    if not all(near(got, want) for got, want, _inputs in plain):
        found = relation([Numbers(got, want, inputs) for got, want, inputs in plain])
        if found is None:
            raise Unexplained
        yield Part(*found)


def _as_long(got: Items, want: Items) -> bool:
    return len(got.items) == len(want.items)


def _of_lists(got: Items, want: Items) -> Part | None:
    """Return how a list differs whose items are right: some are missing, or too many, or in another order."""
    if max(len(got.items), len(want.items)) > MAX_LISTED or alike(got, want):
        return None
    if len(want.items) / 2 <= len(got.items) < len(want.items) and _is_part(got, want):
        text = (
            "What is there is right, in type and order, but something is missing. Usually a call, a part of "
            "the result or a round of a loop is left out."
        )
        return Part("something-is-missing", text)
    if len(got.items) > len(want.items) and _is_part(want, got):
        text = (
            "All that should be there is, but something more, too. Usually a call is made twice, a loop runs "
            "a round too long, or what belongs to the inside of a function is returned as well."
        )
        return Part("something-too-much", text)
    left = list(want.items)
    for item in got.items:
        index = next((place for place, one in enumerate(left) if alike(item, one)), None)
        if index is None:
            return None
        del left[index]
    text = "All that should be there is, but in another order." if not left else ""
    return Part("in-another-order", text) if text else None


def _is_part(shorter: Items, longer: Items) -> bool:
    """Return whether one list is the other without some of its items."""
    rest = iter(longer.items)
    return bool(shorter.items) and all(any(alike(item, one) for one in rest) for item in shorter.items)


MAX_LISTED: Final = 60
"""The length up to which lists are compared item by item with each other."""

ARTICLED: Final = {
    "tensor": "a tensor",
    "array": "a NumPy array",
    "number": "a plain number",
    "whole number": "a whole number",
    "truth value": "a truth value",
}


def _kind(value: Value) -> str:
    match value:
        case Tensor(data=bytes()):
            return "tensor"
        case Array():
            return "array"
        case bool():
            return "truth value"
        case int():
            return "whole number"
        case float():
            return "number"
        case _:
            return ""


def _numbers(value: Value) -> torch.Tensor:
    restored = restore(value)
    plain = torch.as_tensor(restored if not isinstance(restored, np.ndarray) else restored.copy())
    return plain if plain.is_floating_point() else plain.to(torch.float64)


def _of_dtypes(leaves: Sequence[Leaf]) -> Iterator[Part]:
    pairs = {(leaf.want.dtype, leaf.got.dtype) for leaf in leaves}  # type: ignore[union-attr]
    differing = {(want, got) for want, got in pairs if want != got}
    got = {one for _want, one in differing}
    if not differing:
        return
    if len(got) > 1:
        raise Unexplained
    (dtype,) = got
    wanted = " or ".join(sorted({want for want, _got in differing}))
    what = "The result comes" if len(differing) == len(pairs) else "Some of your results come"
    text = (
        f"{what} out as {dtype} where {wanted} belongs. Usually a tensor or array is made anew, from plain "
        "numbers or with a dtype of its own; or the library's default dtype is taken."
    )
    yield Part(f"comes-out-as-{dtype}", text)


def _of_shapes(plain: Sequence[tuple[torch.Tensor, torch.Tensor, Mapping[str, Any]]]) -> Part | None:
    """Return how shapes differ; None if it can't be said, or if the numbers are others, too."""
    for name, text, reshaped in RESHAPED:
        if all(
            any(got.shape == one.shape and near(got, one) for one in reshaped(want)) for got, want, _ in plain
        ):
            return Part(name, f"The numbers are right, and the shape is not: {text}")
    return None


def _one_axis_more(want: torch.Tensor) -> list[torch.Tensor]:
    return [want.unsqueeze(axis) for axis in range(want.ndim + 1)]


def _transposed(want: torch.Tensor) -> list[torch.Tensor]:
    return [want.mT if want.ndim > 1 else want]


RESHAPED: Final = (
    (
        "a-matrix-of-one-number",
        "a single number is wanted, of shape (), and it comes as a matrix of one row and one column.",
        lambda want: [want.reshape(1, 1)] if want.ndim == 0 else [],
    ),
    ("flattened", "all axes are flattened into one.", lambda want: [want.reshape(-1)]),
    ("transposed", "rows and columns are exchanged.", _transposed),
    (
        "one-axis-more",
        (
            "there is an axis of length 1 too many. A reduction that keeps its axis (keepdim) leaves one, "
            "and so does indexing by a list or a slice."
        ),
        _one_axis_more,
    ),
    (
        "squeezed",
        (
            "axes of length 1 are lost. squeeze() without an axis drops all of them, also those that only "
            "happen to be of length 1."
        ),
        lambda want: [want.squeeze()],
    ),
    (
        "a-row",
        "they lie in a single row, a matrix of one.",
        lambda want: [want.reshape(1, -1)],
    ),
    ("a-column", "they lie in a single column, a matrix of one.", lambda want: [want.reshape(-1, 1)]),
)


def _same_gradients(pair: Pair) -> bool:
    got, want = pair.got.gradients, pair.want.gradients
    if got is None or want is None:
        return got is want
    return got.keys() == want.keys() and all(alike(got[name], want[name]) for name in got)


def _of_gradients(pairs: Sequence[Pair]) -> Part:
    """Return how gradients differ, where the results are right. Raises `Unexplained`."""
    leaves = []
    for pair in pairs:
        for name, want in (pair.want.gradients or {}).items():
            got = (pair.got.gradients or {}).get(name)
            if want is not None:
                leaves.append((got, _numbers(want), pair.inputs))
    missing = [got is None or not _numbers(got).any() for got, want, _inputs in leaves if want.any()]
    if missing and all(missing):
        text = (
            "The numbers are right, but the result is cut off from its arguments: no gradient flows back. "
            "The usual way there is detach(), .data, item(), NumPy or torch.tensor(...) somewhere in "
            "between, or torch.no_grad()."
        )
        return Part("cut-off-from-its-arguments", text)
    if any(got is None for got, _want, _inputs in leaves):
        raise Unexplained
    found = relation([Numbers(_numbers(got), want, inputs) for got, want, inputs in leaves])
    if found is None:
        raise Unexplained
    return Part(
        f"gradient-{found[0]}",
        f"The result is right, and its gradient is not. Of the gradient holds: {found[1]}",
    )
