"""Mistakes of `attention` with several queries, as rows of switches."""

from keras import ops

OVER_WORDS = (
    "Your softmax runs over the words; a word's weights sum to 1 over the places, the last axis."
)
OVER_ALL = "Your softmax runs over everything; each word's weights sum to 1 over its own places."
STAYS = "Of a single query the axis of words stays; take it off at the end, as by `[:, 0]`."
NOT_SUM = (
    "The context is the sum of the places by their weights, and these sum to 1: don't divide again."
)
SQUEEZED = (
    "`squeeze` without an axis takes off all axes of length 1, as that of a batch of one: take off "
    "the axis of words alone, as by `[:, 0]`."
)
SCALED = "You divided the scores by √units; Bahdanau's attention doesn't."

ROWS = [
    (OVER_WORDS, {"share": lambda scores: ops.softmax(scores, axis=1)}),
    (OVER_ALL, {"share": lambda s: ops.reshape(ops.softmax(ops.reshape(s, (-1,))), s.shape)}),
    (
        "Your softmax runs over the images; an image's weights sum to 1 over its places.",
        {"share": lambda scores: ops.softmax(scores, axis=0)},
    ),
    (STAYS, {"one": lambda part: part}),
    (SQUEEZED, {"one": ops.squeeze}),
    (SQUEEZED, {"one": ops.squeeze, "several": ops.squeeze}),
    (NOT_SUM, {"total": lambda w, grid: ops.matmul(w, grid) / grid.shape[1]}),
    (
        "The projections of query and place are added inside the tanh; yours are multiplied.",
        {"join": lambda q, k: ops.tanh(q * k)},
    ),
    (
        "The projections of query and place are added inside the tanh; yours are subtracted.",
        {"join": lambda q, k: ops.tanh(q - k)},
    ),
    (
        "You multiplied the two tanhs; take the tanh of the sum of the projections.",
        {"join": lambda q, k: ops.tanh(q) * ops.tanh(k)},
    ),
    (
        "This is the product of query and place, without tanh and v: the score is "
        "v · tanh(query W_query + place W_grid).",
        {"join": lambda q, k: q * k, "score": lambda seen, v: ops.sum(seen, axis=-1)},
    ),
    (
        "The tanh comes before the sum with v: it is v · tanh(…), not tanh(v · …).",
        {"join": lambda q, k: q + k, "score": lambda seen, v: ops.tanh(ops.sum(seen * v, -1))},
    ),
    (
        "You took the tanh of the scores once more; the softmax comes right after v · tanh(…).",
        {"score": lambda seen, v: ops.tanh(ops.sum(seen * v, axis=-1))},
    ),
    ("This is a relu; the sum goes through a tanh.", {"join": lambda q, k: ops.relu(q + k)}),
    (
        "The place isn't in the score: add place W_grid to query W_query, inside the tanh.",
        {"join": lambda q, k: ops.tanh(q + 0 * k)},
    ),
    (
        "You took the mean over the units; v · tanh(…) is their sum.",
        {"score": lambda seen, v: ops.mean(seen * v, axis=-1)},
    ),
    (SCALED, {"score": lambda seen, v: ops.sum(seen * v, axis=-1) / v.shape[0] ** 0.5}),
    (
        "The weights come back as scores: return what the softmax gives.",
        {"both": lambda context, weights, scores: (context, scores)},
    ),
    (
        "The context comes back twice: the second result are the weights.",
        {"both": lambda context, weights, scores: (context, context)},
    ),
    (
        "You took the place with the largest weight alone; the context is the sum of all "
        "places by their weights.",
        {"total": lambda w, grid: ops.matmul(ops.one_hot(ops.argmax(w, -1), w.shape[-1]), grid)},
    ),
    (
        "The softmax has a minus: places with the largest scores get the largest weights.",
        {"share": lambda scores: ops.softmax(-scores)},
    ),
    (
        "These are shares of the scores themselves; a softmax takes their exponentials first.",
        {"share": lambda scores: scores / ops.sum(scores, axis=-1, keepdims=True)},
    ),
    (
        "This is a log-softmax; weights are its exponentials, a softmax.",
        {"share": ops.log_softmax},
    ),
    (
        "`ops.stop_gradient` lets no gradient through, so the weights learn nothing.",
        {"share": lambda scores: ops.stop_gradient(ops.softmax(scores))},
    ),
]
