"""On which inputs `sample_name` is tried."""

import numpy as np

from ..recorder import probe
from ._names import END, LETTERS, PAD, START, vocabulary_of

DRAWS = 600  # of one character, to see how frequent each is


TEMPERATURES = (0.5, 1.0, 2.0)


SURE = 60.0  # a score so much above the others that chance has no say


@probe
def sample_name(call, rng):
    letters = [str(letter) for letter in rng.choice(LETTERS, size=6, replace=False)]
    ids = vocabulary_of(letters)
    tokens = list(ids)

    def scores(*sure, height=SURE):
        vector = np.zeros(len(tokens))
        vector[[ids[token] for token in sure]] = height
        return vector

    def try_on(case, word, prefix="", temperature=1.0, max_len=12, score=scores):
        heard = []

        def next_logits(so_far):
            heard.append([int(number) for number in so_far])
            place = len(heard) + len(prefix) - 1
            return score(word[place] if place < len(word) else END)

        def look(name):
            drawn = max(0, len(name) - len(prefix)) if isinstance(name, str) else 0
            return {"the name": name, "what next_logits was given": heard[:drawn]}

        call(case, next_logits, ids, prefix, temperature, max_len, rng, then=look)

    word = "".join(rng.permutation(letters))
    try_on("a network that is sure of each letter", word)
    try_on("a prefix of two letters", word, prefix=word[:2])
    try_on("a name that is cut at four characters, two of them the prefix", word, word[:2], 1.0, 4)
    try_on("a prefix that is as long as a name may be", word, word[:3], 1.0, 3)
    try_on("a name that ends at once", "")
    extreme = {"score": lambda token: 1000 * (2 * scores(token, height=1.0) - 1)}
    try_on("scores of ±1000 at temperature 0.1", word, "", 0.1, **extreme)
    lures = {"score": lambda token: scores(token) + scores(PAD, START, height=2 * SURE)}
    try_on("high scores for padding and start", word, **lures)
    draw = rng.permutation([0.0, 1.0, 2.0, 3.0, -SURE, -SURE])
    logits = np.concatenate([[-SURE] * 3, draw])
    for temperature in TEMPERATURES:
        case = f"{DRAWS} draws of one letter at temperature {temperature:g}"
        call.observe(case, _frequencies, call.function, logits, ids, temperature, rng)
    call.observe("the same generator, and another", _same_again, call.function, scores, ids, rng)


def _frequencies(sample, logits, ids, temperature, rng):
    """Return how frequent each token is among names of one character, and what decides it."""
    names = [sample(lambda _: logits.copy(), ids, "", temperature, 1, rng) for _ in range(DRAWS)]
    frequencies = np.array([names.count(token) / DRAWS for token in ids])
    return {"frequencies": frequencies, "logits": logits, "temperature": temperature}


def _same_again(sample, scores, ids, rng):
    seed = int(rng.integers(2**32))
    flat = scores(END, height=-SURE)
    first, again, other = (
        sample(lambda _: flat.copy(), ids, "", 1.0, 12, np.random.default_rng(s))
        for s in (seed, seed, seed + 1)
    )
    return {
        "the same generator gives the same name": first == again,
        "another generator gives another name": first != other,
    }
