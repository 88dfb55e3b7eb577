"""What code can see, reach and write in bubblewrap and in namespaces of its own: next to nothing.

The other layers forbid most of it, too; they are left out here.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import LAYER_NAMES, SandboxUnavailable, Server
from grader.sandbox.bubblewrap import bubblewrap_command, require_readable
from tests.sandbox.conftest import INNER, OUTER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from grader.sandbox import LayerName
    from tests.sandbox.conftest import Ask, StartServer

ROOT = Path(__file__).parents[2]
TOY = Path(__file__).with_name("toy.py")


def serve(views: Mapping[str, Path], layers: Collection[LayerName] = LAYER_NAMES) -> Server:
    """A toy server with more to see."""
    return Server(warm="toy:warm", entry="toy:run", views={"toy.py": TOY, **views}, layers=layers)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Of bubblewrap and namespaces alone."""
    with serve({}, OUTER) as server:
        yield server


@pytest.fixture(scope="module")
def secret() -> Iterator[None]:
    """A variable in the grader's environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_SECRET", "1234")
        yield


def test_the_repository_is_not_there_but_for_the_package(server: Server, ask: Ask) -> None:
    """Only what leads to an environment within it, which holds Python's packages."""
    way = Path(sys.prefix).relative_to(ROOT).parts[:1] if Path(sys.prefix).is_relative_to(ROOT) else ()
    with server.fork() as child:
        found = ask(child, f"import os; answer = os.path.isdir({str(ROOT)!r}) and os.listdir({str(ROOT)!r})")
        assert tuple(found or ()) == way
        assert ask(child, "import grader.sandbox; answer = grader.sandbox.__file__").startswith(
            "/gradbook/grader/"
        )
        assert ask(child, "import os; answer = os.listdir('/gradbook')") == ["grader"]


def test_nothing_is_there_but_python_and_the_course(server: Server, ask: Ask) -> None:
    allowed = {"box", "course", "dev", "etc", "gradbook", "lib", "lib32", "lib64", "libx32", "proc", "usr"}
    allowed |= {Path(prefix).parts[1] for prefix in (sys.prefix, sys.base_prefix)}
    with server.fork() as child:
        assert set(ask(child, "import os; answer = os.listdir('/')")) <= allowed
        assert ask(child, "import os; answer = os.listdir('/proc')") == []
        assert set(ask(child, "import os; answer = os.listdir('/usr')")) <= allowed | {
            "share",
            "bin",
            "local",
        }
        for program in ("sh", "bash", "env", "cat"):
            assert ask(child, f"import shutil; answer = shutil.which({program!r})") is None


def test_the_environment_is_not_the_graders(secret: None, ask: Ask) -> None:
    with serve({}) as server, server.fork() as child:
        environment = ask(child, "import os; answer = dict(os.environ)")
    assert "GRADER_SECRET" not in environment
    assert environment["PYTHONHASHSEED"] == "0"
    assert environment["HOME"] == environment["TMPDIR"] == environment["MPLCONFIGDIR"] == "/box"


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_views_are_found_in_the_course_folder(
    tmp_path: Path, ask: Ask, layers: Collection[LayerName]
) -> None:
    (tmp_path / "drive_x.py").write_text("NAME = 'x'")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/table.csv").write_text("a,b")
    views = {"drive_x.py": tmp_path / "drive_x.py", "ch4/data": tmp_path / "data"}
    with serve(views, layers) as server, server.fork() as child:
        assert ask(child, "import drive_x; answer = drive_x.NAME") == "x"
        read = "import os; answer = open(os.environ['GRADBOOK_COURSE'] + '/ch4/data/table.csv').read()"
        assert ask(child, read) == "a,b"
        listing = ask(child, "import os; answer = sorted(os.listdir(os.environ['GRADBOOK_COURSE']))")
    assert listing == ["ch4", "drive_x.py", "toy.py"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "", "."])
def test_a_view_outside_of_the_course_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="below the course folder"), serve({name: TOY}):
        pass


def test_a_view_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not exist"), serve({"x.py": tmp_path / "x.py"}):
        pass


def test_a_view_cannot_hide_the_standard_library(tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "json.py").write_text("")
    with serve({"json.py": tmp_path / "json.py"}) as server, server.fork() as child:
        assert ask(child, "import json; answer = json.dumps(1)") == "1"
        path = ask(child, "import sys; answer = sys.path")
    assert path[-1] == "/course"
    assert not {"", ".", "/box"} & set(path)


def test_no_connection_leaves_the_child(server: Server, ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        source = f"""
import socket
answer = []
for host, port in (("127.0.0.1", {port}), ("192.0.2.1", 80)):
    try:
        socket.create_connection((host, port), timeout=2)
    except OSError as error:
        answer.append(type(error).__name__)
"""
        with server.fork() as child:
            assert len(ask(child, source)) == 2


def test_a_socket_by_name_in_no_file_cannot_be_reached_either(server: Server, ask: Ask) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0gradbook-test-{os.getpid()}")
        listener.listen()
        source = f"""
import socket
try:
    socket.socket(socket.AF_UNIX).connect("\\0gradbook-test-{os.getpid()}")
    answer = "connected"
except OSError as error:
    answer = type(error).__name__
"""
        with server.fork() as child:
            assert ask(child, source) == "ConnectionRefusedError"


def test_every_mount_but_the_boxes_is_read_only(server: Server, ask: Ask) -> None:
    """Where bubblewrap's user owns a folder, only the mount keeps it from being written to."""
    places = [
        "/",
        "/course/toy.py",
        "/gradbook/grader",
        "/dev",
        "/proc",
        "/usr/lib",
        sys.prefix + "/lib",
        "/box",
    ]
    source = f"import os; answer = [p for p in {places!r} if not os.statvfs(p).f_flag & os.ST_RDONLY]"
    with server.fork() as child:
        assert ask(child, source) == ["/box"]


WRITE = """
answer = []
for folder in {folders!r}:
    try:
        open(folder + "/written", "w").write("x")
        answer.append(folder)
    except OSError:
        pass
"""


def test_a_child_writes_in_its_box_only_and_the_next_one_finds_nothing(server: Server, ask: Ask) -> None:
    outside = ["/", "/course", "/gradbook", "/gradbook/grader", "/dev", "/proc", "/usr", "/usr/lib", "/etc"]
    outside += [sys.prefix, sys.base_prefix + "/lib", str(ROOT), str(package_folder())]
    box = [".", "/box", "/dev/shm"]  # noqa: S108 - the tmpfs of that name is what is tested
    for _ in range(2):
        with server.fork() as child:
            assert ask(child, "import os; answer = os.listdir('/box') + os.listdir('/dev/shm')") == []
            assert ask(child, WRITE.format(folders=outside + box)) == box
            assert ask(child, "import tempfile; answer = tempfile.gettempdir()") == "/box"


def package_folder() -> Path:
    """Where a package lies."""
    return Path(pytest.__file__).parent


def test_a_child_has_no_privileges_and_no_descriptors(server: Server, ask: Ask) -> None:
    source = """
import os
answer = []
for descriptor in range(256):
    try:
        os.fstat(descriptor)
        answer.append(descriptor)
    except OSError:
        pass
"""
    with server.fork() as child:
        assert ask(child, source) == [0, 1, 2, 3]
        assert ask(child, "import os; answer = os.getuid() != 0 and os.getpid() == 1") is True
        with_rights = """
import ctypes
libc = ctypes.CDLL(None)
answer = [libc.unshare(0x20000), libc.mount(b"t", b"/box", b"tmpfs", 0, 0), libc.umount2(b"/proc", 2)]
"""
        assert ask(child, with_rights) == [-1, -1, -1]


def test_the_folders_on_the_way_are_open_to_everyone() -> None:
    """bubblewrap would make them root's alone, and another user could not import anything."""
    command = bubblewrap_command([sys.executable], {"a/b.py": TOY})
    for place in ("/course/a/b.py", "/gradbook/grader"):
        way = command.index(str(Path(place).parent))
        assert command[way - 3 : way] == ["--perms", "0755", "--dir"]
        assert way < command.index(place)


def test_what_other_users_can_not_read_is_refused_where_root_becomes_one(tmp_path: Path) -> None:
    """As after an installation, or a checkout, under umask 077."""
    folder = tmp_path / "supplied"
    folder.mkdir()
    (folder / "d2l.py").touch()
    require_readable({"supplied": folder})
    for path, mode in ((folder / "d2l.py", 0o600), (folder, 0o700)):
        before = path.stat().st_mode
        path.chmod(mode)
        with pytest.raises(
            SandboxUnavailable, match=f"other users can't read {path}.*: chmod -R go.rX {folder}$"
        ):
            require_readable({"supplied": folder})
        path.chmod(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_a_server_of_root_is_refused_with_that_reason(start: StartServer, tmp_path: Path) -> None:
    (tmp_path / "secret.py").touch(mode=0o600)
    with (
        pytest.raises(SandboxUnavailable, match=r"other users can't read .*secret\.py"),
        start(views={"secret.py": tmp_path / "secret.py"}),
    ):
        pass
