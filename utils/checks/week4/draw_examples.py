"""Check of `draw_examples`: pairs that stay pairs, whole batches, an order, a row of negatives."""

import numpy as np

from ..check import new_check
from ._skipgrams import skipgrams
from ._value_facts import FORM, with_facts, wrong_form

SAME = "the draws are the same"


def _facts(value, facts):
    if "lengths" not in value:
        return value
    first, second, third = value["lengths"]
    if not first == second == third:
        return {"lengths agree": False}
    found = {
        "lengths agree": True,
        "negatives of each pair": value["negatives"],
        "whole batches": first % facts["batch"] == 0,
    }
    if not facts.get("thinned"):
        found["pairs"] = first
        distances = np.abs(np.asarray(value["distances"]))
        near = bool(((distances > 0) & (distances <= facts["window"])).all())
        found["centre and context are near each other"] = near
        centers = np.asarray(value["centers"])
        found["the order is shuffled"] = bool((np.diff(centers) >= 0).sum() <= 0.7 * first)
        per = np.bincount(centers, minlength=1)
        found["no centre comes too often"] = bool(per.max() <= 2 * facts["window"])
    else:
        found["words are dropped"] = bool(first < 0.8 * facts["pairs"])
    return found | {
        "negatives are ids": value["ids"],
        "an id with count 0 is a negative": value["never"],
        "negatives follow counts^(3/4)": abs(value["share often"] - value["expected"]) < 0.05,
        "each pair has negatives of its own": value["rows"] > first // 2,
    }


SENTENCES = {
    FORM: wrong_form,
    "lengths agree": "Centres, contexts and negatives have different lengths: cut all three alike.",
    "negatives of each pair": lambda ours, theirs: (
        f"Each pair has {ours} negatives; {theirs} are asked for."
    ),
    "whole batches": "The number of examples isn't a multiple of the batch size: leave out what "
    "doesn't fill a batch.",
    "pairs": lambda ours, theirs: (
        f"There are {ours} examples where {theirs} fill whole batches: leave out less than one "
        "batch, and nothing twice."
    ),
    "centre and context are near each other": "Centre and context no longer belong together: "
    "draw one order, and use it for both.",
    "the order is shuffled": "The examples come in the order of the text or of their distances: "
    "shuffle them.",
    "no centre comes too often": "Some pairs come twice and others never: draw an order, a "
    "permutation, not random places.",
    "words are dropped": "No word is dropped: hand `keep` on to `skipgram_pairs`.",
    "negatives are ids": "Some negatives are no ids: they are drawn from 0 to V − 1.",
    "an id with count 0 is a negative": "A word that never occurs is a negative: draw by counts.",
    "negatives follow counts^(3/4)": "The negatives aren't drawn by counts^(3/4): use "
    "`negative_samples`.",
    "each pair has negatives of its own": "Pairs share their negatives: draw a row for each.",
    SAME: lambda ours, theirs: (
        "Not all chance comes from `rng`: the same generator should draw the same."
        if theirs
        else "Another generator draws the same: draw from `rng`, not from one of your own."
    ),
}
draw_examples = new_check(__name__, points=2, properties=with_facts(_facts), sentences=SENTENCES)


def _negatives(counts, shape, rng, power=0.75):
    weights = counts**power
    return rng.choice(len(counts), size=shape, p=weights / weights.sum())


def _order(rng, number, batch_size):
    return rng.permutation(number)[: number // batch_size * batch_size]


def _examples(
    token_ids, counts, keep, window, num_negatives, batch_size, rng, order=_order,
    pairs=skipgrams, negatives=_negatives, source=lambda rng: rng,
    then=lambda centers, contexts, drawn: [centers, contexts, drawn],
    shape=lambda number, k: (number, k),
):  # fmt: skip
    rng = source(rng)
    centers, contexts = pairs(token_ids, window, keep, rng)
    places = order(rng, len(centers), batch_size)
    drawn = negatives(counts, shape(len(places), num_negatives), rng)
    return then(centers[places], contexts[places], drawn)


draw_examples.add_mistakes(
    _examples,
    {
        "The examples aren't shuffled: they come in the order of the text.": {
            "order": lambda rng, number, batch: np.arange(number // batch * batch)
        },
        "The number of examples isn't a multiple of the batch size: leave out what doesn't fill a "
        "batch.": {"order": lambda rng, number, batch: rng.permutation(number)},
        "You return one batch of examples; return as many whole batches as the pairs fill.": {
            "order": lambda rng, number, batch: rng.permutation(number)[:batch]
        },
        "Some pairs come twice and others never: draw an order, a permutation, not random "
        "places.": {
            "order": lambda rng, number, batch: rng.integers(number, size=number // batch * batch)
        },
        "The negatives are drawn by the counts themselves; `negative_samples` takes their power "
        "3/4.": {"negatives": lambda counts, shape, rng: _negatives(counts, shape, rng, 1)},
        "All ids are equally likely as negatives; use `negative_samples`.": {
            "negatives": lambda counts, shape, rng: rng.integers(len(counts), size=shape)
        },
        "All pairs share one row of negatives: draw a row for each.": {
            "negatives": lambda counts, shape, rng: np.tile(
                _negatives(counts, shape[1:], rng), (shape[0], 1)
            )
        },
        "There is one negative a pair; draw num_negatives for each.": {
            "shape": lambda number, k: (number, 1)
        },
        "The negatives have their axes swapped: a pair is a row.": {
            "then": lambda centers, contexts, drawn: [centers, contexts, drawn.T]
        },
        "No word is dropped: hand `keep` on to `skipgram_pairs`.": {
            "pairs": lambda token_ids, window, keep, rng: skipgrams(
                token_ids, window, np.ones_like(keep), rng
            )
        },
        "You made a generator with a fixed seed, so every epoch draws the same: use `rng`.": {
            "source": lambda rng: np.random.default_rng(0)
        },
        "Chance comes from a generator of your own: use `rng`, so that it can be repeated.": {
            "source": lambda rng: np.random.default_rng()
        },
    },
)


@draw_examples.mistake(
    "Centres and contexts are shuffled apart, so they no longer belong together: draw one order, "
    "and use it for both."
)
def shuffled_apart(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts, drawn = _examples(
        token_ids, counts, keep, window, num_negatives, batch_size, rng
    )
    return [rng.permutation(centers), contexts, drawn]


@draw_examples.alternative
def cut_first(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgrams(token_ids, window, keep, rng)
    order = np.arange(len(centers))
    rng.shuffle(order)
    whole = len(order) - len(order) % batch_size
    drawn = [_negatives(counts, whole, rng) for _ in range(num_negatives)]
    return centers[order][:whole], contexts[order][:whole], np.stack(drawn, axis=1)


@draw_examples.alternative
def as_one_table(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    pairs = np.column_stack(skipgrams(token_ids, window, keep, rng))
    batches = len(pairs) // batch_size
    table = rng.permutation(pairs)[: batches * batch_size]
    drawn = _negatives(counts, len(table) * num_negatives, rng)
    return table[:, 0], table[:, 1], drawn.reshape(len(table), num_negatives)


@draw_examples.alternative
def negatives_first(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgrams(token_ids, window, keep, rng)
    drawn = _negatives(counts, (len(centers), num_negatives), rng)
    order = rng.permutation(len(centers))
    order = order[: len(order) // batch_size * batch_size]
    return [centers[order], contexts[order], drawn[order]]
