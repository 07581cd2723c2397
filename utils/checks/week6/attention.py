"""Check of `attention`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import layers, ops
from scipy.special import softmax

from ..check import new_check

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


def _attend(
    query, grid, W_query, W_grid, v, turn=ops.tanh, share=lambda s: ops.softmax(s, axis=-1),
    score=lambda seen, v: ops.sum(seen * v, axis=-1), value=lambda grid, keys: grid,
    ask=ops.matmul,
):  # fmt: skip
    """Return context and weights, with changes; each query on its own."""
    if len(query.shape) == 3:
        words = [
            _attend(query[:, t], grid, W_query, W_grid, v, turn, share, score, value, ask)
            for t in range(query.shape[1])
        ]
        return tuple(ops.stack(parts, axis=1) for parts in zip(*words))
    keys = ops.matmul(grid, W_grid)
    weights = share(score(turn(ops.expand_dims(ask(query, W_query), 1) + keys), v))
    return ops.sum(ops.expand_dims(weights, -1) * value(grid, keys), axis=1), weights


@attention.mistake("The tanh is missing: without it the query adds the same to every place.")
def without_tanh(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, turn=lambda x: x)


@attention.mistake("This is a sigmoid; the sum goes through a tanh.")
def sigmoid_for_tanh(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, turn=ops.sigmoid)


@attention.mistake("The query isn't used: add query W_query to every place, inside the tanh.")
def without_query(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, ask=lambda query, W: 0 * ops.matmul(query, W))


@attention.mistake("v isn't used: the score is v · tanh(…), not the plain sum.")
def without_v(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, score=lambda seen, v: ops.sum(seen, axis=-1))


@attention.mistake("Each place gets a sigmoid of its own; a softmax shares out 1 among all.")
def sigmoid_weights(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, share=ops.sigmoid)


@attention.mistake("These are the scores, not the weights: the softmax is missing.")
def scores_for_weights(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, share=lambda scores: scores)


@attention.mistake(
    "The softmax goes over the images in yours; an image's weights sum to 1 over its places."
)
def over_the_batch(query, grid, W_query, W_grid, v):
    return _attend(
        query, grid, W_query, W_grid, v, share=lambda scores: ops.softmax(scores, axis=0)
    )


@attention.mistake(
    "The context is the sum of the places of the grid themselves, not of grid W_grid."
)
def sum_of_keys(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, value=lambda grid, keys: keys)


@attention.mistake("The weights aren't used: this is the plain mean of all places.")
def plain_mean(query, grid, W_query, W_grid, v):
    context, weights = _attend(query, grid, W_query, W_grid, v)
    mean = ops.mean(grid, axis=1)
    return (mean if len(query.shape) == 2 else mean[:, None]) + 0 * context, weights


@attention.mistake("Return both: the context, and the weights.")
def context_alone(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v)[0]


@attention.mistake("The context comes first, then the weights.")
def weights_first(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v)[::-1]


@attention.mistake(
    "NumPy computes the right numbers, but no gradient can pass it: use `keras.ops`."
)
def attention_by_numpy(query, grid, W_query, W_grid, v):
    query, grid, W_query, W_grid, v = map(ops.convert_to_numpy, (query, grid, W_query, W_grid, v))
    keys = grid @ W_grid
    keys = keys if query.ndim == 2 else keys[:, None]
    weights = softmax(np.tanh((query @ W_query)[..., None, :] + keys) @ v, axis=-1)
    context = np.einsum("b...p,bpc->b...c", weights, grid)
    return ops.convert_to_tensor(context), ops.convert_to_tensor(weights)


@attention.mistake(
    "Large scores overflow in the exponential: `ops.softmax` subtracts the largest first."
)
def overflowing_softmax(query, grid, W_query, W_grid, v):
    def share(scores):
        weights = ops.exp(scores)
        return weights / ops.sum(weights, axis=-1, keepdims=True)

    return _attend(query, grid, W_query, W_grid, v, share=share)


@attention.alternative
def by_sums(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v)


@attention.alternative
def by_products(query, grid, W_query, W_grid, v):
    keys, one = ops.matmul(grid, W_grid), len(query.shape) == 2
    asked = ops.matmul(query[:, None] if one else query, W_query)
    scores = ops.matmul(ops.tanh(asked[:, :, None] + keys[:, None]), v[:, None])[..., 0]
    scores = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    weights = scores / ops.sum(scores, axis=-1, keepdims=True)
    both = ops.einsum("bwp,bpc->bwc", weights, grid), weights
    return [ops.squeeze(part, axis=1) for part in both] if one else both
