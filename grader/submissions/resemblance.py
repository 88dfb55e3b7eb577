"""What a file or folder looks like by its name: a section of the course, a helper beside it, or a student."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grader.submissions.contents import is_archive, is_source
from grader.submissions.naming import suffix_of, why_not_entered

if TYPE_CHECKING:
    from collections.abc import Collection

HELPERS: Final = frozenset(
    """
    activation activations answer answers appendix archive assignment assignments autoencoder backup batch
    batches bench benchmark cell cells ch chap chapter checkpoint checkpoints ckpt ckpts code common config
    configs conftest constants copy core cuda d2l data dataloader dataset datasets demo doc docs drive env
    environment eval evaluate evaluation example examples exercise exercises experiment experiments fashion
    fashionmnist fig figs figure figures final function functions gpu grader handin helper helpers homework
    homeworks hw image images img imgs init initialization lab layer layers lib log logs loss losses main
    metric metrics misc mnist model models module modules net nets network networks new nn note notebook
    notebooks notes old optim optimizer optimizers optional out output outputs part performance pic pics
    pictures plot plots plotting predict preprocess previous problem problems project question questions
    readme report requirements result results run runs sandbox sec section settings setup sgd solution
    solutions src step submission submissions task tasks test testing tests tmp tool tools torch train trainer
    training types untitled util utilities utils v venv version vis visual visualization week weeks weights
    """.split()  # noqa: SIM905 - a long list of words is best read as text
)
"""Words in the names of what students keep beside their answers, and in no student's name."""
_ANONYMOUS: Final = re.compile(r"(?:submission|handin|student|group|team)[\W_]*\d")
"""A student, or a team, with a number for a name."""
TYPO: Final = 0.85
"""How similar to a word of the course a misspelt one is, at least (`difflib.SequenceMatcher.ratio`)."""
SHORTEST_TYPO: Final = 6
"""Shorter words are too similar to names: data and Dana, main and Marin."""
STUDENT_NUMBER: Final = 3
"""Digits of a number that belongs to a student; shorter ones count versions, parts or weeks."""


@dataclass(frozen=True)
class CourseNames:
    """The names that a course gives to files and folders.

    Args:
        modules: its section modules, such as `softmax_regression_scratch`.
        chapters: the folders of the sections, such as `ch4_linear_classification`.
    """

    modules: frozenset[str]
    chapters: frozenset[str] = frozenset()

    def section(self, name: str) -> str | None:
        """Return the section module that a source file is named after, however it is spelt; else None.

        The book's own `softmax-regression-scratch.ipynb` is one, and `MLP.ipynb`.
        """
        return self._squeezed.get(_squeezed(_stem(name))) if is_source(name) else None

    def looks_like_a_student(self, name: str, *, is_folder: bool) -> bool:
        """Return whether a file or folder may be named after a student, rather than after its contents.

        A name is not, if it consists of words about the course (misspelt ones, too), words for what is kept
        beside answers, and small numbers: `mlp (1).ipynb`, `sofmax_regression.py`, `test_mlp.py`, `utils.py`.
        Files that can't hold answers look like nothing, and folders of packages, data and logs.
        """
        if why_not_entered(name, "") if is_folder else not (is_source(name) or is_archive(name)):
            return False
        if _ANONYMOUS.search(name.lower()):
            return True
        words = words_of(name if is_folder else _stem(name))
        about_course = frozenset[str]() if not is_folder and is_archive(name) else self._words
        return not words or not all(word in HELPERS or _resembles(word, about_course) for word in words)

    @cached_property
    def _squeezed(self) -> dict[str, str]:
        return {_squeezed(module): module for module in self.modules}

    @cached_property
    def _words(self) -> frozenset[str]:
        names = [*self.modules, *self.chapters]
        return frozenset(self._squeezed).union(*(words_of(name) for name in names))


def words_of(name: str) -> list[str]:
    """Return the words of a name in lower case: ch, softmax and copy for `ch4_Softmax-Copy1`.

    A number of few digits at the end of a word, or between words, is left out.
    """
    spaced = re.sub("([a-z])([A-Z])", r"\1 \2", name)
    words = []
    for token in re.findall(r"[^\W_]+", spaced.lower()):
        letters = token.rstrip("0123456789")
        is_student_number = len(token) - len(letters) >= STUDENT_NUMBER
        words.append(token if is_student_number else letters)
    return [word for word in words if word]


def _resembles(word: str, known: Collection[str]) -> bool:
    if word in known or len(word) < SHORTEST_TYPO:
        return word in known
    similar = [one for one in known if abs(len(one) - len(word)) <= 1]
    return bool(difflib.get_close_matches(word, similar, n=1, cutoff=TYPO))


def _stem(name: str) -> str:
    suffix = suffix_of(name)
    return name[: -len(suffix)] if suffix else name


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
