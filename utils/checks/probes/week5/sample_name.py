"""On which inputs `sample_name` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._names import END, PAD, START, draw_ids

DRAWS = 600  # of one character, to see how frequent each is


SURE = 60.0  # a score so much above the others that chance has no say


@probe
def sample_name(call, rng):
    size = sizes_from(rng)
    ids = draw_ids(rng, size(6, 8))
    tokens = list(ids)
    letters = [token for token in tokens if token not in (PAD, START, END)]

    def new_generator():  # a copy of the probe's own would tell what it draws next
        return np.random.default_rng(int(rng.integers(2**63)))

    def scores(*sure, height=SURE):
        vector = np.zeros(len(tokens))
        vector[[ids[token] for token in sure]] = height
        return vector

    def try_on(case, word, prefix="", temperature=1.0, max_len=20, score=scores):
        heard = []
        script = [*word[len(prefix) :], END, *letters]  # whoever goes on after the end gets more

        def next_logits(so_far):
            heard.append([int(number) for number in so_far])
            return score(script[min(len(heard), len(script)) - 1])

        def look(name):
            drawn = max(0, len(name) - len(prefix)) if isinstance(name, str) else 0
            return {"the name": name, "what next_logits was given": heard[:drawn]}

        args = (next_logits, ids, prefix, temperature, max_len, new_generator())
        call(case, *args, then=look)

    word = "".join(rng.permutation(letters))
    known = size(2, 3)  # letters of the prefix
    try_on("a network that is sure of each letter", word)
    try_on(f"a prefix of {known} letters", word, prefix=word[:known])
    most = known + size(1, 2)
    case = f"a name that is cut at {most} characters, {known} of them the prefix"
    try_on(case, word, word[:known], 1.0, most)
    try_on("a prefix that is as long as a name may be", word, word[:known], 1.0, known)
    try_on("a name that ends at once", "")
    extreme = {"score": lambda token: 1000 * (2 * scores(token, height=1.0) - 1)}
    try_on("scores of ±1000 at temperature 0.1", word, "", 0.1, **extreme)
    low = {"score": lambda token: scores(token) - 5 * SURE}
    try_on("scores that are all far below zero", word, **low)
    lures = {"score": lambda token: scores(token) + scores(PAD, START, height=2 * SURE)}
    try_on("high scores for padding and start", word, **lures)

    seed = int(rng.integers(2**63))
    generators = [np.random.default_rng(one) for one in (seed, seed, seed + 1)]
    case = "the same generator, and another"
    alike = scores(END, height=-SURE)
    call.inside(case, _three_names, alike, ids, size(12, 15), *generators, then=_compared)

    logits = np.full(len(tokens), -SURE)
    likely = [ids[letter] for letter in rng.permutation(letters)[:4]]
    logits[likely] = np.arange(4.0) + rng.uniform(0, 0.1, size=4)

    def frequencies(names):
        return {"frequencies": np.array([names.count(token) / DRAWS for token in ids])}

    for temperature in (rng.uniform(0.4, 0.5), 1.0, rng.uniform(2, 2.5)):
        facts = {"logits": logits, "temperature": round(temperature, 2)}
        case = f"{DRAWS} draws of one letter at temperature {facts['temperature']:g}"
        args = (logits, ids, facts["temperature"], new_generator())
        call.inside(case, _names_of_one_letter, *args, then=frequencies, facts=facts)


def _names_of_one_letter(sample, logits, ids, temperature, rng):
    return [sample(lambda _: logits.copy(), ids, "", temperature, 1, rng) for _ in range(DRAWS)]


def _three_names(sample, logits, ids, max_len, *generators):
    names = [sample(lambda _: logits.copy(), ids, "", 1.0, max_len, rng) for rng in generators]
    return [list(ids)[3], *names]


def _compared(names):
    """Return facts. names: three, of equally probable letters, by two equal generators and
    another; before them the first letter."""
    letter, first, again, other = names
    drawn = set(first + again + other)
    few = "always the first" if drawn == {letter} else "always the same"
    return {
        "of equally probable letters come": "various" if len(drawn) > 1 else few,
        "the same generator gives the same name": first == again,
        "another generator gives another name": first != other,
    }
