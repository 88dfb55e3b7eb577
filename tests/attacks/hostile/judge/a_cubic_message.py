"""Sends the text of an exception for which expressions with many stars take hours."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations, Raised


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(raised=Raised('RuntimeError', 'Expected on ' * 9000, '', inside=True))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
