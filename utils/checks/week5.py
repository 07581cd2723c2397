"""Checks of week 5: for every exercise its points, the mistakes people make, and sound variants."""

import keras
import numpy as np
from scipy.special import expit as sigmoid

from .core import catalogue
from .probes import week5 as probes

check = catalogue(5, probes)
layers, ops = keras.layers, keras.ops
PAD, START, END = "<pad>", "<start>", "<end>"

# --- build_vocabulary

build_vocabulary = check("build_vocabulary")


def _numbered(tokens, first=0):
    return tokens, {token: number for number, token in enumerate(tokens, start=first)}


def _characters(names):
    return sorted(set("".join(names)))


@build_vocabulary.mistake("The three special tokens come first: padding, start, end, then letters.")
def special_last(names):
    return _numbered([*_characters(names), PAD, START, END])


@build_vocabulary.mistake("The order is padding, start, end: padding has number 0.")
def start_first(names):
    return _numbered([START, END, PAD, *_characters(names)])


@build_vocabulary.mistake(
    "The characters aren't sorted, so their numbers depend on the order of the names."
)
def in_order_of_appearance(names):
    return _numbered([PAD, START, END, *dict.fromkeys("".join(names))])


@build_vocabulary.mistake("Numbers count from 0: the number of a token is its place in the list.")
def counted_from_one(names):
    return _numbered([PAD, START, END, *_characters(names)], first=1)


@build_vocabulary.mistake("Capitals are characters of their own; you made all letters small.")
def lower_case(names):
    return _numbered([PAD, START, END, *_characters(name.lower() for name in names)])


@build_vocabulary.mistake(
    "The dict is the wrong way round: it leads from a token to its number, not back."
)
def the_other_way(names):
    tokens, _ = _numbered([PAD, START, END, *_characters(names)])
    return tokens, dict(enumerate(tokens))


@build_vocabulary.mistake(
    "Only letters are in it: a space, a hyphen and an apostrophe are characters of names, too."
)
def letters_alone(names):
    return _numbered([PAD, START, END, *filter(str.isalpha, _characters(names))])


@build_vocabulary.mistake("Each character is in it once; yours has one entry for each occurrence.")
def with_repetitions(names):
    return _numbered([PAD, START, END, *sorted("".join(names))])


@build_vocabulary.mistake("The tokens are whole names; take their characters.")
def whole_names(names):
    return _numbered([PAD, START, END, *sorted(set(names))])


@build_vocabulary.alternative
def by_loops(names):
    found = set()
    for name in names:
        for character in name:
            found.add(character)
    tokens = [PAD, START, END] + sorted(found)
    token_to_id = {}
    for token in tokens:
        token_to_id[token] = len(token_to_id)
    return tokens, token_to_id


@build_vocabulary.alternative
def by_zip(names):
    tokens = [PAD, START, END] + sorted(set().union(*map(set, names)))
    return tokens, dict(zip(tokens, range(len(tokens))))


# --- names_to_matrix

names_to_matrix = check("names_to_matrix")


def _matrix(rows, max_len, dtype="int32"):
    """Return rows of numbers as a matrix, with zeros behind them."""
    return np.array([[*row, *[0] * (max_len - len(row))][:max_len] for row in rows], dtype).reshape(
        len(rows), max_len
    )


def _ids(names, token_to_id, start=True, end=True):
    before, after = [START] * start, [END] * end
    return [[token_to_id[token] for token in (*before, *name, *after)] for name in names]


@names_to_matrix.mistake("The end is missing: without it no network learns where names end.")
def without_end(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id, end=False), max_len)


@names_to_matrix.mistake("The start is missing: something must come before the first letter.")
def without_start(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id, start=False), max_len)


@names_to_matrix.mistake("Padding comes after the name, not before it.")
def padded_before(names, token_to_id, max_len):
    rows = [row[:max_len] for row in _ids(names, token_to_id)]
    return _matrix([[0] * (max_len - len(row)) + row for row in rows], max_len)


@names_to_matrix.mistake("The end comes right after the name, and padding after the end.")
def end_in_the_last_column(names, token_to_id, max_len):
    matrix = _matrix(_ids(names, token_to_id, end=False), max_len)
    matrix[:, -1] = token_to_id[END]
    return matrix


@names_to_matrix.mistake(
    "A name that is cut has no end: it doesn't end there. Keep the first max_len numbers alone."
)
def cut_names_end(names, token_to_id, max_len):
    return _matrix(_ids([name[: max_len - 2] for name in names], token_to_id), max_len)


@names_to_matrix.mistake("A long name is cut behind: keep its first numbers, not its last.")
def cut_in_front(names, token_to_id, max_len):
    return _matrix([row[-max_len:] for row in _ids(names, token_to_id)], max_len)


@names_to_matrix.mistake("max_len counts start and end, too; your rows are two longer.")
def two_longer(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id), max_len + 2)


@names_to_matrix.mistake("Numbers of tokens are integers: give the matrix an integer dtype.")
def as_floats(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id), max_len, float)


@names_to_matrix.mistake(
    "Rows are as long as the longest name; all must have max_len numbers, whatever the names."
)
def as_long_as_the_longest(names, token_to_id, max_len):
    rows = [row[:max_len] for row in _ids(names, token_to_id)]
    return _matrix(rows, max(map(len, rows), default=0))


@names_to_matrix.alternative
def by_keras(names, token_to_id, max_len):
    return keras.utils.pad_sequences(
        _ids(names, token_to_id), max_len, padding="post", truncating="post"
    ).reshape(len(names), max_len)


@names_to_matrix.alternative
def number_by_number(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), dtype=int)
    for i, name in enumerate(names):
        for j, token in enumerate([START, *name, END]):
            if j < max_len:
                matrix[i, j] = token_to_id[token]
    return matrix


# --- bigram_probabilities

bigram_probabilities = check("bigram_probabilities", points=2)


def _counted(before, after, num_tokens):
    """Return how often each pair occurs."""
    pairs = before.ravel().astype(int) * num_tokens + after.ravel()
    return np.bincount(pairs, minlength=num_tokens**2).reshape(num_tokens, num_tokens) * 1.0


def _pairs(matrix, num_tokens):
    counts = _counted(matrix[:, :-1], matrix[:, 1:], num_tokens)
    counts[:, :2] = 0
    return counts


def _rows_divided(counts):
    return counts / counts.sum(axis=1, keepdims=True)


def _smoothed(counts, smoothing):
    counts = counts.copy()
    counts[:, 2:] += smoothing
    return counts


@bigram_probabilities.mistake(
    "You paired each token with itself: b is the next one, a column further to the right."
)
def not_shifted(matrix, num_tokens, smoothing):
    counts = _counted(matrix, matrix, num_tokens)
    counts[:, :2] = 0
    return _rows_divided(_smoothed(counts, smoothing))


@bigram_probabilities.mistake(
    "You counted padding as if it followed the end: a column of its own must stay 0."
)
def padding_counted(matrix, num_tokens, smoothing):
    counts = _counted(matrix[:, :-1], matrix[:, 1:], num_tokens)
    return _rows_divided(_smoothed(counts, smoothing))


@bigram_probabilities.mistake(
    "You smoothed all columns. Nothing is followed by padding or by a start: these two stay 0."
)
def all_columns_smoothed(matrix, num_tokens, smoothing):
    return _rows_divided(_pairs(matrix, num_tokens) + smoothing)


@bigram_probabilities.mistake(
    "Each pair is counted once at most: `counts[a, b] += 1` with arrays adds 1 to a place however "
    "often it is named. Use `np.add.at`, or a loop."
)
def each_pair_once(matrix, num_tokens, smoothing):
    return _rows_divided(_smoothed(np.minimum(_pairs(matrix, num_tokens), 1), smoothing))


@bigram_probabilities.mistake("It is the wrong way round: row a holds what comes after a.")
def backwards(matrix, num_tokens, smoothing):
    counts = _counted(matrix[:, 1:], matrix[:, :-1], num_tokens)
    counts[:2] = 0
    counts[2:] += smoothing
    return counts / counts.sum(axis=0, keepdims=True)


@bigram_probabilities.mistake(
    "You divided by the sum of the whole table; each row is divided by its own, so that it sums "
    "to 1."
)
def divided_by_all(matrix, num_tokens, smoothing):
    counts = _smoothed(_pairs(matrix, num_tokens), smoothing)
    return counts / counts.sum()


@bigram_probabilities.mistake(
    "Each column sums to 1 in yours; it's the rows that must, for they hold what can come next."
)
def divided_by_columns(matrix, num_tokens, smoothing):
    counts = _smoothed(_pairs(matrix, num_tokens), smoothing)
    return counts / np.maximum(counts.sum(axis=0, keepdims=True), 1e-300)


@bigram_probabilities.mistake(
    "The smoothing comes first, the division after it: your rows sum to more than 1."
)
def smoothed_afterwards(matrix, num_tokens, smoothing):
    counts = _pairs(matrix, num_tokens)
    return _smoothed(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), smoothing)


@bigram_probabilities.mistake(
    "The smoothing is missing, so a pair that was never seen is impossible: add it to each count."
)
def not_smoothed(matrix, num_tokens, smoothing):
    counts = _pairs(matrix, num_tokens)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@bigram_probabilities.mistake("You added 1 to each count, whatever the smoothing is.")
def smoothed_by_one(matrix, num_tokens, smoothing):
    return _rows_divided(_smoothed(_pairs(matrix, num_tokens), 1))


@bigram_probabilities.alternative
def by_counting_numbers(matrix, num_tokens, smoothing):
    return _rows_divided(_smoothed(_pairs(matrix, num_tokens), smoothing))


@bigram_probabilities.alternative
def pair_by_pair(matrix, num_tokens, smoothing):
    table = np.full((num_tokens, num_tokens), float(smoothing))
    table[:, 0] = table[:, 1] = 0
    for row in matrix:
        for a, b in zip(row, row[1:]):
            if b > 1:
                table[a, b] += 1
    return table / np.sum(table, axis=1)[:, np.newaxis]


# --- rnn_step

rnn_step = check("rnn_step")


@rnn_step.witness("Keras")
def keras_simple_cell(x, h, Wx, Wh, b):
    return _keras_step(layers.SimpleRNNCell(len(Wh), dtype="float64"), [Wx, Wh, b], x, h)[0]


def _keras_step(cell, weights, x, *states):
    """Return the states that a cell of Keras has after one more input."""
    cell.build(x.shape)
    cell.set_weights(weights)
    _, states = cell(ops.convert_to_tensor(x), list(map(ops.convert_to_tensor, states)))
    return tuple(map(ops.convert_to_numpy, states))


@rnn_step.mistake("The bias is missing.")
def step_without_bias(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh)


@rnn_step.mistake("The tanh is missing: without it states grow without bounds.")
def step_without_tanh(x, h, Wx, Wh, b):
    return x @ Wx + h @ Wh + b


@rnn_step.mistake("The state before isn't used: without it the cell has no memory.")
def step_without_state(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + b)


@rnn_step.mistake("This is a sigmoid; the cell has a tanh.")
def step_with_sigmoid(x, h, Wx, Wh, b):
    return sigmoid(x @ Wx + h @ Wh + b)


@rnn_step.mistake("Wh is transposed: rows belong to the state before, columns to the new one.")
def step_transposed(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh.T + b)


@rnn_step.mistake("One tanh around the sum, not one around each part.")
def step_with_two_tanh(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx) + np.tanh(h @ Wh + b)


@rnn_step.mistake("You added the state before to the new one; the cell replaces it.")
def step_added(x, h, Wx, Wh, b):
    return h + np.tanh(x @ Wx + h @ Wh + b)


@rnn_step.alternative
def step_side_by_side(x, h, Wx, Wh, b):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([Wx, Wh]) + b)


@rnn_step.alternative
def step_by_einsum(x, h, Wx, Wh, b):
    return np.tanh(np.einsum("bi,iu->bu", x, Wx) + np.einsum("bu,uv->bv", h, Wh) + b[None])


# --- rnn_forward

rnn_forward = check("rnn_forward")


def _states(inputs, h0, Wx, Wh, b):
    """Return h0 and all states after it, as a list."""
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(np.tanh(inputs[:, t] @ Wx + states[-1] @ Wh + b))
    return states


@rnn_forward.witness("Keras")
def keras_simple_layer(inputs, h0, Wx, Wh, b):
    if not inputs.shape[1]:
        return h0[:, None]
    layer = layers.SimpleRNN(len(Wh), return_sequences=True, dtype="float64")
    layer.build(inputs.shape)
    layer.set_weights([Wx, Wh, b])
    h = layer(ops.convert_to_tensor(inputs), initial_state=ops.convert_to_tensor(h0))
    return np.concatenate([h0[:, None], ops.convert_to_numpy(h)], axis=1)


@rnn_forward.mistake(
    "The state isn't carried: each step starts from h0, not from the state before it."
)
def always_from_h0(inputs, h0, Wx, Wh, b):
    steps = [np.tanh(x @ Wx + h0 @ Wh + b) for x in inputs.transpose(1, 0, 2)]
    return np.stack([h0, *steps], axis=1)


@rnn_forward.mistake("h0 belongs to the result: it is the first of time + 1 states.")
def without_h0(inputs, h0, Wx, Wh, b):
    return np.stack([*_states(inputs, h0, Wx, Wh, b)[1:], h0], axis=1)[:, :-1]


@rnn_forward.mistake("Return all states; this is the last one alone.")
def last_state(inputs, h0, Wx, Wh, b):
    return _states(inputs, h0, Wx, Wh, b)[-1]


@rnn_forward.mistake("Time is the second axis: the result is (batch, time + 1, units).")
def time_first(inputs, h0, Wx, Wh, b):
    return np.stack(_states(inputs, h0, Wx, Wh, b))


@rnn_forward.mistake("You started from zeros; start from h0.")
def from_zeros(inputs, h0, Wx, Wh, b):
    return np.stack(_states(inputs, np.zeros_like(h0), Wx, Wh, b), axis=1)


@rnn_forward.mistake("You stepped from sequence to sequence; step along time, the second axis.")
def along_the_batch(inputs, h0, Wx, Wh, b):
    return np.stack(_states(inputs.transpose(1, 0, 2), h0, Wx, Wh, b), axis=1)


@rnn_forward.mistake("You went through time backwards: the first input comes first.")
def from_the_end(inputs, h0, Wx, Wh, b):
    return np.stack(_states(inputs[:, ::-1], h0, Wx, Wh, b), axis=1)


@rnn_forward.mistake("h0 comes first in the result: h[:, 0], before the state of the first input.")
def h0_last(inputs, h0, Wx, Wh, b):
    return np.stack([*_states(inputs, h0, Wx, Wh, b)[1:], h0], axis=1)


@rnn_forward.alternative
def into_an_array(inputs, h0, Wx, Wh, b):
    batch, time, _ = inputs.shape
    h = np.empty((batch, time + 1, len(b)))
    h[:, 0] = h0
    from_inputs = inputs @ Wx + b  # of all steps at once
    for t in range(time):
        h[:, t + 1] = np.tanh(from_inputs[:, t] + h[:, t] @ Wh)
    return h


@rnn_forward.alternative
def sequence_by_sequence(inputs, h0, Wx, Wh, b):
    result = [
        np.concatenate(_states(inputs[i : i + 1], h0[i : i + 1], Wx, Wh, b))
        for i in range(len(inputs))
    ]
    return np.array(result)


# --- rnn_backward

rnn_backward = check("rnn_backward", points=3)


@rnn_backward.witness("numeric differentiation")
def numeric_gradient(grad_h, inputs, h, Wx, Wh):
    """Nudge each number by itself; the bias is found from the states."""
    h0 = h[:, 0]
    b = (np.arctanh(h[:, 1]) - inputs[:, 0] @ Wx - h0 @ Wh)[0]
    numbers = [array.copy() for array in (Wx, Wh, b, h0)]

    def loss():
        Wx, Wh, b, h0 = numbers
        return np.sum(grad_h * np.stack(_states(inputs, h0, Wx, Wh, b), axis=1))

    gradients = [np.zeros_like(array) for array in numbers]
    for array, gradient in zip(numbers, gradients):
        for place in np.ndindex(array.shape):
            kept, losses = array[place], []
            for nudge in (1e-5, -1e-5):
                array[place] = kept + nudge
                losses.append(loss())
            array[place], gradient[place] = kept, (losses[0] - losses[1]) / 2e-5
    return tuple(gradients)


def _backward(
    grad_h, inputs, h, Wx, Wh, slope=lambda before, after: 1 - after**2,
    carry=lambda direct, grad_a, Wh: direct + grad_a @ Wh.T, last=None, steps=None,
    state=lambda before, after: before, add=lambda old, new: old + new,
):  # fmt: skip
    """Return the four gradients, with changes."""
    grad_Wx, grad_Wh, grad_b = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(Wh))
    carried = grad_h[:, -1]
    order = list(reversed(range(inputs.shape[1])))
    for t in order[:steps]:
        before, after = h[:, t], h[:, t + 1]
        grad_a = carried * slope(before, after)
        grad_Wx = add(grad_Wx, inputs[:, t].T @ grad_a)
        grad_Wh = add(grad_Wh, state(before, after).T @ grad_a)
        grad_b = add(grad_b, grad_a.sum(axis=0))
        carried = carry(grad_h[:, t], grad_a, Wh)
    return grad_Wx, grad_Wh, grad_b, carried


@rnn_backward.mistake(
    "The weights act at every step, so their gradients add up over time; you kept one step's alone."
)
def not_accumulated(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, add=lambda old, new: new)


@rnn_backward.mistake(
    "The weights act at every step, so their gradients add up over time; you kept one step's alone."
)
def the_last_step_alone(grad_h, inputs, h, Wx, Wh):
    *gradients, _ = _backward(grad_h, inputs, h, Wx, Wh, steps=1)
    return (*gradients, _backward(grad_h, inputs, h, Wx, Wh)[3])


@rnn_backward.mistake(
    "The gradient isn't carried back: each state also acts through all states after it."
)
def not_carried(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, carry=lambda direct, grad_a, Wh: direct)


@rnn_backward.mistake(
    "You carry back what comes from later states alone; add each state's own grad_h on the way."
)
def only_from_the_last(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, carry=lambda direct, grad_a, Wh: grad_a @ Wh.T)


@rnn_backward.mistake("The slope of tanh is missing: 1 − h², where h is the state after the step.")
def without_slope(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, slope=lambda before, after: 1.0)


@rnn_backward.mistake(
    "The slope of tanh is taken at the state before the step; it is that of the state after it."
)
def slope_before(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, slope=lambda before, after: 1 - before**2)


@rnn_backward.mistake("The slope of tanh is 1 − h²; yours, h·(1 − h), is a sigmoid's.")
def slope_of_sigmoid(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, slope=lambda before, after: after * (1 - after))


@rnn_backward.mistake("On the way back Wh must be transposed.")
def not_transposed(grad_h, inputs, h, Wx, Wh):
    def carry(direct, grad_a, Wh):
        return direct + grad_a @ Wh

    return _backward(grad_h, inputs, h, Wx, Wh, carry=carry)


@rnn_backward.mistake("Wh meets the state before the step, h[:, t]; you took the one after it.")
def state_after(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, state=lambda before, after: after)


@rnn_backward.mistake("The carried gradient forgot the slope of tanh: it passes through tanh, too.")
def carried_around_tanh(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(Wh))
    carried = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        grad_a = carried * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ grad_a
        grad_Wh += h[:, t].T @ grad_a
        grad_b += grad_a.sum(axis=0)
        carried = grad_h[:, t] + carried @ Wh.T
    return grad_Wx, grad_Wh, grad_b, carried


@rnn_backward.mistake("The first state acts on the loss directly, too: add grad_h[:, 0].")
def first_state_without_its_own(grad_h, inputs, h, Wx, Wh):
    *gradients, grad_h0 = _backward(grad_h, inputs, h, Wx, Wh)
    return (*gradients, grad_h0 - grad_h[:, 0])


@rnn_backward.mistake(
    "You averaged over the sequences of the batch; grad_h holds the loss's weights already, so sum."
)
def averaged(grad_h, inputs, h, Wx, Wh):
    *gradients, grad_h0 = _backward(grad_h, inputs, h, Wx, Wh)
    return (*(gradient / len(h) for gradient in gradients), grad_h0)


@rnn_backward.mistake("grad_b is missing its sum over the batch: it has one number a unit.")
def bias_not_summed(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, _, grad_h0 = _backward(grad_h, inputs, h, Wx, Wh)
    grad_b = 0
    carried = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        grad_a = carried * (1 - h[:, t + 1] ** 2)
        grad_b = grad_b + grad_a
        carried = grad_h[:, t] + grad_a @ Wh.T
    return grad_Wx, grad_Wh, grad_b, grad_h0


@rnn_backward.alternative
def first_back_then_sums(grad_h, inputs, h, Wx, Wh):
    grad_a = np.zeros_like(h[:, 1:])
    later = np.zeros_like(h[:, 0])
    for t in range(inputs.shape[1] - 1, -1, -1):
        grad_a[:, t] = (grad_h[:, t + 1] + later) * (1 - np.square(h[:, t + 1]))
        later = grad_a[:, t].dot(Wh.T)
    return (
        np.einsum("bti,btu->iu", inputs, grad_a),
        np.einsum("btv,btu->vu", h[:, :-1], grad_a),
        grad_a.sum(axis=(0, 1)),
        later + grad_h[:, 0],
    )


@rnn_backward.alternative
def in_lists(grad_h, inputs, h, Wx, Wh):
    parts, grad_state = [], grad_h[:, -1].copy()
    for x, before, after, direct in list(
        zip(*(array.transpose(1, 0, 2) for array in (inputs, h[:, :-1], h[:, 1:], grad_h[:, :-1])))
    )[::-1]:
        inside = grad_state - grad_state * after * after
        parts.append((x.T @ inside, before.T @ inside, inside.sum(0)))
        grad_state = direct + (Wh @ inside.T).T
    return [*map(sum, zip(*parts)), grad_state]


# --- clip_by_norm

clip_by_norm = check("clip_by_norm")


def _norm(gradients):
    return np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))


def _scale(norm, max_norm):
    return min(1.0, max_norm / norm) if norm else 1.0


@clip_by_norm.mistake(
    "You clipped each array by its own norm, which turns the step: take one norm of them all."
)
def each_on_its_own(gradients, max_norm):
    return [gradient * _scale(np.linalg.norm(gradient), max_norm) for gradient in gradients]


@clip_by_norm.mistake(
    "You cut off single numbers, which turns the step; scale all numbers by one factor."
)
def by_value(gradients, max_norm):
    return [np.clip(gradient, -max_norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake("Gradients that are small enough stay as they are; you scaled them up.")
def always_scaled(gradients, max_norm):
    norm = _norm(gradients)
    return [gradient * (max_norm / norm if norm else 1) for gradient in gradients]


@clip_by_norm.mistake("The root is missing: a norm is the root of the sum of squares.")
def without_root(gradients, max_norm):
    return [gradient * _scale(_norm(gradients) ** 2, max_norm) for gradient in gradients]


@clip_by_norm.mistake("Norms of arrays don't add up; add their squares, then take the root.")
def sum_of_norms(gradients, max_norm):
    norm = sum(np.linalg.norm(gradient) for gradient in gradients)
    return [gradient * _scale(norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake("This is the largest number, not the norm.")
def largest_number(gradients, max_norm):
    norm = max(np.abs(gradient).max() for gradient in gradients)
    return [gradient * _scale(norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake("You divided by the norm and forgot max_norm: the result has a norm of 1.")
def to_norm_one(gradients, max_norm):
    norm = _norm(gradients)
    return [gradient / norm if norm > max_norm else gradient for gradient in gradients]


@clip_by_norm.mistake("You changed the caller's arrays; make new ones.")
def in_place(gradients, max_norm):
    scale = _scale(_norm(gradients), max_norm)
    for gradient in gradients:
        gradient *= scale
    return gradients


@clip_by_norm.alternative
def by_one_long_vector(gradients, max_norm):
    norm = _norm(gradients)
    if norm <= max_norm:
        return gradients
    return tuple(gradient * (max_norm / norm) for gradient in gradients)


@clip_by_norm.alternative
def by_the_larger(gradients, max_norm):
    norm = sum((gradient**2).sum() for gradient in gradients) ** 0.5
    return [gradient * max_norm / max(norm, max_norm) for gradient in gradients]


# --- masked_loss

masked_loss = check("masked_loss", points=2, rtol=1e-4, atol=1e-5)


@masked_loss.witness("Keras's loss with a class that it ignores")
def keras_loss(logits, targets, pad_id):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad_id)
    return loss(targets, logits)


def _losses(logits, targets, pad_id):
    """Return the cross-entropy at each place, and 1.0 where it isn't padding."""
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return losses, ops.cast(targets != pad_id, "float32")


@masked_loss.mistake("Padding counts in yours: leave its places out, and the mean is of the rest.")
def unmasked(logits, targets, pad_id):
    return ops.mean(_losses(logits, targets, pad_id)[0])


@masked_loss.mistake(
    "You left padding out of the sum, but divided by all places; divide by the number of real ones."
)
def divided_by_all_places(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.mean(losses * is_real)


@masked_loss.mistake("This is the sum; divide by the number of real tokens.")
def summed(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.sum(losses * is_real)


@masked_loss.mistake(
    "You averaged each name, then the names: so a letter of a short name counts more than others."
)
def mean_of_names(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.mean(ops.sum(losses * is_real, axis=1) / ops.sum(is_real, axis=1))


@masked_loss.mistake("You summed each name's losses; every real token counts the same: one mean.")
def sum_of_names(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.sum(losses * is_real) / logits.shape[0]


@masked_loss.mistake("The mask is the wrong way round: you kept the padding and left out the rest.")
def mask_turned(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.sum(losses * (1 - is_real)) / ops.maximum(ops.sum(1 - is_real), 1)


@masked_loss.mistake("You took 0 for padding; it is whatever pad_id says.")
def always_zero(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, 0)
    return ops.sum(losses * is_real) / ops.sum(is_real)


@masked_loss.mistake("These are logits, not probabilities: say from_logits=True.")
def logits_as_probabilities(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits)
    is_real = _losses(logits, targets, pad_id)[1]
    return ops.sum(losses * is_real) / ops.sum(is_real)


@masked_loss.mistake(
    "You shifted the targets. They come shifted: targets[:, t] is what logits[:, t] should name."
)
def shifted_again(logits, targets, pad_id):
    losses, is_real = _losses(logits[:, :-1], targets[:, 1:], pad_id)
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


@masked_loss.mistake(
    "A very small probability becomes 0 in yours, and its logarithm infinite: use the logarithm of "
    "the softmax, not first one and then the other."
)
def log_of_softmax(logits, targets, pad_id):
    chosen = ops.one_hot(targets, logits.shape[-1])
    losses = -ops.log(ops.sum(chosen * ops.softmax(logits), axis=-1))
    is_real = ops.cast(targets != pad_id, "float32")
    return ops.sum(losses * is_real) / ops.sum(is_real)


@masked_loss.mistake(
    "NumPy computes the right number, but no gradient can pass it: use `keras.ops`."
)
def by_numpy(logits, targets, pad_id):
    logits, targets = map(ops.convert_to_numpy, (logits, targets))
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_probabilities = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    chosen = np.take_along_axis(log_probabilities, targets[..., None], -1)[..., 0]
    return -ops.convert_to_tensor(chosen[targets != pad_id].mean())


@masked_loss.alternative
def by_log_softmax(logits, targets, pad_id):
    chosen = ops.one_hot(targets, logits.shape[-1])
    log_probabilities = ops.sum(ops.log_softmax(logits, axis=-1) * chosen, axis=-1)
    is_real = ops.cast(ops.not_equal(targets, pad_id), logits.dtype)
    return -ops.sum(log_probabilities * is_real) / ops.sum(is_real)


@masked_loss.alternative
def by_where(logits, targets, pad_id):
    losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    real = ops.logical_not(ops.equal(targets, pad_id))
    number = ops.count_nonzero(real)
    return ops.sum(ops.where(real, losses, 0.0)) / ops.cast(number, "float32")


# --- sample_name


RULES = {
    "softmax(logits / T)": lambda logits, t: np.exp(logits / t),
    "softmax(logits · T)": lambda logits, t: np.exp(logits * t),
    "softmax(logits)": lambda logits, t: np.exp(logits),
    "the largest logit": lambda logits, t: 1.0 * (logits == logits.max()),
}


def _facts_of_samples(evidence):
    """Replace frequencies by the rule that they follow."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "frequencies" in value:
            value = {"letters are as frequent as this rule says": _rule(**value)}
        result.append({**seen, "value": value})
    return result


def _rule(frequencies, logits, temperature):
    """Return the first rule whose probabilities are near the frequencies: five deviations."""
    for name, weigh in RULES.items():
        weights = weigh(logits, temperature)
        if np.abs(frequencies - weights / weights.sum()).max() < 0.1:
            return name
    return "another"


sample_name = check("sample_name", points=2, properties=_facts_of_samples)


def _sample(
    next_logits, ids, prefix, temperature, max_len, rng, heat=lambda scores, t: scores / t,
    banned=(PAD, START), given=lambda numbers: numbers, first=START, shift=True, choose=None,
    stop=True, keep_end=False, limit=None, result=lambda prefix, name: name,
):  # fmt: skip
    """Return a name, with changes."""
    tokens, name = list(ids), prefix
    limit = max_len if limit is None else limit
    while len(name) < limit:
        numbers = [ids[token] for token in ([first] if first else []) + list(name)]
        scores = heat(np.array(next_logits(given(numbers)), float), temperature)
        scores[[ids[token] for token in banned]] = -np.inf
        weights = np.exp(scores - (scores.max() if shift else 0))
        p = weights / weights.sum()
        token = tokens[choose(p) if choose else rng.choice(len(tokens), p=p)]
        if token == END and stop:
            name += END * keep_end
            break
        name += token
    return result(prefix, name)


@sample_name.mistake(
    "You multiplied by the temperature; divide by it: a high one makes all letters more alike."
)
def multiplied(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, heat=lambda s, t: s * t
    )


@sample_name.mistake(
    "The temperature changes nothing in yours: divide the scores by it, before the softmax."
)
def without_temperature(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, heat=lambda s, t: s * 1.0
    )


@sample_name.mistake("You took the most probable token each time; draw one by its probability.")
def greedy(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, choose=np.argmax)


@sample_name.mistake("Sampling goes on past the end: when the end is drawn, the name is over.")
def past_the_end(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, stop=False,
        result=lambda prefix, name: name.replace(END, ""),
    )  # fmt: skip


@sample_name.mistake("Sampling goes on past the end: when the end is drawn, the name is over.")
def past_the_end_and_written(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, stop=False)


@sample_name.mistake("The end is no letter: it says that the name is over, and isn't part of it.")
def end_kept(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, keep_end=True)


@sample_name.mistake("The name begins with its prefix; you returned only what was drawn.")
def prefix_dropped(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng,
        result=lambda prefix, name: name[len(prefix) :],
    )  # fmt: skip


@sample_name.mistake(
    "next_logits must be given all tokens so far, not the last alone: the state holds the rest."
)
def last_token_alone(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, given=lambda ids: ids[-1:]
    )


@sample_name.mistake("What next_logits is given begins with the start.")
def start_not_given(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, first=None)


@sample_name.mistake("next_logits must be given the prefix, too.")
def prefix_not_given(next_logits, token_to_id, prefix, temperature, max_len, rng):
    def given(ids):
        return ids[:1] + ids[1 + len(prefix) :]

    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, given=given)


@sample_name.mistake("max_len counts the prefix, too; your names can be longer.")
def prefix_not_counted(next_logits, token_to_id, prefix, temperature, max_len, rng):
    limit = max_len + len(prefix)
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, limit=limit)


@sample_name.mistake("max_len counts characters alone, without start and end.")
def specials_counted(next_logits, token_to_id, prefix, temperature, max_len, rng):
    limit = max_len - 2
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, limit=limit)


@sample_name.mistake("Padding and start can be drawn in yours; take their chance away.")
def nothing_banned(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, banned=())


@sample_name.mistake("Chance comes from `rng` alone; `np.random` is another generator.")
def other_generator(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, np.random)


@sample_name.mistake(
    "Large scores overflow in the exponential: subtract the largest score first, which changes "
    "nothing else."
)
def overflowing(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, shift=False)


@sample_name.alternative
def by_gumbel(next_logits, token_to_id, prefix, temperature, max_len, rng):
    letters = [token for token in token_to_id if token not in (PAD, START)]
    places = [token_to_id[token] for token in letters]
    ids = [token_to_id[START], *(token_to_id[letter] for letter in prefix)]
    while len(ids) <= max_len:
        scores = np.asarray(next_logits(ids))[places] / temperature
        drawn = places[int(np.argmax(scores + rng.gumbel(size=len(places))))]
        if drawn == token_to_id[END]:
            break
        ids.append(drawn)
    names = {number: token for token, number in token_to_id.items()}
    return "".join(names[number] for number in ids[1:])


@sample_name.alternative
def by_cumulated_probabilities(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens, name = list(token_to_id), list(prefix)
    for _ in range(max_len - len(prefix)):
        ids = np.array([token_to_id[START], *(token_to_id[letter] for letter in name)])
        scores = np.array(next_logits(ids)) / temperature
        weights = np.exp(scores - np.max(scores[2:]))
        weights[[0, 1]] = 0
        edges = np.cumsum(weights) / weights.sum()
        token = tokens[min(int(np.searchsorted(edges, rng.random())), len(tokens) - 1)]
        if token == "<end>":
            return "".join(name)
        name.append(token)
    return "".join(name)


# --- lstm_step

lstm_step = check("lstm_step", points=2)


@lstm_step.witness("Keras")
def keras_lstm_cell(x, h, c, W, U, b):
    return _keras_step(layers.LSTMCell(len(U), dtype="float64"), [W, U, b], x, h, c)


def _lstm(x, h, c, W, U, b, order="ifgo", cell=None):
    """Return state and memory, with the gates in an order, or with other equations."""
    parts = dict(zip(order, np.split(x @ W + h @ U + b, 4, axis=1)))
    i, f, o = (sigmoid(parts[name]) for name in "ifo")
    if cell:
        return cell(i, f, np.tanh(parts["g"]), o)
    new = f * c + i * np.tanh(parts["g"])
    return o * np.tanh(new), new


ORDER = "The gates are in another order: input gate, forget gate, candidate, output gate."


@lstm_step.mistake(ORDER)
def output_before_candidate(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "ifog")


@lstm_step.mistake(ORDER)
def candidate_before_forget(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "igfo")


@lstm_step.mistake(ORDER)
def forget_first(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "figo")


@lstm_step.mistake(ORDER)
def forget_first_candidate_last(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "fiog")


@lstm_step.mistake("The state before isn't used: h U belongs to every gate.")
def lstm_without_state(x, h, c, W, U, b):
    return _lstm(x, h * 0, c, W, U, b)


@lstm_step.mistake("The memory isn't carried: the forget gate times the old memory is missing.")
def lstm_without_memory(x, h, c, W, U, b):
    return _lstm(x, h, c * 0, W, U, b)


@lstm_step.mistake("The new state is o·tanh(memory); the tanh is missing.")
def lstm_without_tanh(x, h, c, W, U, b):
    def cell(i, f, g, o):
        new = f * c + i * g
        return o * new, new

    return _lstm(x, h, c, W, U, b, cell=cell)


@lstm_step.mistake("The new state is made from the new memory; you took the old one.")
def lstm_old_memory(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, cell=lambda i, f, g, o: (o * np.tanh(c), f * c + i * g))


@lstm_step.mistake("The candidate has a tanh, not a sigmoid: it must be able to be negative.")
def lstm_sigmoid_candidate(x, h, c, W, U, b):
    g = sigmoid(np.split(x @ W + h @ U + b, 4, axis=1)[2])

    def cell(i, f, _, o):
        new = f * c + i * g
        return o * np.tanh(new), new

    return _lstm(x, h, c, W, U, b, cell=cell)


@lstm_step.mistake("The forget gate is a gate of its own; yours is 1 − input gate.")
def lstm_coupled(x, h, c, W, U, b):
    def cell(i, f, g, o):
        new = (1 - i) * c + i * g
        return o * np.tanh(new), new

    return _lstm(x, h, c, W, U, b, cell=cell)


@lstm_step.mistake("Return the state first, then the memory.")
def lstm_swapped(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b)[::-1]


@lstm_step.mistake("Return both, state and memory; only the state came.")
def lstm_state_alone(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b)[0]


@lstm_step.mistake(
    "You added 1 to the forget gate. Keras sets its bias to 1 at the start, so b holds it already."
)
def lstm_forget_plus_one(x, h, c, W, U, b):
    units = len(U)
    return _lstm(x, h, c, W, U, b + np.repeat([0, 1, 0, 0], units))


@lstm_step.mistake("The bias is missing.")
def lstm_without_bias(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b * 0)


@lstm_step.alternative
def lstm_by_slices(x, h, c, W, U, b):
    units = h.shape[1]
    a = np.concatenate([x, h], axis=1) @ np.concatenate([W, U]) + b
    gates = 0.5 * (1 + np.tanh(a / 2))  # a sigmoid
    candidate = np.tanh(a[:, 2 * units : 3 * units])
    memory = gates[:, units : 2 * units] * c + gates[:, :units] * candidate
    return gates[:, 3 * units :] * np.tanh(memory), memory


@lstm_step.alternative
def lstm_gate_by_gate(x, h, c, W, U, b):
    def part(number):
        columns = slice(number * len(U), (number + 1) * len(U))
        return x @ W[:, columns] + h @ U[:, columns] + b[columns]

    with np.errstate(over="ignore"):
        i, f, o = (1 / (1 + np.exp(-part(number))) for number in (0, 1, 3))
    c = f * c + i * np.tanh(part(2))
    return [o * np.tanh(c), c]


# --- gru_step

gru_step = check("gru_step", points=2)


@gru_step.witness("Keras")
def keras_gru_cell(x, h, W, U, b):
    return _keras_step(layers.GRUCell(len(U), dtype="float64"), [W, U, b], x, h)[0]


def _gru(x, h, W, U, b, order="zrg", cell=None):
    """Return the state, with the parts in an order, or with other equations."""
    from_x = dict(zip(order, np.split(x @ W + b[0], 3, axis=1)))
    from_h = dict(zip(order, np.split(h @ U + b[1], 3, axis=1)))
    z, r = (sigmoid(from_x[name] + from_h[name]) for name in "zr")
    if cell:
        return cell(z, r, from_x["g"], from_h["g"])
    return z * h + (1 - z) * np.tanh(from_x["g"] + r * from_h["g"])


GRU_ORDER = "The parts are in another order: update gate z, reset gate r, candidate."


@gru_step.mistake(GRU_ORDER)
def reset_first(x, h, W, U, b):
    return _gru(x, h, W, U, b, "rzg")


@gru_step.mistake(GRU_ORDER)
def candidate_first(x, h, W, U, b):
    return _gru(x, h, W, U, b, "gzr")


@gru_step.mistake(
    "z and 1 − z are swapped: z says how much of the old state stays. (Cho et al. and Keras write "
    "it so; others, the other way round.)"
)
def gates_swapped(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return (1 - z) * h + z * np.tanh(from_x + r * from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake(
    "You reset the state before its product with U; here the reset acts after it, on the product "
    "and its bias."
)
def reset_before(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        units = len(U)
        product = (r * h) @ U[:, 2 * units :] + b[1, 2 * units :]
        return z * h + (1 - z) * np.tanh(from_x + product)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake(
    "The reset acts on the candidate's second bias, too: r · (h U + b[1]), not r · (h U) + b[1]."
)
def bias_not_reset(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        bias = b[1, 2 * len(U) :]
        return z * h + (1 - z) * np.tanh(from_x + r * (from_h - bias) + bias)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("The reset gate isn't used.")
def without_reset(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return z * h + (1 - z) * np.tanh(from_x + from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("The state isn't carried: z times the old state is missing.")
def without_old_state(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return (1 - z) * np.tanh(from_x + r * from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("The candidate has a tanh, not a sigmoid: it must be able to be negative.")
def gru_sigmoid_candidate(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return z * h + (1 - z) * sigmoid(from_x + r * from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("b has two rows: b[0] belongs to x W, b[1] to h U; you used b[0] alone.")
def first_bias_alone(x, h, W, U, b):
    return _gru(x, h, W, U, b * [[1], [0]])


@gru_step.alternative
def gru_by_slices(x, h, W, U, b):
    units = h.shape[-1]
    gates = x @ W[:, : 2 * units] + h @ U[:, : 2 * units] + (b[0] + b[1])[: 2 * units]
    gates = 0.5 * (1 + np.tanh(gates / 2))  # a sigmoid
    z, r = gates[:, :units], gates[:, units:]
    inner = h @ U[:, 2 * units :] + b[1, 2 * units :]
    candidate = np.tanh(x @ W[:, 2 * units :] + b[0, 2 * units :] + r * inner)
    return candidate + z * (h - candidate)


@gru_step.alternative
def gru_gate_by_gate(x, h, W, U, b):
    Wz, Wr, Wg = np.hsplit(W, 3)
    Uz, Ur, Ug = np.hsplit(U, 3)
    (bz, br, bg), (cz, cr, cg) = (np.split(row, 3) for row in b)
    with np.errstate(over="ignore"):
        z = 1 / (1 + np.exp(-(x @ Wz + bz + h @ Uz + cz)))
        r = 1 / (1 + np.exp(-(x @ Wr + br + h @ Ur + cr)))
    return (1 - z) * np.tanh(x @ Wg + bg + r * (h @ Ug + cg)) + z * h


# --- networks

FAR = 1e-6  # a change of an answer that is more than rounding


CUT_OFF = "some answers are cut off at 0"  # where they are, chance decides what else is seen
NO_GRADIENT = "weights that no gradient reaches"


def _facts_of_network(facts_of_answers):
    """Return a function that replaces what a network does by what holds for every right one."""

    def facts_of(evidence):
        facts = [{**seen, "value": _facts(seen, facts_of_answers)} for seen in evidence]
        if any(isinstance(seen["value"], dict) and seen["value"].get(CUT_OFF) for seen in facts):
            return [seen for seen in facts if not _is_of_gradients(seen["value"])]
        return facts

    return facts_of


def _is_of_gradients(value):
    return isinstance(value, dict) and NO_GRADIENT in value


def _facts(seen, facts_of_answers):
    value = seen["value"]
    if seen["error"]:
        return value
    if isinstance(value, dict) and "weights that stayed" in value:
        return {NO_GRADIENT: value["weights that stayed"]}
    if isinstance(value, dict) and "answers" in value:
        return facts_of_answers(value)
    if isinstance(value, list) and value and all(isinstance(item, list) for item in value):
        return _facts_of_parts(seen["case"], value)
    return {"it has a recurrent layer": False} if value == [] else value


def _facts_of_parts(case, parts):
    asked = case.split() if " of " in case else None  # "cell GRU of 7 units"
    facts = {"it has a recurrent layer": True}
    if asked:
        facts |= {
            "the recurrent layers are of the kind that `cell` names": all(
                cell == asked[1] for cell, _ in parts
            ),
            "they have as many units as asked for": all(n == int(asked[3]) for _, n in parts),
        }
    return facts


def _is_far(a, b):
    return bool(np.abs(a - b).max() > FAR)


def _common_facts(value, ndim):
    """Return what holds for the answers of all three networks."""
    answers, turned = value["answers"], value["with the last layer's weights negated"]
    facts = {f"shape of the answers to two rows of {probes.TIME}": list(answers.shape)}
    if answers.ndim != ndim:
        return facts | {CUT_OFF: False}
    probable = bool((answers >= 0).all() and np.allclose(answers.sum(axis=-1), 1, atol=1e-3))
    return facts | {
        "the answers are probabilities": probable,
        CUT_OFF: bool((answers == 0).any() or (turned == 0).any()),
        "the same rows get the same answers twice": not _is_far(answers, value["again"]),
    }


def _facts_of_places(value, facts):
    """Add which places' answers depend on the token at place 2, and on padding."""
    answers, (changed,) = value["answers"], value["after a change"]
    if answers.ndim != 3 or answers.shape[1] != probes.TIME or facts[CUT_OFF]:
        return facts
    padded = value["with padding"][:, : probes.TIME]
    return facts | {
        "an answer depends on its own token": _is_far(answers[:, 2], changed[:, 2]),
        "answers depend on the token before": _is_far(answers[:, 3], changed[:, 3]),
        "answers depend on tokens further back": _is_far(answers[:, 4], changed[:, 4]),
        "answers depend on the token that comes next": _is_far(answers[:, 1], changed[:, 1]),
        "answers depend on tokens further ahead": _is_far(answers[:, 0], changed[:, 0]),
        "padding behind changes the answers": bool(np.abs(answers - padded).max() > 1e-4),
    }


def _facts_of_sequence(value):
    return _facts_of_places(value, _common_facts(value, 3))


def _facts_of_class(value):
    facts = _common_facts(value, 2)
    if value["answers"].ndim != 2 or facts[CUT_OFF]:
        return facts
    answers, (first, last) = value["answers"], value["after a change"]
    return facts | {
        "the answer depends on the first token": _is_far(answers, first),
        "the answer depends on the last token": _is_far(answers, last),
        "padding changes the answer": bool(np.abs(answers - value["with padding"]).max() > 1e-4),
    }


def _network(num_tokens, *middle, end, activation=None, mask=False):
    """Return a network: embedding, the layers in the middle, dense."""
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(num_tokens, 8, mask_zero=mask),
            *middle,
            layers.Dense(end, activation=activation),
        ]
    )


# --- build_language_model

build_language_model = check(
    "build_language_model", points=2, properties=_facts_of_network(_facts_of_sequence)
)


def _layer(cell, units):
    return getattr(layers, cell)(units, return_sequences=True)


@build_language_model.mistake(
    "It reads in both directions, so a score can look up the very letter that it should guess; a "
    "language model reads forwards."
)
def reads_ahead(num_tokens, cell, units):
    return _network(num_tokens, layers.Bidirectional(_layer(cell, units)), end=num_tokens)


@build_language_model.mistake(
    "It scores only what comes after the last token; say return_sequences=True, so that every "
    "place gets its scores."
)
def last_place_alone(num_tokens, cell, units):
    return _network(num_tokens, getattr(layers, cell)(units), end=num_tokens)


@build_language_model.mistake("It ends in a softmax; give logits, which the loss expects.")
def language_softmax(num_tokens, cell, units):
    return _network(num_tokens, _layer(cell, units), end=num_tokens, activation="softmax")


@build_language_model.mistake("The last layer has a ReLU, so no score can be negative.")
def language_relu(num_tokens, cell, units):
    return _network(num_tokens, _layer(cell, units), end=num_tokens, activation="relu")


@build_language_model.mistake(
    "There is no recurrent layer in it: each place sees its own token alone, like a bigram table."
)
def no_memory(num_tokens, cell, units):
    return _network(num_tokens, layers.Dense(units, activation="tanh"), end=num_tokens)


@build_language_model.mistake("It has the same cell whatever `cell` says.")
def always_lstm(num_tokens, cell, units):
    return _network(num_tokens, _layer("LSTM", units), end=num_tokens)


@build_language_model.mistake("It has the same cell whatever `cell` says.")
def always_gru(num_tokens, cell, units):
    return _network(num_tokens, _layer("GRU", units), end=num_tokens)


@build_language_model.mistake("The recurrent layer has as many units as `units` says.")
def always_64(num_tokens, cell, units):
    return _network(num_tokens, _layer(cell, 64), end=num_tokens)


@build_language_model.mistake("Every place gets num_tokens scores, one for each token.")
def scores_of_units(num_tokens, cell, units):
    return _network(num_tokens, _layer(cell, units), end=units)


@build_language_model.mistake("The dense layer is missing: the states are no scores of tokens yet.")
def states_alone(num_tokens, cell, units):
    inputs = keras.Input((None,), dtype="int32")
    return keras.Model(inputs, _layer(cell, units)(layers.Embedding(num_tokens, 8)(inputs)))


@build_language_model.alternative
def language_functional(num_tokens, cell, units):
    kind = {"SimpleRNN": layers.SimpleRNN, "LSTM": layers.LSTM, "GRU": layers.GRU}[cell]
    inputs = keras.Input(shape=(None,), dtype="int64")
    x = layers.Embedding(num_tokens, units, mask_zero=True)(inputs)
    x = kind(units, return_sequences=True, dropout=0.2, recurrent_dropout=0.2)(x)
    x = layers.TimeDistributed(layers.Dense(num_tokens))(x)
    return keras.Model(inputs, x)


@build_language_model.alternative
def language_by_cell(num_tokens, cell, units):
    recurrent = layers.RNN(getattr(layers, f"{cell}Cell")(units), return_sequences=True)
    return _network(num_tokens, recurrent, layers.LayerNormalization(), end=num_tokens)


# --- build_classifier

build_classifier = check(
    "build_classifier", points=2, properties=_facts_of_network(_facts_of_class)
)

MASK = (
    "It reads the padding as if it were letters; tell the embedding mask_zero=True, and the layers "
    "after it skip them."
)


@build_classifier.mistake(MASK)
def classifier_without_mask(num_tokens, num_classes):
    return _network(num_tokens, layers.GRU(8), end=num_classes)


@build_classifier.mistake(MASK)
def classifier_without_mask_both_ways(num_tokens, num_classes):
    return _network(num_tokens, layers.Bidirectional(layers.LSTM(8)), end=num_classes)


@build_classifier.mistake("It ends in a softmax; give logits, which the loss expects.")
def classifier_softmax(num_tokens, num_classes):
    return _network(num_tokens, layers.GRU(8), end=num_classes, activation="softmax", mask=True)


@build_classifier.mistake("The last layer has a ReLU, so no logit can be negative.")
def classifier_relu(num_tokens, num_classes):
    return _network(num_tokens, layers.GRU(8), end=num_classes, activation="relu", mask=True)


@build_classifier.mistake(
    "It answers at every letter; one answer a name is asked for, from the last state."
)
def classifier_at_every_letter(num_tokens, num_classes):
    recurrent = layers.GRU(8, return_sequences=True)
    return _network(num_tokens, recurrent, end=num_classes, mask=True)


@build_classifier.mistake(
    "There is no recurrent layer in it: an average of letters doesn't know their order."
)
def bag_of_letters(num_tokens, num_classes):
    return _network(num_tokens, layers.GlobalAveragePooling1D(), end=num_classes, mask=True)


@build_classifier.mistake("It gives one number a name; num_classes logits are asked for.")
def one_output(num_tokens, num_classes):
    return _network(num_tokens, layers.GRU(8), end=1, mask=True)


@build_classifier.alternative
def classifier_functional(num_tokens, num_classes):
    names = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 6, mask_zero=True)(names)
    x = layers.LSTM(5, return_sequences=True)(x)
    x = layers.Dropout(0.5)(layers.LSTM(4)(x))
    return keras.Model(names, layers.Dense(num_classes)(layers.Dense(9, activation="relu")(x)))


@build_classifier.alternative
def classifier_averaging_states(num_tokens, num_classes):
    return _network(
        num_tokens,
        layers.Bidirectional(layers.SimpleRNN(7, return_sequences=True)),
        layers.GlobalAveragePooling1D(),
        end=num_classes,
        mask=True,
    )


# --- build_tagger

build_tagger = check("build_tagger", points=2, properties=_facts_of_network(_facts_of_sequence))


def _both_ways(layer=layers.GRU, **options):
    return layers.Bidirectional(layer(8, return_sequences=True, **options))


@build_tagger.mistake(
    "It reads forwards alone, so a word can't know what follows it: make it bidirectional."
)
def forwards_alone(num_words, num_tags):
    return _network(num_words, layers.GRU(8, return_sequences=True), end=num_tags, mask=True)


@build_tagger.mistake(
    "The way back begins in the padding, so a sentence's tags depend on how much of it there is; "
    "tell the embedding mask_zero=True."
)
def tagger_without_mask(num_words, num_tags):
    return _network(num_words, _both_ways(), end=num_tags)


@build_tagger.mistake("It ends in a softmax; give logits, which the loss expects.")
def tagger_softmax(num_words, num_tags):
    return _network(num_words, _both_ways(), end=num_tags, activation="softmax", mask=True)


@build_tagger.mistake("The last layer has a ReLU, so no score can be negative.")
def tagger_relu(num_words, num_tags):
    return _network(num_words, _both_ways(), end=num_tags, activation="relu", mask=True)


@build_tagger.mistake(
    "It gives one answer a sentence; say return_sequences=True, so that every word gets its scores."
)
def one_tag_a_sentence(num_words, num_tags):
    return _network(num_words, layers.Bidirectional(layers.GRU(8)), end=num_tags, mask=True)


@build_tagger.mistake("There is no recurrent layer in it: a word's neighbours don't count.")
def word_by_word(num_words, num_tags):
    return _network(num_words, layers.Dense(8, activation="relu"), end=num_tags, mask=True)


@build_tagger.mistake(
    "It reads backwards alone, and its states come in that order: use Bidirectional."
)
def backwards_alone(num_words, num_tags):
    recurrent = layers.GRU(8, return_sequences=True, go_backwards=True)
    return _network(num_words, recurrent, end=num_tags, mask=True)


@build_tagger.mistake("Every word gets num_tags scores.")
def scores_of_words(num_words, num_tags):
    return _network(num_words, _both_ways(), end=num_words, mask=True)


@build_tagger.alternative
def tagger_functional(num_words, num_tags):
    words = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_words, 7, mask_zero=True)(words)
    forwards = layers.LSTM(5, return_sequences=True)
    backwards = layers.LSTM(5, return_sequences=True, go_backwards=True)
    both = layers.Bidirectional(forwards, backward_layer=backwards, merge_mode="sum")(x)
    return keras.Model(words, layers.TimeDistributed(layers.Dense(num_tags))(both))


@build_tagger.alternative
def tagger_of_two_layers(num_words, num_tags):
    return _network(
        num_words,
        layers.Dropout(0.2),
        _both_ways(),
        _both_ways(layers.SimpleRNN),
        end=num_tags,
        mask=True,
    )
