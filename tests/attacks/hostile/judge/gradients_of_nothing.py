"""Sends gradients that nobody asked for."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(18, gradients={'z': Tensor('float32', (), 'cpu', b'1234'), 'n': None})
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
