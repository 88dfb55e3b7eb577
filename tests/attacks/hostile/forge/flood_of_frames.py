"""Sends frames without end."""

import os
import struct


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    while True:
        send(b'\x90')
