"""Sends a tensor without numbers that has more elements than fit into any memory."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Tensor('float32', (2**40, 2**40), 'meta', None))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
