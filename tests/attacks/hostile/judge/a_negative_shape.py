"""Sends a tensor with a negative size."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Tensor('int64', (-1,), 'cpu', b'12345678'))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
