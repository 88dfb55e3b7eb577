"""Sends a tensor of four bytes that says it is immense."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    lie = Tensor('float32', (2**40, 2**40), 'cpu', b'1234')
    send(msgspec.msgpack.encode(Observations((Observation(lie),) * 5)))
