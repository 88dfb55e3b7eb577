"""Says that it ran out of time, at a question that was never asked."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations, Raised


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(raised=Raised('Expired', '', '', inside=True, endless=True))
    send(msgspec.msgpack.encode(Observations((seen,) * 9000)))
