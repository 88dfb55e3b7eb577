"""Where the cluster is, and how it is reached: the value of `--cluster`, or the file that it names."""

from __future__ import annotations

import ipaddress
import re
import socket
import tomllib
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from grader.course.toml_lines import line_of
from grader.course.unknown_names import advice

SUFFIX: Final = ".toml"
DOCS: Final = "docs/instructors/cluster.md"
NEEDS_DASK: Final = '--cluster needs Dask, which is not installed: pip install "gradbook[cluster]"'
SYNTAX: Final = (
    "{!r} is no address of a cluster. An address is tls://HOST:PORT, or tcp://127.0.0.1:PORT for a scheduler "
    "on this machine; or name a file that ends in .toml (see " + DOCS + ")."
)
NOT_ENCRYPTED: Final = (
    "{} is not encrypted and leads to another machine: anybody on the way could read submissions and "
    "solutions, and run programs on every worker. Use tls:// ({} says how to set it up), or a tunnel that "
    "ends on this machine."
)
NO_TLS: Final = (
    "{} needs certificates, and none are configured. Name them in a file with [tls], or in Dask's own "
    "configuration ({} says how)."
)
EXAMPLES: Final = {
    "address": 'address = "tls://scheduler.example.edu:8786"',
    "tls": "[tls] above ca, cert and key",
    "tls.ca": 'ca = "ca.pem"',
    "tls.cert": 'cert = "gradbook.pem"',
    "tls.key": 'key = "gradbook-key.pem"',
    "limits": "[limits] above workers = 50",
    "limits.workers": "workers = 50",
    "limits.submissions_per_worker": "submissions_per_worker = 4",
    "limits.wait_seconds": "wait_seconds = 300",
}
"""A correct example for each setting."""


class ClusterError(ValueError):
    """The cluster can't be used as it was named. The message says why, and what to do."""


class Tls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The files of a TLS client: the authority, its certificate and its private key, as PEM."""

    ca: str
    cert: str
    key: str


class ClusterLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a cluster a run uses.

    Args:
        workers: at most so many of Dask's workers; None: all.
        submissions_per_worker: at most so many submissions on a worker at a time; None: one for each of its
            threads.
        wait_seconds: how long to wait for a worker while there is none.
    """

    workers: int | None = None
    submissions_per_worker: int | None = None
    wait_seconds: float = 300.0


class Cluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cluster, by the address of its scheduler. The paths in `tls` are absolute."""

    address: str
    tls: Tls | None = None
    limits: ClusterLimits = ClusterLimits()


def cluster_at(value: str) -> Cluster:
    """Return the cluster that `--cluster` names: by an address, or by a file. Raises `ClusterError`."""
    cluster = _read(Path(value)) if value.endswith(SUFFIX) else Cluster(value)
    require_safe(cluster.address)
    return cluster


def require_safe(address: str) -> None:
    """Raise `ClusterError` unless an address is encrypted, or stays on this machine."""
    parts = urlsplit(address)
    try:
        is_address = parts.hostname and parts.port and address == f"{parts.scheme}://{parts.netloc}"
    except ValueError:  # the port is no number
        is_address = False
    if not is_address or parts.scheme not in {"tcp", "tls"}:
        raise ClusterError(SYNTAX.format(address))
    if parts.scheme == "tcp" and not is_loopback(parts.hostname or ""):
        raise ClusterError(NOT_ENCRYPTED.format(address, DOCS))


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine and is reached without a network. Only names are looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in found)


def _read(path: Path) -> Cluster:
    """Return the contents of a file. Raises `ClusterError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ClusterError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ClusterError(f"{path} is not UTF-8. Save the file as UTF-8.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ClusterError(f"{path}: this is not TOML: {error}. See https://toml.io.") from error
    try:
        cluster = msgspec.convert(values, Cluster)
    except msgspec.ValidationError as error:
        raise _error_in(path, text, str(error)) from error
    for name, number in (
        ("workers", cluster.limits.workers),
        ("submissions_per_worker", cluster.limits.submissions_per_worker),
        ("wait_seconds", cluster.limits.wait_seconds),
    ):
        if number is not None and not number > 0:
            raise _error_at(path, text, ["limits", name], f"{name} must be more than 0, and is {number:g}.")
    return (
        cluster
        if cluster.tls is None
        else msgspec.structs.replace(cluster, tls=_found(path, text, cluster.tls))
    )


def _found(path: Path, text: str, tls: Tls) -> Tls:
    """Return the files of `[tls]`, which are named relative to the file that names them."""
    files = {name: path.absolute().parent / value for name, value in msgspec.structs.asdict(tls).items()}
    for name, file in files.items():
        try:
            file.open("rb").close()
        except OSError as error:
            raise _error_at(path, text, ["tls", name], f"{file} can't be read: {error.strerror}.") from error
    return Tls(**{name: str(file) for name, file in files.items()})


def _error_in(path: Path, text: str, message: str) -> ClusterError:
    """Return the error for a wrong or missing setting, given msgspec's message."""
    what, _, where = message.partition(" - at `$.")
    keys = where.rstrip("`").split(".") if where else []
    if field := re.match(r"Object contains unknown field `(.*)`$", what, re.DOTALL):
        table: Any = {"": Cluster, "tls": Tls, "limits": ClusterLimits}[".".join(keys)]
        known = advice([field[1]], list(table.__struct_fields__))
        return _error_at(path, text, [*keys, field[1]], f"there is no setting {field[1]}{known}")
    if field := re.match(r"Object missing required field `(.*)`$", what):
        wanted = EXAMPLES[".".join([*keys, field[1]])]
        return _error_at(path, text, keys, f"{field[1]} is missing. For example: {wanted}")
    return _error_at(path, text, keys, f"{keys[-1]} can't be that. For example: {EXAMPLES['.'.join(keys)]}")


def _error_at(path: Path, text: str, keys: list[str], message: str) -> ClusterError:
    return ClusterError(f"{path}:{line_of(text, keys) if keys else 1}: {message}")
