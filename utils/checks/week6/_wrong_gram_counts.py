"""Mistakes of `bleu` in how n-grams are counted, as rows of switches."""

from ._bleu_parts import any_order, grams, most

NO_GRAMS = "Where there are no n-grams, precision n is 0: ask for that before you divide."
SMOOTHED = "You smoothed the counts: here nothing is added, and BLEU may be 0."
SHORT = "Your n-grams end one too early: of L tokens there are L − n + 1 runs of n."

ROWS = [
    (SMOOTHED, {"add": (1.0, 1.0)}),
    (SMOOTHED, {"add": (1.0, 0.0)}),
    (
        "You counted each n-gram once; one that occurs twice in both candidate and reference "
        "counts twice.",
        {"grams": lambda tokens, n: set(grams(tokens, n))},
    ),
    (
        "An n-gram that occurs twice in both candidate and reference counts twice; you found "
        "it once.",
        {"once": True},
    ),
    (SHORT, {"grams": lambda tokens, n: grams(tokens, n)[:-1]}),
    (
        SHORT,
        {
            "grams": lambda tokens, n: grams(tokens, n)[:-1],
            "limit": lambda refs, n: most([ref[:-1] for ref in refs], n),
        },
    ),
    (
        "An n-gram is a run of n tokens in a row, not any n of them: order and place count.",
        {
            "grams": lambda tokens, n: map(tuple, map(sorted, grams(tokens, n))),
            "limit": lambda refs, n: any_order(refs, n),
        },
    ),
    (
        "You divided by the number of tokens; divide by the number of n-grams that the "
        "candidates have, which is n − 1 smaller for each.",
        {"of": lambda candidate, refs, counts, n: len(candidate)},
    ),
    (
        "You divided by the n-grams of the references; a precision divides by those of the "
        "candidates.",
        {"of": lambda candidate, refs, counts, n: sum(map(len, (grams(s, n) for s in refs)))},
    ),
    (
        "You divided by the n-grams of a reference; a precision divides by those of the "
        "candidates.",
        {"of": lambda candidate, refs, counts, n: len(grams(refs[0], n))},
    ),
    (
        "You divided by the number of different n-grams; divide by that of all n-grams that "
        "the candidates have.",
        {"of": lambda candidate, refs, counts, n: len(counts)},
    ),
    (NO_GRAMS, {"share": lambda found, possible: found / possible}),
]
