"""Says that far more was seen than was asked."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    send(msgspec.msgpack.encode(Observations((Observation(17),) * 5000)))
