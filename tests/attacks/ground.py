"""The targets of attacks: files to read and change, listeners to reach, and how to tell if they were."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import stat
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.attacks.corpus import ATTACKS, RIGHT
from tests.fixtures.hostile_folders import nested
from tests.fixtures.small_class import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "SECRET-4711"  # noqa: S105 - what attackers look for
HARM = "HARM"
HONEST_EVERY = 4
FORMULA = "=cmd|' C calc'!A0"
ESCAPE = "esc\x1b[31mape"
MARKER = f"hm-{os.getpid()}"
"""The name that attackers give their processes, so that the test finds those that are left."""


@dataclass
class Ground:
    """A course, a class and secrets, in one folder."""

    root: Path
    port: int

    def __post_init__(self) -> None:
        self.folder, self.out, self.course = (self.root / name for name in ("class", "out", "course"))
        self.secret = self.root / "secret.txt"
        self.words = {
            "CLASS_FOLDER": self.folder, "COURSE_FOLDER": self.course, "OUT_FOLDER": self.out,
            "SECRET_FILE": self.secret, "SOCKET_FILE": self.root / "socket", "PORT": self.port,
            "MARKER": MARKER,
        }  # fmt: skip
        self.before: dict[Path, tuple[int, bytes]] = {}

    def settle(self) -> None:
        """Write the course, and other files worth reading."""
        self.folder.mkdir()
        self.secret.write_text(SECRET)
        checks = self.course / "assignments" / "ch1"
        solution = self.course / "reference" / "ch1"
        checks.mkdir(parents=True)
        solution.mkdir(parents=True)
        (checks / "test_doubling.py").write_text(f"# {SECRET}\n{CHECKS}")
        (solution / "doubling.py").write_text(f'"""{SECRET}"""\n{RIGHT}')
        (self.folder / "neighbour.py").write_text(f"# {SECRET}\n{RIGHT}")

    def source(self, name: str) -> str:
        """Return the source of an attack, with the paths of these targets."""
        source = ATTACKS[name].source
        for word, meaning in self.words.items():
            source = source.replace(word, str(meaning))
        return source

    def fill(self) -> None:
        """Write the submissions of honest students and of attackers."""
        for number, name in enumerate(sorted(ATTACKS)):
            (self.folder / f"{name}.py").write_text(self.source(name))
            if number % HONEST_EVERY == 0:
                (self.folder / f"{name}_honest.py").write_text(RIGHT)
        (self.folder / f"{FORMULA}.py").write_text(RIGHT)
        (self.folder / f"{ESCAPE}.py").write_text(RIGHT)
        with zipfile.ZipFile(self.folder / "file_slip.zip", "w") as slip:
            slip.writestr("../../HARM.py", HARM)
        with deflated(self.folder / "file_bomb.zip") as bomb:
            bomb.writestr("doubling.py", bytes(2**28))
        (self.folder / "file_long.py").write_bytes(b"# " + b"x" * (100 << 20) + b"\n" + RIGHT.encode())
        self.fill_with_hostile_files()
        self.before = self.files()

    def fill_with_hostile_files(self) -> None:
        """Write submissions that attack what finds, collects and reads them."""
        for name, target in (("link", self.secret), ("loop", "file_loop.py"), ("alias", "neighbour.py")):
            (self.folder / f"file_{name}.py").symlink_to(target)
        os.mkfifo(self.folder / "file_pipe.py")
        for name in ("deep", "long_path", "zero", "name"):
            (self.folder / f"file_{name}").mkdir()
        right = RIGHT.encode()
        (self.folder / "file_deep" / "doubling.py").write_bytes(right)
        nested(self.folder / "file_deep", "d", 1100)
        nested(self.folder / "file_long_path", "d" * 200, 25, file="doubling.py", content=right)
        nested(
            self.folder / "file_name", os.fsdecode(b"\xff\n::error::b"), 1, file="doubling.py", content=right
        )
        (self.folder / "file_zero" / "doubling.py").symlink_to("/dev/zero")
        (self.folder / "file_strings.ipynb").write_bytes(b"," * 4_000_001 + b'"' + b'\\"' * 1_000_000)
        (self.folder / "file_minus.ipynb").write_text(
            json.dumps(
                {"cells": [{"cell_type": "code", "source": one} for one in (f"x = {'-' * 100_000}1", RIGHT)]}
            )
        )
        with deflated(self.folder / "file_notebooks.zip") as bomb:
            for number in range(12):
                bomb.writestr(f"{number}.ipynb", bytes(51 << 20))
        self.fill_with_odd_notebooks()
        self.fill_with_odd_archives()

    def fill_with_odd_notebooks(self) -> None:
        """Write submissions that are not quite what they seem to be; some of them hold a right answer."""
        odd_cells = [1, "x", None, [], {"cell_type": "code", "source": {"a": 1}}, {"cell_type": ["code"]}]
        right = {"cell_type": "code", "source": ["x = '\ud800'  # no character\n", 7, None, RIGHT]}
        (self.folder / "file_kinds.ipynb").write_text(json.dumps({"cells": [*odd_cells, right]}))
        (self.folder / "file_brackets.ipynb").write_bytes(b"[" * 1_000_000)
        (self.folder / "file_list.ipynb").write_text(json.dumps({"cells": {"source": RIGHT}}))
        (self.folder / "file_nul.py").write_bytes(RIGHT.encode() + b"\0")
        (self.folder / "file_utf7.py").write_text(f"# -*- coding: utf-7 -*-\n{RIGHT}")
        (self.folder / "file_parentheses.py").write_text(f"def double(n):\n    return {'(' * 100_000}n\n")

    def fill_with_odd_archives(self) -> None:
        """Write archives that hold too much, or not what they say."""
        with tarfile.open(self.folder / "file_headers.tgz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
            member = tarfile.TarInfo("doubling.py")
            member.pax_headers = {"comment": "x" * 1_000_000}
            archive.addfile(member, io.BytesIO())
        with tarfile.open(self.folder / "file_tar_bomb.tgz", "w:gz", compresslevel=1) as archive:
            member = tarfile.TarInfo("doubling.py")
            member.size = 200 << 20
            archive.addfile(member, io.BytesIO(bytes(200 << 20)))
        with zipfile.ZipFile(self.folder / "file_members.zip", "w") as archive_of_many:
            for number in range(20_001):
                archive_of_many.writestr(f"{number}.txt", b"")
        with zipfile.ZipFile(self.folder / "file_inner_link.zip", "w") as archive_of_links:
            link = zipfile.ZipInfo("doubling.py")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive_of_links.writestr(link, str(self.secret))

    def files(self) -> dict[Path, tuple[int, bytes]]:
        """Return the modes and contents of all files that an attacker might change."""
        watched = [*self.folder.iterdir(), *self.course.rglob("*.py"), self.secret]
        stats = {path: path.lstat() for path in watched}
        return {
            path: (found.st_mode, path.read_bytes())
            for path, found in stats.items()
            if stat.S_ISREG(found.st_mode) and found.st_size < 2**20
        }


def deflated(path: Path) -> zipfile.ZipFile:
    """Open a new archive. Zeros become small at any level of compression; the lowest is the fastest."""
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


@dataclass(frozen=True)
class Ears:
    """Servers on this machine that no code in the sandbox may reach."""

    port: int
    each: list[socket.socket]

    def visitors(self) -> int:
        """Return how many of them were contacted since the last call."""
        return sum(heard(one) for one in self.each)


@contextlib.contextmanager
def listeners(root: Path) -> Iterator[Ears]:
    """Start servers: on a port, for connections and for datagrams, under an abstract name and in a file."""
    with contextlib.ExitStack() as open_now:
        tcp = open_now.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = tcp.getsockname()[1]
        named, in_file = (open_now.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        named.bind(f"\0{MARKER}")
        in_file.bind(str(root / "socket"))
        named.listen()
        in_file.listen()
        datagrams = open_now.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        datagrams.bind(("127.0.0.1", port))
        yield Ears(port, [tcp, named, in_file, datagrams])


def heard(listener: socket.socket) -> bool:
    """Return whether a listener was contacted."""
    listener.setblocking(False)
    try:
        if listener.type == socket.SOCK_DGRAM:
            return bool(listener.recv(1))
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True
