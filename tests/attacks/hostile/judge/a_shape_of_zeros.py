"""Sends an array whose empty axis hides a huge one."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Array


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Array('float64', (0, 2**62), b''))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
