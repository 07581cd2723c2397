"""On which inputs `bleu` is tried."""

from ..recorder import probe
from ._captions import new_words


def _altered(rng, tokens, words, share):
    """Return tokens of which a share is replaced, dropped or doubled."""
    result = []
    for token in tokens:
        kind = rng.random()
        if kind < share / 2:
            result.append(str(rng.choice(words)))
        elif kind < 0.8 * share:
            result.extend([token, token])
        elif kind > share:
            result.append(token)
    return result or [words[0]]


def _corpus(rng, count, min_refs=2, shift=0, share=0.4):
    """Return references and candidates that share much; shift makes candidates longer."""
    words = new_words(rng, 8)
    references, candidates = [], []
    for _ in range(count):
        base = rng.choice(words, size=rng.integers(9, 15)).tolist()
        several = range(int(rng.integers(min_refs, 6)))
        references.append([_altered(rng, base, words, share) for _ in several])
        length = max(5, len(base) + shift)
        candidates.append(_altered(rng, (base * 2)[:length], words, share / 3)[:30])
    return references, candidates


@probe
def bleu(call, rng):
    def count():
        return int(rng.integers(5, 8))

    call("several candidates", *_corpus(rng, count()))
    call("candidates that are too short", *_corpus(rng, count(), shift=-5))
    call("candidates that are too long", *_corpus(rng, count(), shift=3))
    references, candidates = _corpus(rng, count(), shift=-3)
    max_n = int(rng.integers(2, 4))
    call(f"n-grams up to {max_n}", references, candidates, max_n)
    words = rng.permutation(new_words(rng, 12)).tolist()
    _try_lengths(call, rng, words)
    one, two, three, four, five, six = words[:6]
    most = int(rng.integers(2, 4))
    clipped = [[one, two, three, four], [*[one, two] * most, five]]
    often = most + int(rng.integers(2, 5))
    call("a token that is repeated", [clipped], [[one] * often + [two, three, four]])
    pairs = [words[i : i + 2] for i in range(0, 2 * rng.integers(2, 6), 2)]
    turned = [*sum(pairs[::-1], []), words[-1]]
    call("no common run of three", [[sum(pairs, [])]], [turned])
    same = words[: count()]
    call("a perfect candidate", [[same]], [same])
    call("nothing in common", [[[one, two, three, four]]], [[five, six, five, six]])
    call("an empty candidate", [[[one, two]]], [[]])


def _try_lengths(call, rng, words):
    """Try candidates whose references differ in length."""
    times, length, apart = (int(rng.integers(*ends)) for ends in ((2, 4), (5, 9), (1, 3)))
    ties = [words[: length - apart], words[: length + apart]]
    candidate = [*words[: length - 1], words[-1]]
    call("two references equally near in length", [ties] * times, [candidate] * times)
    call("the same, the longer one first", [ties[::-1]] * times, [candidate] * times)
    short, long = int(rng.integers(2, 5)), int(rng.integers(8, 11))
    unlike = [words[:short], [*words[: long - 1], words[0]]]
    case = f"references of {short} and {long} tokens"
    call(case, [unlike], [[*words[: long - 2], words[1]]])
    reference = words[: rng.integers(3, 7)]
    call("only candidates of two tokens", [[reference]] * 2, [reference[:2], reference[-2:]])
