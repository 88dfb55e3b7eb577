"""Sends a tensor of three numbers and no bytes."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Tensor('float32', (3,), 'cpu', b''))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
