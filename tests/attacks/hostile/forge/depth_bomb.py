"""Sends lists within lists, a hundred thousand deep."""

import os
import struct


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    send(b'\x81\xa4seen' + b'\x91' * 100000 + b'\x90')
