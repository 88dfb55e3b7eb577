"""Sends a tensor of a dtype that is a long text."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Tensor('float' * 10000, (), 'cpu', b'1234'))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
