"""Find the students of a roster in what was handed in: by what only one of them has, never by a guess.

Ids come first, then names, if nobody else has the same. What is merely alike is suggested to a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from grader.students.identity import KEYS, Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.students.roster import Listed

SAME: Final = (*((key, key) for key in KEYS), ("login", "id"), ("id", "login"))
"""What of a hand-in is compared with what of a roster: some systems have the id as user name."""
LIKELY: Final = 75.0
"""How alike a suggestion is, at least, of 100 (`rapidfuzz.fuzz`)."""
MOST: Final = 3
"""Suggestions for one submission."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who somebody may be, and how alike the names are, of 100."""

    listed: Listed
    score: int


def match(people: Sequence[Identity], roster: Sequence[Listed]) -> list[Listed | None]:
    """Return who each person is in a roster; None if nobody is, or several may be."""
    by_id = _by_ids(roster)
    by_name: dict[str, set[int]] = {}
    for index, one in enumerate(roster):
        for key in name_keys(one.identity.name):
            by_name.setdefault(key, set()).add(index)
    hits = [_hits(person, by_id) for person in people]
    named = [
        set[int]().union(*(by_name.get(key, ()) for key in name_keys(person.name))) if not hit else set[int]()
        for person, hit in zip(people, hits, strict=True)
    ]
    claims = Counter(index for own in named for index in own)
    known = {index for hit in hits if len(hit) == 1 for index in hit}
    found: list[Listed | None] = []
    for hit, own in zip(hits, named, strict=True):
        chosen = hit or {
            index for index in own if len(own) == 1 and claims[index] == 1 and index not in known
        }
        found.append(roster[next(iter(chosen))] if len(chosen) == 1 else None)
    return found


def sought(name: str, identity: Identity) -> Identity:
    """Return what somebody is looked for by; what nothing is known of may be called by any of it."""
    if identity.is_known:
        return identity
    return Identity(name=name, login=name, id=name, github=name, email=name)


def called(text: str, roster: Sequence[Listed]) -> list[Listed]:
    """Return the students of a roster whom a text names: by an id, or exactly by name."""
    wanted = text.strip().casefold()
    by_id = [one for one in roster if any(getattr(one.identity, key).casefold() == wanted for key in KEYS)]
    by_name = [one for one in roster if one.identity.name.casefold() == wanted]
    return (by_id or by_name) if wanted else []


def key_of(identity: Identity) -> str:
    """Return the text that names a student of a roster, for `called`."""
    return next((value for key in KEYS if (value := getattr(identity, key))), identity.name)


def suggestions(label: str, roster: Iterable[Listed]) -> list[Suggestion]:
    """Return who a submission of this name may be from, the likeliest first."""
    from rapidfuzz import fuzz

    wanted = _plain(label)

    def alike(identity: Identity) -> float:
        texts = [identity.name, identity.login, identity.github, identity.email.partition("@")[0]]
        plain = [_plain(text) for text in texts if text]
        whole = [fuzz.token_sort_ratio(wanted, text) for text in plain]
        part = [0.95 * fuzz.token_set_ratio(wanted, text) for text in plain]
        squeezed = [fuzz.ratio(_squeezed(wanted), one) for one in _turned(_plain(identity.name))]
        return max((*whole, *part, *squeezed), default=0.0)

    scored = [Suggestion(one, round(alike(one.identity))) for one in roster]
    likely = sorted((one for one in scored if one.score >= LIKELY), key=lambda one: -one.score)
    return likely[:MOST]


def name_keys(name: str) -> frozenset[str]:
    """Return what equal names have in common: their words in any order, and their letters in some.

    "Lovelace, Ada" is Ada Lovelace, and Canvas' lovelaceada.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    words = re.findall(r"[^\W_]+", text)
    return frozenset({" ".join(sorted(words)), *_turned(" ".join(words))} - {""})


def _by_ids(roster: Sequence[Listed]) -> Mapping[tuple[str, str], int]:
    return {
        (key, value.casefold()): index
        for index, one in enumerate(roster)
        for key in KEYS
        if (value := getattr(one.identity, key))
    }


def _hits(person: Identity, by_id: Mapping[tuple[str, str], int]) -> set[int]:
    own = msgspec.to_builtins(person)
    pairs = ((theirs, own[mine].casefold()) for mine, theirs in SAME if own.get(mine))
    return {by_id[pair] for pair in pairs if pair in by_id}


def _turned(words: str) -> list[str]:
    """Return the letters of a name, with any number of its last words in front."""
    own = words.split()
    return ["".join([*own[place:], *own[:place]]) for place in range(len(own))]


def _plain(text: str) -> str:
    """Return the words of a text without capital letters, accents and digits."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.findall(r"[^\W\d_]+", kept))


def _squeezed(text: str) -> str:
    return text.replace(" ", "")
