"""Sends a table of a billion rows without columns."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Table


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Table((), 10**9))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
