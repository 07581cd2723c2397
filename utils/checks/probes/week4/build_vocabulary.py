"""On which inputs `build_vocabulary` is tried."""

import numpy as np

from ..recorder import probe


def _made_up_words(rng, number):
    """Return different made-up words of four letters, sorted."""
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    found = set()
    while len(found) < number:
        found.add("".join(rng.choice(letters, 4)))
    return sorted(found)


@probe
def build_vocabulary(call, rng):
    """Many words that are equally frequent; words just at the limit; none that reach it."""

    def lengths(result):
        return [len(part) for part in result] if isinstance(result, (tuple, list)) else result

    limit, often, number = (int(n) for n in rng.integers((3, 3, 50), (6, 6, 70)))
    words = _made_up_words(rng, 9)
    times = rng.permutation([limit + 4, *[limit + 2] * 3, *[limit] * 3, 1, 1])
    others = [word for word, number in zip(words, times) for _ in range(number - 1)]
    tokens = [*words[::-1], *rng.permutation(others).tolist()]
    call(f"9 different words, min_count {limit}", tokens, limit)
    call("the same words, min_count 1", tokens, 1)
    words = _made_up_words(rng, number)
    words += [word.capitalize() for word in words[::5]] + [word.upper() for word in words[::7]]
    number = len(words)
    times = rng.permutation(np.arange(number) % 6 + 1)
    tokens = rng.permutation(np.repeat(words, times)).tolist()
    call(f"{number} different words, min_count {often}", tokens, often)
    call("one word three times", words[:1] * 3, 2)
    call("no word reaches min_count", ["one", "two", "one"], 3, then=lengths)
    call("no words at all", [], 1, then=lengths)
