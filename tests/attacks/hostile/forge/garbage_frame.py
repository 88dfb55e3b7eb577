"""Sends a frame of noise."""

import os
import struct


def send(data):
    os.write(3, struct.pack('>I', len(data)) + data)


def double(n):
    send(os.urandom(1000))
