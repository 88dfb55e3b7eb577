"""Says that arguments were changed that there are not."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(18, changed=('z', '\x00', 'n' * 10**6))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
