"""Check of `attention`: tanh, the softmax over places, the weighted sum, gradients."""

import numpy as np
from keras import layers, ops
from scipy.special import softmax

from ..check import new_check
from ._wrong_attentions import ROWS

attention = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


@attention.witness("Keras's AdditiveAttention")
def keras_attention(query, grid, W_query, W_grid, v):
    several = query if len(query.shape) == 3 else query[:, None]
    layer = layers.AdditiveAttention()
    inputs = [ops.matmul(several, W_query), grid, ops.matmul(grid, W_grid)]  # query, value, key
    layer.build([item.shape for item in inputs])
    vars(layer)["scale"] = v  # v itself, so that gradients reach it
    context, weights = layer(inputs, return_attention_scores=True)
    return (context, weights) if several is query else (context[:, 0], weights[:, 0])


def _weighted_sum(weights, grid, keys):
    return ops.sum(ops.expand_dims(weights, -1) * grid, axis=1)


def _attend_once(
    query, grid, W_query, W_grid, v, turn=ops.tanh, share=ops.softmax, total=_weighted_sum,
    use_query=True, use_v=True,
):  # fmt: skip
    """Return context and weights of one query per image, with changes."""
    keys, asked = ops.matmul(grid, W_grid), ops.expand_dims(ops.matmul(query, W_query), 1)
    seen = turn(keys + asked if use_query else keys)
    weights = share(ops.sum(seen * v if use_v else seen, axis=-1))
    return total(weights, grid, keys), weights


def _attend(query, grid, W_query, W_grid, v, answer=tuple, **changes):
    """Return context and weights, with changes; each query on its own."""
    if len(query.shape) == 2:
        return answer(_attend_once(query, grid, W_query, W_grid, v, **changes))
    words = [
        _attend_once(query[:, t], grid, W_query, W_grid, v, **changes)
        for t in range(query.shape[1])
    ]
    return answer([ops.stack(parts, axis=1) for parts in zip(*words)])


def _overflowing_softmax(scores):
    weights = ops.exp(scores)
    return weights / ops.sum(weights, axis=-1, keepdims=True)


attention.add_mistakes(
    _attend,
    {
        "The tanh is missing: without it the query adds the same to every place.": {
            "turn": lambda x: x
        },
        "This is a sigmoid; the sum goes through a tanh.": {"turn": ops.sigmoid},
        "The query makes no difference: what is added to all places alike changes no softmax. Add "
        "query W_query to place W_grid first, and take the tanh of their sum.": {
            "use_query": False
        },
        "v isn't used: the score is v · tanh(…), not the plain sum.": {"use_v": False},
        "Each place gets a sigmoid of its own; a softmax makes the weights of all places sum "
        "to 1.": {"share": ops.sigmoid},
        "These are the scores, not the weights: the softmax is missing.": {
            "share": lambda scores: scores
        },
        "Your softmax runs over the images; an image's weights sum to 1 over its places.": {
            "share": lambda scores: ops.softmax(scores, axis=0)
        },
        "The context is the weighted sum of the grid's own places, not of grid W_grid.": {
            "total": lambda weights, grid, keys: _weighted_sum(weights, keys, keys)
        },
        "The weights aren't used: this is the plain mean of all places.": {
            "total": lambda weights, grid, keys: ops.mean(grid, axis=1)
        },
        "Return both: the context, and the weights.": {"answer": lambda both: both[0]},
        "The context comes first, then the weights.": {"answer": lambda both: both[::-1]},
        "Large scores overflow in the exponential: `ops.softmax` subtracts the largest first.": {
            "share": _overflowing_softmax
        },
    },
)


def _of_words(
    query, grid, W_query, W_grid, v, join=lambda q, k: ops.tanh(q + k), score=None,
    share=ops.softmax, total=ops.matmul, one=lambda part: part[:, 0], both=lambda c, w, s: (c, w),
    several=lambda part: part, project=lambda query, W: ops.matmul(query, W),
):  # fmt: skip
    """Return context and weights, with changes; of one query as of several, for one word."""
    is_one = len(query.shape) == 2
    q = ops.expand_dims(project(query[:, None] if is_one else query, W_query), 2)
    k = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = score(join(q, k), v) if score else ops.sum(join(q, k) * v, axis=-1)
    weights = share(scores)
    finish = one if is_one else several
    return tuple(finish(part) for part in both(total(weights, grid), weights, scores))


attention.add_mistakes(_of_words, ROWS)

ONE_QUERY = (
    "This works for one query per image only. With several, (batch, words, q), each word meets "
    "each place: give the queries an axis for places, and the grid one for words."
)


@attention.mistake(ONE_QUERY)
def for_one_query(query, grid, W_query, W_grid, v):
    return _attend_once(query, grid, W_query, W_grid, v)


@attention.mistake(ONE_QUERY)
def for_one_query_by_products(query, grid, W_query, W_grid, v):
    seen = ops.tanh(ops.matmul(query, W_query)[:, None] + ops.matmul(grid, W_grid))
    weights = ops.softmax(ops.matmul(seen, v[:, None])[..., 0])
    return ops.matmul(weights[:, None], grid)[:, 0], weights


@attention.mistake(
    "This works for several queries only. A single one, (batch, q), has no axis of words: give it "
    "one, and take it off at the end."
)
def for_several_queries(query, grid, W_query, W_grid, v):
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)
    seen = ops.tanh(asked + ops.expand_dims(ops.matmul(grid, W_grid), 1))
    weights = ops.softmax(ops.sum(seen * v, axis=-1), axis=-1)
    return ops.matmul(weights, grid), weights


ONE_AXIS = (
    "TensorFlow's `@` wants at least two axes, and v has one: multiply by v and sum over the "
    "units, or take `ops.matmul`."
)


@attention.mistake(ONE_AXIS)
def by_an_operator(query, grid, W_query, W_grid, v):
    asked = ops.matmul(query, W_query)
    asked = asked[:, None] if len(query.shape) == 2 else asked[:, :, None]
    keys = ops.matmul(grid, W_grid)
    seen = ops.tanh(asked + (keys if len(query.shape) == 2 else keys[:, None]))
    return seen @ v


@attention.mistake(
    "NumPy computes the right numbers, but no gradient can pass through it: use `keras.ops`."
)
def attention_by_numpy(query, grid, W_query, W_grid, v):
    query, grid, W_query, W_grid, v = map(ops.convert_to_numpy, (query, grid, W_query, W_grid, v))
    keys = grid @ W_grid
    keys = keys if query.ndim == 2 else keys[:, None]
    weights = softmax(np.tanh((query @ W_query)[..., None, :] + keys) @ v, axis=-1)
    context = np.einsum("b...p,bpc->b...c", weights, grid)
    return ops.convert_to_tensor(context), ops.convert_to_tensor(weights)


attention.alternative(_attend)


@attention.alternative
def by_products(query, grid, W_query, W_grid, v):
    keys, one = ops.matmul(grid, W_grid), len(query.shape) == 2
    asked = ops.matmul(query[:, None] if one else query, W_query)
    scores = ops.matmul(ops.tanh(asked[:, :, None] + keys[:, None]), v[:, None])[..., 0]
    scores = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    weights = scores / ops.sum(scores, axis=-1, keepdims=True)
    both = ops.einsum("bwp,bpc->bwc", weights, grid), weights
    return [ops.squeeze(part, axis=1) for part in both] if one else both
