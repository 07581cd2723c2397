"""Captions that several probes draw."""

PAD, UNK, START, END = "#PAD#", "#UNK#", "#START#", "#END#"
PAD_ID = 1
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def new_words(rng, count):
    """Return different words of two to six letters."""
    found = set()
    while len(found) < count:
        found.add("".join(rng.choice(LETTERS, size=rng.integers(2, 7))))
    return sorted(found)
