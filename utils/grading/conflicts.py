"""Finds the markers that git leaves in a file where two versions of it couldn't be merged."""

import re

MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r]|$)", re.MULTILINE)


def marker_in(text):
    """Return (marker, its line from 1) of the first marker of a merge conflict, or None.

    A line of seven `=` may also underline a heading in a docstring, so ask this of text that can't
    be read.
    """
    found = MARKER.search(text)
    return found and (found[0], text.count("\n", 0, found.start()) + 1)
