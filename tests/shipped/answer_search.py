"""A submission that searches its process for answers: what it runs, and what it is to find.

It knows answers only by hashes, else it would find itself.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections import Counter
from inspect import CO_OPTIMIZED
from types import CodeType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

MIN_LINE: Final = 22
"""Shorter lines, and code with fewer bytes than `MIN_CODE`, are in many programs."""
MIN_CODE: Final = 40

SEARCH: Final = """
import ctypes, gc, hashlib, json, linecache, os, re, sys, types
from d2l import torch as d2l
from d2l.torch import *

ANSWERS = json.loads(ANSWERS_HERE)
FILES = json.loads(FILES_HERE)
MIN_LINE, MIN_CODE = LENGTHS_HERE
RUNS = re.compile(rb"[\\x20-\\x7e]{%d,}" % MIN_LINE)
found, seen = set(), set()

def key(thing):
    return hashlib.sha256(repr(thing).encode("utf-8", "replace")).hexdigest()[:12]

def text(place, content):
    if isinstance(content, (bytes, bytearray, memoryview)):
        content = bytes(content).decode("utf-8", "replace")
    for line in content.split("\\n"):
        line = line.strip()
        if len(line) >= MIN_LINE:
            found.update((place, name) for name in ANSWERS.get(key(line), ()))

def code(place, thing):
    if len(thing.co_code) >= MIN_CODE:
        found.update((place, name) for name in ANSWERS.get(key((thing.co_code, thing.co_names)), ()))

def follow(place, roots, depth):
    queue = [(root, 0) for root in roots]
    while queue:
        thing, level = queue.pop()
        if id(thing) in seen or thing is ANSWERS:
            continue
        seen.add(id(thing))
        if isinstance(thing, (str, bytes, bytearray)):
            text(place, thing)
        elif isinstance(thing, types.CodeType):
            code(place, thing)
            queue += [(one, level) for one in thing.co_consts]
        elif level < depth:
            if isinstance(thing, types.FrameType):
                queue += [(one, level + 1) for one in thing.f_locals.values()]
            queue += [(one, level + 1) for one in gc.get_referents(thing)]

def in_files():
    for root in ("/", *sys.path, os.environ.get("GRADBOOK_COURSE", "/"), os.getcwd(), *FILES):
        if os.path.isfile(root):
            read(root)
        for folder, folders, names in os.walk(root):
            packages = [sys.prefix, sys.base_prefix, "/usr", "/sys", "/proc", "/lib", "/etc"]
            around = [one for one in (*packages, *FILES) if folder.startswith(one)]
            if max(around, key=len, default="") in packages:
                folders.clear()
                continue
            for name in names:
                read(os.path.join(folder, name))

def read(path):
    try:
        if os.path.isfile(path) and os.path.getsize(path) < 2**21:
            with open(path, "rb") as file:
                text("the file " + path, file.read())
    except OSError:
        pass

def in_descriptors():
    for number in range(256):
        try:
            text("descriptor %d" % number, os.pread(number, 2**21, 0))
        except OSError:
            pass

def in_memory():
    try:
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
            for line in maps:
                area, rights = line.split()[:2]
                start, end = (int(one, 16) for one in area.split("-"))
                if rights.startswith("rw") and "/" not in line:
                    memory.seek(start)
                    for run in RUNS.findall(memory.read(end - start)):
                        text("the memory", run)
    except OSError:
        pass

def look(everything):
    if everything:
        gc.unfreeze()
        in_files()
        in_descriptors()
        in_memory()
    depth = 60 if everything else 3
    follow("an object", gc.get_objects(), depth)
    follow("a frame", list(sys._current_frames().values()), 6)
    follow("linecache", [linecache.cache], 6)
    follow("a module", [vars(one) for one in list(sys.modules.values()) if one and "d2l" in str(one)], 6)
    for module in list(sys.modules.values()):
        try:
            if "d2l" in str(module):
                text("a loader", module.__spec__.loader.get_source(module.__name__))
        except Exception:
            pass
    return sorted(map(list, found))
"""


def program(answers: Mapping[str, Collection[str]], files: Iterable[str], names: Iterable[str]) -> str:
    """Return the submission: each of these exercises is a function that searches.

    `answers` has names of answers by hash; `files` are files and folders to be tried by their paths.
    """
    listed = {one: sorted(names) for one, names in answers.items()}
    source = SEARCH.replace("ANSWERS_HERE", repr(json.dumps(listed)))
    source = source.replace("FILES_HERE", repr(json.dumps(list(files))))
    source = source.replace("LENGTHS_HERE", repr((MIN_LINE, MIN_CODE)))
    definitions = (f"def {name}(everything=False):\n    return look(everything)\n" for name in names)
    return source + "\n" + "\n".join(definitions)


def hashes(source: str, first: int = 1, last: int = 10**9) -> Counter[str]:
    """Count the hashes by which the search knows some lines of a source, and the functions in them."""
    lines = (line.strip() for line in source.split("\n")[first - 1 : last])
    found = Counter(key(line) for line in lines if len(line) >= MIN_LINE)
    for code in codes(source):
        if first <= code.co_firstlineno <= last and len(code.co_code) >= MIN_CODE:
            found[key((code.co_code, code.co_names))] += 1
    return found


def place(source: str, path: str) -> tuple[int, int] | None:
    """Return first and last line of a function, class or method "Class.method"; None if there is none."""
    body: list[ast.stmt] = ast.parse(source).body
    found = None
    for name in path.split("."):
        found = next((one for one in body if getattr(one, "name", None) == name), None)
        body = getattr(found, "body", [])
    return None if found is None else (found.lineno, found.end_lineno or found.lineno)


def codes(source: str) -> Iterator[CodeType]:
    """Yield the code of all functions in a source, without that of the module and of class bodies."""
    waiting = [compile(source, "<answer>", "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
        if code.co_flags & CO_OPTIMIZED:
            yield code


def key(thing: object) -> str:
    """Return a hash, as the search does."""
    return hashlib.sha256(repr(thing).encode("utf-8", "replace")).hexdigest()[:12]
