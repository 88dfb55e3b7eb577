"""What `--cluster` may name, and what is said of everything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.grading.cluster.settings import (
    EXAMPLES,
    Cluster,
    ClusterError,
    ClusterLimits,
    Tls,
    cluster_at,
    is_loopback,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786", "tls://example.edu:8786"]
)
def test_an_address_is_taken_as_it_is(address: str) -> None:
    assert cluster_at(address) == Cluster(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "127.0.0.1:8786", "tcp://127.0.0.1", "tls://:8786", "tcp://127.0.0.1:port", "tls://example.edu:99999",
        "http://127.0.0.1:8786", "inproc://127.0.0.1:1", "tls://example.edu:8786/path",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_examples(address: str) -> None:
    with pytest.raises(ClusterError, match=r"is no address of a cluster.*tls://HOST:PORT"):
        cluster_at(address)


@pytest.mark.parametrize(
    "address", ["tcp://192.0.2.1:8786", "tcp://[2001:db8::1]:8786", "tcp://no.invalid:1"]
)
def test_an_address_of_another_machine_must_be_encrypted(address: str) -> None:
    with pytest.raises(ClusterError, match=r"is not encrypted.*tls://.*cluster\.md"):
        cluster_at(address)


def test_loopback_is_more_than_one_address() -> None:
    assert is_loopback("127.0.0.53")
    assert not is_loopback("0.0.0.0")  # noqa: S104 - not to be listened on
    assert not is_loopback("128.0.0.1")


def test_a_file_names_certificates_beside_itself_and_limits(tmp_path: Path) -> None:
    for name in ("ca.pem", "me.pem", "key.pem"):
        (tmp_path / name).touch()
    file = tmp_path / "cluster.toml"
    file.write_text(
        'address = "tls://example.edu:8786"\n'
        '[tls]\nca = "ca.pem"\ncert = "me.pem"\nkey = "key.pem"\n'
        "[limits]\nworkers = 5\nsubmissions_per_worker = 2\nwait_seconds = 10\n"
    )
    ca, cert, key = (str(tmp_path / name) for name in ("ca.pem", "me.pem", "key.pem"))
    assert cluster_at(str(file)) == Cluster(
        "tls://example.edu:8786", Tls(ca, cert, key), ClusterLimits(5, 2, 10)
    )


ADDRESS = 'address = "tls://example.edu:8786"\n'
MISTAKES = {
    "": ":1: address is missing. For example: " + EXAMPLES["address"],
    "address = 5\n": ":1: address can't be that. For example: " + EXAMPLES["address"],
    ADDRESS + "adress = 5\n": ":2: there is no setting adress. Did you mean address?",
    ADDRESS + '[tls]\nca = "ca.pem"\n': ":2: cert is missing. For example: " + EXAMPLES["tls.cert"],
    ADDRESS + "[tls]\nca = 1\n": ":3: ca can't be that. For example: " + EXAMPLES["tls.ca"],
    ADDRESS + '[tls]\nca = "no.pem"\ncert = "c"\nkey = "k"\n': ":3: ",
    ADDRESS + "[limits]\nworker = 1\n": ":3: there is no setting worker. Did you mean workers?",
    ADDRESS + "[limits]\nworkers = 0\n": ":3: workers must be more than 0, and is 0.",
    ADDRESS + "[limits]\nwait_seconds = -1.5\n": ":3: wait_seconds must be more than 0, and is -1.5.",
    ADDRESS + "limits = 1\n": ":2: limits can't be that. For example: " + EXAMPLES["limits"],
    "address = \n": ": this is not TOML: ",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items())
def test_each_mistake_in_a_file_has_its_line_and_sentence(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "cluster.toml"
    file.write_text(text)
    with pytest.raises(ClusterError) as error:
        cluster_at(str(file))
    assert f"{file}{message}" in str(error.value)


def test_a_missing_certificate_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cluster.toml"
    file.write_text(ADDRESS + '[tls]\nca = "no.pem"\ncert = "c"\nkey = "k"\n')
    with pytest.raises(ClusterError, match=rf"{tmp_path}/no\.pem can't be read: No such file"):
        cluster_at(str(file))


def test_a_missing_file_and_one_that_is_no_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"gone\.toml can't be read: No such file"):
        cluster_at(str(tmp_path / "gone.toml"))
    (tmp_path / "latin.toml").write_bytes(b'address = "\xe4"')
    with pytest.raises(ClusterError, match=r"latin\.toml is not UTF-8"):
        cluster_at(str(tmp_path / "latin.toml"))


def test_a_file_may_not_name_an_open_address_either(tmp_path: Path) -> None:
    (tmp_path / "open.toml").write_text('address = "tcp://192.0.2.1:8786"')
    with pytest.raises(ClusterError, match="is not encrypted"):
        cluster_at(str(tmp_path / "open.toml"))


@pytest.mark.parametrize(
    ("address", "message"),
    [("tcp://127.0.0.1:1", r'pip install "gradbook\[cluster\]"'), ("nowhere", "is no address of a cluster")],
)
def test_a_command_says_what_is_wrong_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, message: str
) -> None:
    """Dask may not be there; and an address may be none."""
    if address.startswith("tcp"):
        monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    arguments = ["grade", str(tmp_path), "--out", str(tmp_path / "out"), "--cluster", address]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 2
    assert re.search(message, done.output)
    assert not (tmp_path / "out").exists()
