"""How wrong numbers relate to the right ones: a factor, a sum for a mean, a missing root, other places.

Each relation returns, for the numbers of one case, the names of what fits there. What is told must fit on all
cases.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import torch

from grader.judging.observation_equality import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MIN_CASES: Final = 3
"""The number of cases with a difference from which a relation is believed."""
ROUGHLY: Final = 0.03


class Numbers(NamedTuple):
    """The numbers of a result, those of a right one, and the inputs."""

    got: torch.Tensor
    want: torch.Tensor
    inputs: Mapping[str, Any]


Told = tuple[str, str]
"""A name, and what is said."""


def relation(numbers: Sequence[Numbers]) -> Told | None:
    """Return the one relation that holds on all cases; None if there is none, or several.

    A vague one (always the same factor, right numbers in other places, right but for the last) is told only
    if no exact one holds: the first, since each is the plainer the earlier it comes.
    """
    differing = sum(not near(one.got, one.want) for one in numbers)
    if differing < MIN_CASES:
        return None
    exact = {told for name in EXACT for told in _holding(name, numbers)}
    names = {name for name, _text in exact}
    exact = {told for told in exact if PLAINER.get(told[0]) not in names}
    if exact:
        return next(iter(exact)) if len(exact) == 1 else None
    everywhere = (told for told in (vague(numbers) for vague in ON_ALL_CASES) if told is not None)
    holding = (told for name in VAGUE for told in sorted(_holding(name, numbers)))
    return next(itertools.chain(everywhere, holding), None)


def _holding(candidates: Callable[[Numbers], Iterator[Told]], numbers: Sequence[Numbers]) -> set[Told]:
    holding: set[Told] | None = None
    for one in sorted(numbers, key=lambda one: near(one.got, one.want)):  # what differs decides soonest
        found = set(candidates(one))
        holding = found if holding is None else holding & found
        if not holding:
            return set()
    return holding or set()


FACTORS: Final = {
    2.0: ("twice-as-large", "twice as large as they should be"),
    0.5: ("half-as-large", "half as large as they should be"),
    3.0: ("three-times-as-large", "three times as large as they should be"),
    4.0: ("four-times-as-large", "four times as large as they should be"),
    0.25: ("a-quarter", "a quarter of what they should be"),
    10.0: ("ten-times-as-large", "ten times as large as they should be"),
    0.1: ("a-tenth", "a tenth of what they should be"),
    100.0: ("a-hundred-times-as-large", "a hundred times as large as they should be"),
    0.01: ("a-hundredth", "a hundredth of what they should be"),
}


def factors(one: Numbers) -> Iterator[Told]:
    """Yield the constant factors that fit."""
    for factor, (name, words) in FACTORS.items():
        if near(one.got, factor * one.want):
            yield (
                name,
                (
                    f"The numbers are {words}, on all inputs. A factor is missing or one too many, or "
                    "something is counted in more than once."
                ),
            )
    if near(one.got, -one.want):
        yield (
            "wrong-sign",
            (
                "The numbers have the wrong sign, all of them. Usually a minus is missing or one too many, "
                "or a difference is taken the other way round."
            ),
        )


def sizes(one: Numbers) -> Iterator[Told]:
    """Yield the sizes of arguments by which numbers are multiplied or divided too often."""
    for size, words in _sizes(one.inputs):
        if near(one.got, size * one.want):
            yield (
                f"times-{_hyphened(words)}",
                (
                    f"The numbers are too large by a factor: {words}. Usually a sum is taken where a mean "
                    f"belongs."
                ),
            )
        if near(one.got, one.want / size):
            yield (
                f"divided-by-{_hyphened(words)}",
                (
                    f"The numbers are too small, divided by {words}. Usually a mean is taken where a sum "
                    "belongs, or over more than belongs together."
                ),
            )


def _sizes(inputs: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for name, value in inputs.items():
        if isinstance(value, (torch.Tensor, np.ndarray)) and value.ndim:
            shape = tuple(value.shape)
            names = ["rows", "columns"] if len(shape) == len(("rows", "columns")) else []
            for size, what in zip(shape, names, strict=False):
                if size:
                    yield size, f"the number of {what} of {name}"
            if math.prod(shape):
                yield math.prod(shape), f"the number of elements of {name}"


def arguments(one: Numbers) -> Iterator[Told]:
    """Yield the arguments that numbers are multiplied by, divided by, or moved by; or that come back."""
    for name, value in one.inputs.items():
        if isinstance(value, bool) or not isinstance(value, (int, float, torch.Tensor, np.ndarray)):
            continue
        given = torch.as_tensor(value).detach()
        if given.is_complex() or not math.prod(given.shape):
            continue
        given = given.to(torch.float64)
        if given.shape not in {torch.Size(()), one.want.shape}:
            if given.shape == one.got.shape and near(one.got, given):
                yield _back(name)
            continue
        got, want = one.got, one.want.to(torch.float64)
        if given.shape == one.got.shape and given.ndim and near(got, given):
            yield _back(name)
        for words, excess, result in (
            (f"multiplied by {name}", " once too often", want * given),
            (f"divided by {name}", " once too often", want / given),
            (f"multiplied by the square of {name}", " too much", want * given**2),
            (f"divided by the square of {name}", " too much", want / given**2),
            (f"too large by {name}", "", want + given),
            (f"too small by {name}", "", want - given),
        ):
            if near(got, result.to(got.dtype)):
                subject = f"the right ones {words}" if excess else words
                yield (
                    _hyphened(f"{words}{excess}"),
                    (
                        f"The numbers are {subject}. Follow {name} through the formula: is it there as often "
                        "as in the book, with its power and its sign, and within the right parentheses?"
                    ),
                )


def _back(name: str) -> Told:
    return (
        f"hands-back-{name}",
        (
            f"What comes back is {name} as it was given. Usually the result of a computation is not kept, or "
            "another variable is returned."
        ),
    )


FUNCTIONS: Final[tuple[tuple[str, str, Callable[[torch.Tensor], torch.Tensor]], ...]] = (
    ("square-of-it", "the squares of the right ones: a root is missing, or a square too many", torch.square),
    ("root-of-it", "the roots of the right ones: a square is missing, or a root too many", torch.sqrt),
    ("size-of-it", "right but for their signs: negative ones are turned around", torch.abs),
    ("one-over-it", "one divided by the right ones: a fraction is upside down", torch.reciprocal),
    ("one-minus-it", "1 minus the right ones", lambda want: 1 - want),
    ("one-more", "too large by 1", lambda want: want + 1),
    ("one-less", "too small by 1", lambda want: want - 1),
    ("logarithm-of-it", "the logarithms of the right ones", torch.log),
    ("exponential-of-it", "the exponentials of the right ones", torch.exp),
    ("cut-to-whole-numbers", "cut off to whole numbers: what follows the point is lost", torch.trunc),
    ("rounded-down", "rounded down to whole numbers", torch.floor),
    ("rounded", "rounded to whole numbers", torch.round),
    (
        "negative-ones-zero",
        "right where they should be positive, and 0 where negative",
        lambda w: w.clamp(min=0),
    ),
    ("nothing-but-zeros", "0, whatever the inputs are", torch.zeros_like),
    ("nothing-but-nan", "NaN, whatever the inputs are", lambda want: torch.full_like(want, math.nan)),
)


_ONLY_OF_RESULTS: Final = frozenset({"nothing-but-nan"})
"""What is said only of what an answer returned: a drive may write NaN for what isn't there."""


def functions(one: Numbers) -> Iterator[Told]:
    """Yield the functions that turn right numbers into these."""
    for name, words, function in FUNCTIONS:
        if near(one.got, function(one.want)) and (one.inputs or name not in _ONLY_OF_RESULTS):
            yield name, f"The numbers are {words}."


def reductions(one: Numbers) -> Iterator[Told]:
    """Yield the sums and means that a right result was reduced by in the end."""
    if one.want.ndim == 0:
        return
    for what, function in (("sum", torch.sum), ("mean", torch.mean)):
        axes: list[tuple[str, Any]] = [("of everything", None)]
        if one.want.ndim > 1:
            axes += [("down the rows", 0), ("along the columns", 1)]
        for where, axis in axes:
            reduced = function(one.want) if axis is None else function(one.want, dim=axis)
            if near(one.got, reduced):
                yield (
                    f"{what}-{_hyphened(where)}",
                    f"What comes back is the {what} {where} of what should: a reduction too many.",
                )


def places(one: Numbers) -> Iterator[Told]:
    """Yield whether these are the right numbers in other places."""
    if one.got.shape != one.want.shape or one.want.ndim == 0:
        return
    if not near(one.got.flatten().sort().values, one.want.flatten().sort().values):
        return
    if one.want.ndim > 1 and near(one.got, one.want.flip(0)):
        yield "rows-turned-around", "The rows come in the reverse order."
    elif near(one.got.flatten(), one.want.flatten().flip(0)) and one.want.ndim == 1:
        yield "turned-around", "The numbers come in the reverse order."
    yield (
        "other-places",
        (
            "All numbers are right, but they stand in other places. Usually reshape takes the place of a "
            "transpose, or things are put together along another axis: reshape keeps the order of elements "
            "in memory."
        ),
    )


POSITIONS: Final[tuple[tuple[str, Callable[[torch.Tensor], torch.Tensor]], ...]] = (
    ("last", lambda wrong: _marked(wrong, -1)),
    ("first", lambda wrong: _marked(wrong, 0)),
)


def _marked(like: torch.Tensor, index: int) -> torch.Tensor:
    mask = torch.zeros_like(like)
    mask[index] = True
    return mask


def positions(one: Numbers) -> Iterator[Told]:
    """Yield whether only the first or the last element, or row, is wrong."""
    if one.got.shape != one.want.shape or one.want.ndim == 0 or not len(one.want):
        return
    wrong = _wrong(one)
    for which, mask in POSITIONS:
        if not (wrong & ~mask(wrong)).any():
            what = "element" if one.want.ndim == 1 else "row"
            yield (
                f"wrong-{which}-one",
                (
                    f"Everything is right but for the {which} {what}. Usually a loop or a slice begins or "
                    "ends one too early or too late."
                ),
            )


def roughness(one: Numbers) -> Iterator[Told]:
    """Yield whether numbers are roughly right, but not exactly."""
    if one.got.shape != one.want.shape:
        return
    if ((one.got - one.want).abs() <= ROUGHLY * one.want.abs().max()).all():
        yield (
            "roughly-right",
            (
                "The numbers are roughly right, but off by more than rounding explains. Usually they are "
                "approximated (a "
                "difference quotient, too few digits, a constant that is added or cut off) where they can be "
                "computed exactly."
            ),
        )


def same_factor(numbers: Sequence[Numbers]) -> Told | None:
    """Return whether all numbers are wrong by one factor. It isn't said: it may depend on secret inputs."""
    factor = _fitted(numbers, lambda one: one.got.to(torch.float64) / one.want.to(torch.float64))
    if factor is None or not all(near(one.got, (factor * one.want).to(one.got.dtype)) for one in numbers):
        return None
    return (
        "the-same-factor",
        (
            "The numbers are wrong by the same factor on all inputs. A constant is missing, one too many, or "
            "another one than in the formula."
        ),
    )


def same_offset(numbers: Sequence[Numbers]) -> Told | None:
    """Return whether all numbers are wrong by one term. It isn't said, either."""
    offset = _fitted(numbers, lambda one: one.got.to(torch.float64) - one.want.to(torch.float64))
    if offset is None or not all(near(one.got, (one.want + offset).to(one.got.dtype)) for one in numbers):
        return None
    return (
        "the-same-term",
        (
            "The numbers are wrong by the same term on all inputs. A constant is added that doesn't belong "
            "there, or one is forgotten."
        ),
    )


def _fitted(numbers: Sequence[Numbers], ratio: Callable[[Numbers], torch.Tensor]) -> float | None:
    """Return the ratio, or difference, at the largest right number; None if there is none."""
    of_one_shape = [one for one in numbers if one.got.shape == one.want.shape and one.want.numel()]
    if len(of_one_shape) < len(numbers):
        return None
    largest = max(of_one_shape, key=lambda one: float(one.want.abs().max()))
    fitted = float(ratio(largest).flatten()[largest.want.abs().argmax()])
    return fitted if math.isfinite(fitted) else None


MIN_SIDE: Final = 0.2
"""The share of elements that there must be on both sides of a condition."""
MIN_SHARE: Final = 0.9
"""The share of elements that must be wrong where it holds."""


def elements(numbers: Sequence[Numbers]) -> Told | None:
    """Return which elements alone are wrong: those where the right number or an argument is negative, say."""
    if any(one.got.shape != one.want.shape or not one.inputs for one in numbers):
        return None
    wrong = torch.cat([_wrong(one).flatten() for one in numbers])
    values = {"the right number": [one.want for one in numbers]}
    for name, value in numbers[0].inputs.items():
        given = [one.inputs.get(name) for one in numbers]
        if isinstance(value, torch.Tensor) and all(
            isinstance(each, torch.Tensor) and each.shape == one.want.shape
            for each, one in zip(given, numbers, strict=True)
        ):
            values[name] = [each.detach() for each in given if each is not None]
    fitting = []
    for name, tensors in values.items():
        flat = torch.cat([one.flatten().to(torch.float64) for one in tensors])
        for words, mask in (
            (f"{name} is negative", flat < 0),
            (f"{name} is positive", flat > 0),
            (f"{name} is 0", flat == 0),
            (f"{name} is above 1", flat > 1),
        ):
            chosen, others = int(mask.sum()), int((~mask).sum())
            if min(chosen, others) < MIN_SIDE * len(flat) or (wrong & ~mask).any():
                continue
            if int(wrong.sum()) >= MIN_SHARE * chosen:
                fitting.append(words)
    if len(fitting) != 1:
        return None
    return (
        f"wrong-where-{_hyphened(fitting[0])}",
        f"Only those elements are wrong where {fitting[0]}; all others are right.",
    )


def _wrong(one: Numbers) -> torch.Tensor:
    if not one.want.numel():
        return torch.zeros(one.want.shape, dtype=torch.bool)
    eps = max(torch.finfo(each.dtype).eps for each in (one.got, one.want))
    return ~((one.got - one.want).abs() <= math.sqrt(eps) * float(one.want.abs().max()))


EXACT: Final = (factors, sizes, arguments, functions, reductions)
ON_ALL_CASES: Final = (same_factor, same_offset, elements)
VAGUE: Final = (places, positions, roughness)
PLAINER: Final = {"rounded-down": "cut-to-whole-numbers", "rounded": "cut-to-whole-numbers"}
"""What is not told where something plainer holds as well."""


def _hyphened(words: str) -> str:
    return words.replace("the number of ", "").replace(" ", "-")
