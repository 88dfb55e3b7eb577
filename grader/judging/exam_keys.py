"""Derive everything random about an exam from the run's seed, so that no number leads to another one.

What an answer's process is seeded with can be read there (`torch.initial_seed()`). It must not tell what
other inputs are drawn from, not even by trying all seeds.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from typing import Final

SALT: Final = b"gradbook exam"
COST: Final = 2**13
"""Of scrypt: 8 MiB and some 30 ms for each seed that somebody tries."""
RANDOM_STATE_BITS: Final = 31
"""What every generator of random numbers accepts as a seed."""


@cache
def exam_key(seed: int) -> bytes:
    """Return the key of all exams with a seed, slowly: a seed can be guessed only by trying one at a time."""
    return hashlib.scrypt(str(seed).encode(), salt=SALT, n=COST, r=8, p=1, dklen=32)


def draw_seed(seed: int, number: int, question: str) -> int:
    """Return the 256-bit seed from which the inputs of a question in one exam are drawn."""
    return int.from_bytes(_keyed_hash(seed, "inputs", number, question), "big")


def random_state(seed: int, number: int, question: str) -> int:
    """Return the seed of the random numbers of the answer to a question, which says nothing about inputs."""
    digest = _keyed_hash(seed, "random state", number, question)
    return int.from_bytes(digest[:4], "big") >> (32 - RANDOM_STATE_BITS)


def _keyed_hash(seed: int, purpose: str, number: int, question: str) -> bytes:
    message = f"{purpose} {number} {question}".encode()
    return hmac.digest(exam_key(seed), message, "sha256")
