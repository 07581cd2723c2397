"""Reference solutions of week 5. Stuck? Open the hints in the notebook first."""

import keras
import numpy as np
from scipy.special import expit as sigmoid
from scipy.special import log_softmax

PAD_TOKEN, START_TOKEN, END_TOKEN = "<pad>", "<start>", "<end>"


def build_vocabulary(names):
    """Return all tokens, and the number of each.

    The first three are "<pad>", "<start>" and "<end>", with the numbers 0, 1 and 2. Then come
    the different characters of the names, sorted.

    names: list of str. Returns (tokens, token_to_id): a list of str, and a dict from each token
    to its place in that list.
    """
    tokens = [PAD_TOKEN, START_TOKEN, END_TOKEN, *sorted(set("".join(names)))]
    return tokens, {token: number for number, token in enumerate(tokens)}


def names_to_matrix(names, token_to_id, max_len):
    """Return names as rows of numbers: start, the characters, end, then padding.

    A name that is too long is cut: its row holds the first max_len numbers, so no end.

    names: list of n str, whose characters are all in the vocabulary; token_to_id: dict, from
    `build_vocabulary`; max_len: int, the length of a row, start and end included.
    Returns (n, max_len) int32.
    """
    matrix = np.full((len(names), max_len), token_to_id[PAD_TOKEN], dtype="int32")
    for row, name in zip(matrix, names):
        ids = [token_to_id[token] for token in (START_TOKEN, *name, END_TOKEN)][:max_len]
        row[: len(ids)] = ids
    return matrix


def bigram_probabilities(matrix, num_tokens, smoothing):
    """Return the probability of each token after each other one: P[a, b] is that of b after a.

    Count how often b comes right after a within a row. Padding (0) and start (1) are never to
    be predicted, so their columns are 0; every other count is raised by `smoothing`, before
    each row is divided by its sum.

    matrix: (n, max_len) int, rows as `names_to_matrix` makes them; num_tokens: int, more than
    2; smoothing: float > 0. Returns (num_tokens, num_tokens) float; each row sums to 1.
    """
    counts = np.zeros((num_tokens, num_tokens))
    np.add.at(counts, (matrix[:, :-1], matrix[:, 1:]), 1)
    counts[:, :2] = 0
    counts[:, 2:] += smoothing
    return counts / counts.sum(axis=1, keepdims=True)


def rnn_step(x, h, Wx, Wh, b):
    """Return the next state of a simple recurrent cell: tanh(x Wx + h Wh + b).

    x: (batch, inputs) float, what comes in; h: (batch, units) float, the state before;
    Wx: (inputs, units); Wh: (units, units); b: (units,). Returns (batch, units) float.
    """
    return np.tanh(x @ Wx + h @ Wh + b)


def rnn_forward(inputs, h0, Wx, Wh, b):
    """Return all states of the cell along a sequence, the first one included.

    inputs: (batch, time, inputs) float; h0: (batch, units) float, the state at the start;
    Wx, Wh, b: as for `rnn_step`. Returns h, (batch, time + 1, units) float: h[:, 0] is h0, and
    h[:, t + 1] is the state after inputs[:, t].
    """
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(rnn_step(inputs[:, t], states[-1], Wx, Wh, b))
    return np.stack(states, axis=1)


def rnn_backward(grad_h, inputs, h, Wx, Wh):
    """Return a loss's gradients with respect to the weights and the first state.

    Each state acts on the loss directly, and through all states after it, so the way leads back
    through time. Werbos (1990).

    grad_h: (batch, time + 1, units) float, the loss's derivative with respect to each state,
    for its direct action alone; inputs: (batch, time, inputs) float; h: (batch, time + 1,
    units) float, all states, from `rnn_forward`; Wx: (inputs, units); Wh: (units, units).
    Returns (grad_Wx, grad_Wh, grad_b, grad_h0), in the shapes of Wx, Wh, b and h0.
    """
    grad_Wx, grad_Wh, grad_b = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(Wh))
    carried = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        grad_a = carried * (1 - h[:, t + 1] ** 2)  # by what is inside tanh
        grad_Wx += inputs[:, t].T @ grad_a
        grad_Wh += h[:, t].T @ grad_a
        grad_b += grad_a.sum(axis=0)
        carried = grad_h[:, t] + grad_a @ Wh.T
    return grad_Wx, grad_Wh, grad_b, carried


def clip_by_norm(gradients, max_norm):
    """Return gradients scaled down together, so that their common norm is at most max_norm.

    The common norm is that of one long vector that holds all their numbers. Gradients with a
    norm of max_norm or less stay as they are. Pascanu et al. (2013).

    gradients: list of float arrays of any shapes; max_norm: float > 0.
    Returns a list of arrays of the same shapes.
    """
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    scale = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [gradient * scale for gradient in gradients]


def loss_and_gradients(weights, matrix, h0):
    """Return the loss of the network by hand, its gradients, and the last state.

    The tokens matrix[:, :-1] go in, each as a row of zeros with a single 1. After each, the new
    state h gives scores h Wy + c of the token that comes next, in matrix[:, 1:]. The loss is
    the mean of −log softmax(scores)[next token] over all next tokens that aren't padding (0),
    and finite however far apart the scores are. If all next tokens are padding, the loss and
    its gradients are 0.

    weights: list of Wx (num_tokens, units), Wh (units, units), b (units,), Wy (units,
    num_tokens) and c (num_tokens,), float; matrix: (batch, time + 1) int, time ≥ 1;
    h0: (batch, units) float, the state at the start.
    Returns (loss, gradients, h): a float, a list of five arrays in the shapes of the weights,
    and the state after the last input, (batch, units) float.
    """
    Wx, Wh, b, Wy, c = weights
    one_hot = np.eye(len(Wx))
    inputs, targets = one_hot[matrix[:, :-1]], one_hot[matrix[:, 1:]]
    h = rnn_forward(inputs, h0, Wx, Wh, b)
    log_p = log_softmax(h[:, 1:] @ Wy + c, axis=-1)
    is_real = (matrix[:, 1:] != 0)[..., None]
    count = max(1, is_real.sum())
    loss = -np.sum(targets * log_p * is_real) / count
    grad_scores = (np.exp(log_p) - targets) * is_real / count
    grad_h = np.zeros_like(h)
    grad_h[:, 1:] = grad_scores @ Wy.T
    grad_Wx, grad_Wh, grad_b, _ = rnn_backward(grad_h, inputs, h, Wx, Wh)
    grad_Wy = np.einsum("btu,btk->uk", h[:, 1:], grad_scores)
    return loss, [grad_Wx, grad_Wh, grad_b, grad_Wy, grad_scores.sum(axis=(0, 1))], h[:, -1]


def train_epoch(weights, matrix, batch_size, window, update, rng):
    """Return the weights after one pass through all names, by truncated backpropagation.

    The rows come in a new random order, batch_size at a time; the last batch may be smaller.
    A batch is read from left to right in windows of `window` inputs each; the last may be
    shorter. The first window starts with a state of zeros, each later one with the state that
    the window before it ended with. After each window the weights become
    update(weights, gradients clipped to a common norm of at most 1).

    weights: list of arrays, as for `loss_and_gradients`; matrix: (n, max_len) int, which stays
    as it is; batch_size, window: int; update: function from (weights, gradients) to the list
    of new weights; rng: numpy Generator, which draws the order.
    """
    order = rng.permutation(len(matrix))
    for first in range(0, len(order), batch_size):
        rows = matrix[order[first : first + batch_size]]
        h = np.zeros((len(rows), len(weights[1])))
        for t in range(0, rows.shape[1] - 1, window):
            _, gradients, h = loss_and_gradients(weights, rows[:, t : t + window + 1], h)
            weights = update(weights, clip_by_norm(gradients, 1.0))
    return weights


def masked_loss(logits, targets, pad_id):
    """Return the mean cross-entropy over all targets that aren't padding, in nats.

    It runs inside `fit`, so it is made of `keras.ops`, which gradients can pass.

    logits: (batch, time, num_tokens) float tensor of any finite values; targets: (batch, time)
    int tensor, the right token at each place, pad_id where there is none; at least one is real;
    pad_id: int. Returns a float scalar tensor.
    """
    ops = keras.ops
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    is_real = ops.cast(targets != pad_id, losses.dtype)  # (batch, time)
    return ops.sum(losses * is_real) / ops.sum(is_real)


def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    """Return a name drawn character by character, from a prefix to its end.

    Each character is drawn from softmax(logits / temperature), where padding and start get no
    chance. The name is over when "<end>" is drawn, or when it has max_len characters.

    next_logits: function from the tokens so far, a list of int that begins with the start, to
    the scores of the next, (num_tokens,) float array; token_to_id: dict, from
    `build_vocabulary`; prefix: str, how the name begins, may be empty; temperature: float > 0;
    max_len: int, the most characters, those of the prefix included; rng: numpy Generator, the
    only source of chance. Returns str: prefix and what was drawn, without start and end.
    """
    tokens, name = list(token_to_id), prefix
    while len(name) < max_len:
        ids = [token_to_id[token] for token in (START_TOKEN, *name)]
        scores = np.array(next_logits(ids), dtype=float) / temperature
        scores[[token_to_id[PAD_TOKEN], token_to_id[START_TOKEN]]] = -np.inf
        weights = np.exp(scores - scores.max())
        token = tokens[rng.choice(len(tokens), p=weights / weights.sum())]
        if token == END_TOKEN:
            break
        name += token
    return name


def lstm_step(x, h, c, W, U, b):
    """Return state and memory of a long short-term memory after one more input.

    a = x W + h U + b holds, side by side, what goes into the input gate i, the forget gate f,
    the candidate g and the output gate o, in Keras's order. Gates have a sigmoid, the candidate
    a tanh. The new memory is f·c + i·g, the new state o·tanh(new memory).
    Hochreiter and Schmidhuber (1997), Gers et al. (2000).

    x: (batch, inputs) float; h, c: (batch, units) float, state and memory before;
    W: (inputs, 4 units); U: (units, 4 units); b: (4 units,).
    Returns (h, c), each (batch, units) float.
    """
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def gru_step(x, h, W, U, b):
    """Return the state of a gated recurrent unit after one more input.

    x W + b[0] and h U + b[1] each hold, side by side, the parts of the update gate z, the reset
    gate r and the candidate g, in Keras's order. z and r are sigmoids of the sums of their two
    parts. g is the tanh of the first part plus r times the second: the reset acts after the
    product with U, as in Keras with reset_after=True. The new state is z·h + (1 − z)·g.
    Cho et al. (2014).

    x: (batch, inputs) float; h: (batch, units) float, the state before; W: (inputs, 3 units);
    U: (units, 3 units); b: (2, 3 units). Returns (batch, units) float.
    """
    from_x = np.split(x @ W + b[0], 3, axis=1)
    from_h = np.split(h @ U + b[1], 3, axis=1)
    z, r = sigmoid(from_x[0] + from_h[0]), sigmoid(from_x[1] + from_h[1])
    g = np.tanh(from_x[2] + r * from_h[2])
    return z * h + (1 - z) * g


def build_language_model(num_tokens, cell, units):
    """Return a network that scores the next token at every place.

    It has an embedding, one recurrent layer of the given cell and size, and a dense layer.
    Dropout may act in training. A score depends on its own token and on all before it, never on
    one that comes later.

    num_tokens: int; cell: str, the name of a Keras layer: "SimpleRNN", "LSTM" or "GRU"; units:
    int. Returns a keras.Model: (n, time) int, of any length -> (n, time, num_tokens) logits.
    """
    layers = keras.layers
    recurrent = getattr(layers, cell)
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(num_tokens, 32),
            recurrent(units, return_sequences=True),
            layers.Dropout(0.5),
            layers.Dense(num_tokens),
        ]
    )


def build_classifier(num_tokens, num_classes):
    """Return a network that reads a name and tells its class.

    It has a recurrent layer. Every token counts, but padding (0) doesn't: with more of it at a
    row's end the answer stays the same. Dropout may act in training.

    num_tokens, num_classes: int. Returns a keras.Model: (n, time) int, of any length ->
    (n, num_classes) logits.
    """
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(num_tokens, 32, mask_zero=True),
            layers.Bidirectional(layers.GRU(64)),
            layers.Dropout(0.3),
            layers.Dense(num_classes),
        ]
    )


def build_tagger(num_words, num_tags):
    """Return a network that gives each word of a sentence scores of its tag.

    It reads in both directions: a word's scores depend on the words before and after it, but
    not on padding (0): with more of it at a row's end, the scores of the words stay the same.
    Dropout may act in training.

    num_words, num_tags: int, padding included. Returns a keras.Model: (n, time) int, of any
    length -> (n, time, num_tags) logits.
    """
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(num_words, 64, mask_zero=True),
            layers.Dropout(0.3),
            layers.Bidirectional(layers.LSTM(64, return_sequences=True)),
            layers.Dropout(0.3),
            layers.Dense(num_tags),
        ]
    )
