"""Leaves a note in a folder that can't be listed, and folders within folders. Its answer is right."""

import os
import tempfile


class Harm:
    os.umask(0)
    folder = os.path.join(tempfile.gettempdir(), "HARM")
    try:
        os.mkdir(folder, 0o300)
        open(os.path.join(folder, "note"), "w").close()
        os.chdir(folder)
        for _ in range(400):
            os.mkdir("deep", 0o300)
            os.chdir("deep")
    except OSError:
        pass


def double(n):
    return n + n
