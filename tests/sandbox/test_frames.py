"""Frames are whole or an error, in time, and never larger than allowed."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.sandbox import Channel, ChannelClosed, DeadlinePassed, FrameTooLarge
from grader.sandbox.frames import receive_frame, send_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two connected sockets."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def soon(seconds: float = 5.0) -> float:
    """A deadline that a test which works does not reach."""
    return time.monotonic() + seconds


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payloads=st.lists(st.binary(max_size=2000), max_size=5))
def test_frames_arrive_whole_and_in_order(pair: Pair, payloads: list[bytes]) -> None:
    for payload in payloads:
        send_frame(pair[0], payload, soon())
    assert [receive_frame(pair[1], soon(), 2000) for _ in payloads] == payloads


def test_a_frame_larger_than_any_buffer_arrives_whole(pair: Pair) -> None:
    payload = bytes(range(256)) * 2**16
    sender = threading.Thread(target=send_frame, args=(pair[0], payload, soon(30)))
    sender.start()
    assert receive_frame(pair[1], soon(30), len(payload)) == payload
    sender.join()


def test_patience_ends_a_wait_before_the_deadline(pair: Pair) -> None:
    """It is asked again and again, within a frame too, and only its 0 ends the wait."""
    answers = iter([0.01, 0.02, 0.01, 0.0])
    pair[0].sendall(b"\x00\x00\x00\x09123")
    with pytest.raises(DeadlinePassed):
        receive_frame(pair[1], soon(60), 100, lambda: next(answers))
    assert next(answers, None) is None


def test_patience_counts_for_what_is_not_read_too(pair: Pair) -> None:
    answers = iter([1.0, 0.01, 0.01, 0.0])
    with pytest.raises(DeadlinePassed):
        send_frame(pair[0], bytes(2**22), soon(60), lambda: next(answers, 0.0))


def test_a_frame_of_just_the_limit_is_taken_and_one_byte_more_is_not(pair: Pair) -> None:
    send_frame(pair[0], b"1234", soon())
    assert receive_frame(pair[1], soon(), 4) == b"1234"
    send_frame(pair[0], b"12345", soon())
    with pytest.raises(FrameTooLarge, match="5 bytes, 4 are allowed"):
        receive_frame(pair[1], soon(), 4)


def test_a_header_of_all_ones_is_refused_before_anything_is_read(pair: Pair) -> None:
    pair[0].sendall(b"\xff\xff\xff\xff")
    with pytest.raises(FrameTooLarge):
        receive_frame(pair[1], soon(), 2**20)


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\x04", b"\0\0\0\x04abc"])
def test_half_a_frame_is_no_frame_when_the_deadline_passes(pair: Pair, sent: bytes) -> None:
    pair[0].sendall(sent)
    with pytest.raises(DeadlinePassed):
        receive_frame(pair[1], soon(0.05), 100)


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\x04", b"\0\0\0\x04abc"])
def test_half_a_frame_is_no_frame_when_the_other_end_closes(pair: Pair, sent: bytes) -> None:
    pair[0].sendall(sent)
    pair[0].close()
    with pytest.raises(ChannelClosed):
        receive_frame(pair[1], soon(), 100)


def test_a_byte_now_and_then_does_not_put_off_the_deadline(pair: Pair) -> None:
    stop = threading.Event()

    def drip() -> None:
        pair[0].sendall(b"\0\0\x10\0")
        while not stop.wait(0.02):
            pair[0].sendall(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    started = time.monotonic()
    with pytest.raises(DeadlinePassed):
        receive_frame(pair[1], started + 0.3, 2**20)
    assert 0.25 < time.monotonic() - started < 2
    stop.set()
    dripping.join()


def test_a_deadline_that_passed_already_is_not_waited_for(pair: Pair) -> None:
    send_frame(pair[0], b"late", soon())
    with pytest.raises(DeadlinePassed):
        receive_frame(pair[1], time.monotonic() - 1, 100)


def test_a_peer_that_reads_nothing_does_not_block_the_sender_for_ever(pair: Pair) -> None:
    with pytest.raises(DeadlinePassed):
        send_frame(pair[0], bytes(2**24), soon(0.1))


def test_sending_to_a_closed_end_says_so(pair: Pair) -> None:
    pair[1].close()
    with pytest.raises(ChannelClosed):
        send_frame(pair[0], b"anyone there?", soon())


def test_a_channel_ends_with_none(pair: Pair) -> None:
    send_frame(pair[0], b"", soon())
    pair[0].close()
    channel = Channel(pair[1])
    assert channel.receive() == b""
    assert channel.receive() is None
