"""Names that several probes draw."""

PAD, START, END = "<pad>", "<start>", "<end>"


LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def draw_words(rng, lengths, letters=LETTERS):
    """Return names of the given lengths with a capital at the front."""
    return ["".join(rng.choice(letters, size=length)).capitalize() for length in lengths]


def vocabulary_of(names):
    tokens = [PAD, START, END, *sorted(set("".join(names)))]
    return {token: number for number, token in enumerate(tokens)}
