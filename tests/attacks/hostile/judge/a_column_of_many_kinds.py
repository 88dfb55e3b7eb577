"""Sends a table whose column is said to be bool, and is not."""

import os
import struct

import msgspec

from grader.records.protocol import Observation, Observations
from grader.records.values import Column, Table


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    seen = Observation(Table((Column('a', 'bool', (None, 2**63, 'x', 1e308)),), 4))
    send(msgspec.msgpack.encode(Observations((seen,) * 5)))
