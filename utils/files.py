"""Files that are written completely or not at all."""

import os


def write_whole(path, text):
    """Write a file completely or not at all, even if the machine stops midway."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
