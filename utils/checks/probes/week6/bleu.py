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
    call("six candidates", *_corpus(rng, 6))
    call("candidates that are too short", *_corpus(rng, 5, shift=-5))
    call("candidates that are too long", *_corpus(rng, 5, shift=3))
    references, candidates = _corpus(rng, 4, shift=-3)
    call("n-grams up to 2", references, candidates, 2)
    one, two, three, four, five, six = rng.permutation(new_words(rng, 6)).tolist()
    clipped = [[one, two, three, four], [one, two, one, two, five]]
    call("a token that is repeated", [clipped], [[one] * 4 + [two, three, four]])
    ties = [[one, two, three, four], [one, two, three, four, five, six]]
    call("two references equally near in length", [ties, ties], [[one, two, three, four, six]] * 2)
    apart = [[one, two, three], [one, two, three, four, five, six, one, three]]
    call("references of 3 and 8 tokens", [apart], [[one, two, three, four, five, six, two]])
    call("a perfect candidate", [[[one, two, three, four, five]]], [[one, two, three, four, five]])
    call("no common run of three", [[[one, two, three, four]]], [[one, two, four, three, five]])
    call("only candidates of two tokens", [[[one, two, three]]] * 2, [[one, two], [two, three]])
    call("nothing in common", [[[one, two, three, four]]], [[five, six, five, six]])
    call("an empty candidate", [[[one, two]]], [[]])
