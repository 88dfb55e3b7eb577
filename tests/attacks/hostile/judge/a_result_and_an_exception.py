"""Sends a right result together with an exception."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations, Raised


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(18, raised=Raised('ValueError', 'no', '', inside=True))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
