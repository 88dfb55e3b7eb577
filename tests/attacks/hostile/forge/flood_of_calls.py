"""Calls functions of the grader's without end, over the channel."""

import os
import struct

import msgspec

from grader.records.protocol import RemoteCall


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    while True:
        send(msgspec.msgpack.encode(RemoteCall('double', (n,))))
