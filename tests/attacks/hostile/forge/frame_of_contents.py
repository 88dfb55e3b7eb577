"""Says over the channel what it holds, before it is asked."""

import os
import struct

import msgspec


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


class Harm:
    send(msgspec.msgpack.encode({'found': {'double': [['a', 1]]}, 'absent': {}}))


def double(n):
    return 1
