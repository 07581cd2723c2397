"""Refuses what would take long, or much memory, to parse: it is counted before it is parsed."""

import re

from .reading import NotGradable

MAX_PARTS = 500_000  # objects and lists in a file of JSON
MAX_LINES, MAX_TOKENS = 20_000, 500_000  # of code; a line may be ended by a semicolon
TOKEN = re.compile(r"\w+|[^\w\s]")


def check_file(data):
    """Raise NotGradable where a notebook's file holds too many parts. data: bytes.

    An empty object is two bytes there, and sixty in memory.
    """
    if data.count(b"{") + data.count(b"[") > MAX_PARTS:
        raise NotGradable(
            f"The file holds more than {MAX_PARTS:,} objects and lists: clear the outputs (Kernel "
            "→ Restart and Clear Outputs), save, and hand it in again."
        )


def check_code(cells):
    """Raise NotGradable where the code has too many lines or words. cells: list of str."""
    lines = sum(1 + line.count(";") for cell in cells for line in cell.split("\n") if line.strip())
    if lines > MAX_LINES:
        raise NotGradable(f"The notebook contains more than {MAX_LINES:,} lines of code.")
    if sum(1 for cell in cells for _ in TOKEN.finditer(cell)) > MAX_TOKENS:
        raise NotGradable(
            f"The notebook contains more than {MAX_TOKENS:,} names and signs of code."
        )
