"""Sends a tensor on a device whose name controls terminals."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Tensor


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Tensor('float32', (), '\x1b[31m' * 9, b'1234'), argument_device='\u202e')
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
