"""Sends a bool tensor whose bytes are neither 0 nor 1."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    lie = Tensor('bool', (4,), 'cpu', b'\x07\xff\x00\x02')
    send(msgspec.msgpack.encode(Observations((Observation(lie),) * 5)))
