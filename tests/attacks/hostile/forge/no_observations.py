"""Says that nothing was seen."""

import os
import struct


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    send(b'\x81\xa4seen\x90')
