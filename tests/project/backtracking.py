"""How long a regular expression can backtrack, computed from its automaton.

Python's `re` tries one way to match after the other. In how many ways a text can be read bounds its time:

- It is exponential if some text leads from a position of the pattern back to itself in two ways: `(a|a)*`.
- It is at least quadratic if some text leads from a position p to itself, from p to another position q, and
  from q to itself: `a*a*`, or `a+b` as `re.search` sees it, which may begin anywhere.

(A. Weber, H. Seidl: On the degree of ambiguity of finite automata, 1991.) Where a match can end at q, nothing
is tried again, so that q does no harm.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALPHABET: Final = [
    *map(chr, range(128)),
    "\N{LATIN SMALL LETTER E WITH ACUTE}",
    "\N{SUPERSCRIPT TWO}",
    "\u2028",
]
EVERYTHING: Final = (1 << len(ALPHABET)) - 1
MAX_COPIES: Final = 3
"""A bounded repetition is read as at most this many copies: its length doesn't depend on the text."""
CATEGORIES: Final = {
    c.CATEGORY_DIGIT: r"\d",
    c.CATEGORY_NOT_DIGIT: r"\D",
    c.CATEGORY_SPACE: r"\s",
    c.CATEGORY_NOT_SPACE: r"\S",
    c.CATEGORY_WORD: r"\w",
    c.CATEGORY_NOT_WORD: r"\W",
}


@dataclass
class Part:
    """A part of a pattern: in how many ways it matches nothing, begins at a position, and ends at one."""

    empty: int
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


class Automaton:
    """The positions of a pattern, the characters at each, and which can follow which, in how many ways.

    With `anchored`, a match begins where the text does; else it may begin anywhere. With `whole`, it must end
    where the text does.
    """

    def __init__(self, pattern: str, flags: int = 0, *, anchored: bool = False, whole: bool = False) -> None:
        parsed = parser.parse(pattern, flags)
        self.flags = parsed.state.flags
        self.characters: list[int] = []
        self.follow: dict[int, Counter[int]] = {}
        made = self._sequence(parsed)
        if not anchored:
            self._begin_anywhere(parsed[0] if len(parsed) else None, made)
        ends = len(parsed) > 0 and parsed[-1][0] is c.AT and parsed[-1][1] in {c.AT_END, c.AT_END_STRING}
        self.accepting = set() if whole or ends else set(made.last)

    def _begin_anywhere(self, item: tuple[Any, Any] | None, made: Part) -> None:
        """Let any text precede a match; for `^` none, or some lines."""
        if item == (c.AT, c.AT_BEGINNING_STRING):
            return
        before = anywhere = self._position(EVERYTHING)
        if item == (c.AT, c.AT_BEGINNING):
            if not self.flags & re.MULTILINE:
                return
            before = self._position(self._matching(c.LITERAL, ord("\n")))
            self._connect(anywhere.last, before.first)
        self._connect(anywhere.last, anywhere.first)
        self._connect(before.last, made.first)

    def _position(self, characters: int) -> Part:
        self.characters.append(characters)
        number = len(self.characters) - 1
        self.follow[number] = Counter()
        return Part(0, Counter({number: 1}), Counter({number: 1}))

    def _connect(self, before: Counter[int], after: Counter[int]) -> None:
        for position, ways in before.items():
            self.follow[position].update(_times(ways, after))

    def _sequence(self, items: Iterable[tuple[Any, Any]]) -> Part:
        made = Part(1)
        for code, argument in items:
            made = self._joined(made, self._part(code, argument))
        return made

    def _joined(self, one: Part, other: Part) -> Part:
        self._connect(one.last, other.first)
        return Part(
            one.empty * other.empty,
            one.first + _times(one.empty, other.first),
            other.last + _times(other.empty, one.last),
        )

    def _part(self, code: Any, argument: Any) -> Part:  # noqa: ANN401 - the parser's own
        if code in {c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN}:
            return self._position(self._matching(code, argument))
        if code is c.BRANCH:
            made = Part(0)
            for branch in map(self._sequence, argument[1]):
                made = Part(made.empty + branch.empty, made.first + branch.first, made.last + branch.last)
            return made
        if code is c.SUBPATTERN:
            return self._sequence(argument[-1])
        if code is c.ATOMIC_GROUP:
            return self._sequence(argument)
        if code in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
            return self._repetition(*argument)
        if code in {c.AT, c.ASSERT, c.ASSERT_NOT, c.GROUPREF}:
            return Part(1)
        raise NotImplementedError(code)

    def _repetition(self, least: int, most: int, body: Any) -> Part:  # noqa: ANN401
        endless = most is c.MAXREPEAT
        copies = max(min(least, MAX_COPIES), 1) if endless else min(most, MAX_COPIES)
        made = Part(1)
        for copy in range(copies):
            one = self._sequence(body)
            made = self._joined(made, Part(max(one.empty, int(copy >= least)), one.first, one.last))
            if endless and copy == copies - 1:
                self._connect(one.last, one.first)
        return made

    def _matching(self, code: Any, argument: Any) -> int:  # noqa: ANN401
        """Return the characters of the alphabet that an item matches, as bits."""
        if code is c.ANY:
            return self._bits(self.flags & re.DOTALL or character != "\n" for character in ALPHABET)
        if code is c.IN:
            negated = (c.NEGATE, None) in argument
            found = 0
            for one, value in argument:
                if one is not c.NEGATE:
                    found |= self._matching(one, value)
            return found ^ EVERYTHING if negated else found
        if code is c.CATEGORY:
            category = re.compile(CATEGORIES[argument])
            return self._bits(category.match(character) for character in ALPHABET)
        if code is c.RANGE:
            return self._bits(argument[0] <= ord(character) <= argument[1] for character in ALPHABET)
        literal = self._bits(ord(character) == argument for character in ALPHABET)
        return literal ^ EVERYTHING if code is c.NOT_LITERAL else literal

    def _bits(self, matches: Iterable[object]) -> int:
        return sum(1 << number for number, matched in enumerate(matches) if matched)

    def is_superlinear(self) -> bool:
        """Return whether some texts take more time than in proportion to their length."""
        return self._is_exponential() or any(self._is_quadratic(p, q) for p, q in self._pairs())

    def _is_exponential(self) -> bool:
        for position in self.follow:
            reached = self._reached(position)
            if any(
                ways > 1 and position in self._reached(other)
                for other, ways in self.follow[position].items()
                if other in reached
            ):
                return True
            if any(one != other for one, other in self._on_the_way_back(position)):
                return True
        return False

    def _on_the_way_back(self, position: int) -> set[tuple[int, ...]]:
        """Return the pairs of positions that one text reaches from a position and leads back to it."""
        start = (position, position)
        forth = self._walk(start)
        return {pair for pair in forth if start in self._walk(pair)} if len(forth) > 1 else set()

    def _is_quadratic(self, p: int, q: int) -> bool:
        return (p, q, q) in self._walk((p, p, q))

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of two positions on cycles, the second of which follows the first and may fail."""
        cyclic = [position for position in self.follow if position in self._reached(position)]
        for p in cyclic:
            for q in cyclic:
                if p != q and q not in self.accepting and q in self._reached(p):
                    yield p, q

    def _reached(self, position: int) -> set[int]:
        return {one for (one,) in self._walk((position,))}

    def _walk(self, start: tuple[int, ...]) -> set[tuple[int, ...]]:
        """Return where the same text of one character or more can lead from several positions."""
        found: set[tuple[int, ...]] = set()
        ahead = deque([start])
        while ahead:
            for following in self._steps(ahead.popleft()):
                if following not in found:
                    found.add(following)
                    ahead.append(following)
        return found

    def _steps(self, positions: tuple[int, ...], common: int = EVERYTHING) -> Iterator[tuple[int, ...]]:
        if not positions:
            yield ()
            return
        for following in self.follow[positions[0]]:
            shared = common & self.characters[following]
            if shared:
                for rest in self._steps(positions[1:], shared):
                    yield following, *rest


def _times(ways: int, positions: Counter[int]) -> Counter[int]:
    return Counter({position: ways * others for position, others in positions.items() if ways})


def is_superlinear(pattern: str, flags: int = 0, *, anchored: bool = False, whole: bool = False) -> bool:
    """Return whether matching a pattern can take more than linear time; for arguments see `Automaton`."""
    return Automaton(pattern, flags, anchored=anchored, whole=whole).is_superlinear()
