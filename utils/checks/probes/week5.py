"""Probes of week 5: on which inputs each exercise is tried."""

import keras
import numpy as np

from .core import probe
from .models import if_model, outputs, set_known_weights, try_masked_loss

PAD, START, END = "<pad>", "<start>", "<end>"
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def _words(rng, lengths, letters=LETTERS):
    """Return names of the given lengths with a capital at the front."""
    return ["".join(rng.choice(letters, size=length)).capitalize() for length in lengths]


def _vocabulary(names):
    tokens = [PAD, START, END, *sorted(set("".join(names)))]
    return {token: number for number, token in enumerate(tokens)}


@probe
def build_vocabulary(call, rng):
    call("six names", _words(rng, rng.integers(3, 9, size=6)))
    call("a space, a hyphen, an apostrophe and an é", ["Jo Ann", "Anne-Lie", "O'Hara", "Zoé"])
    call("one name", _words(rng, [5]))
    call("no names", [])


@probe
def names_to_matrix(call, rng):
    names = _words(rng, [3, 7, 5, 1, 6])
    ids = _vocabulary(names)
    call("five names with room to spare", names, ids, 12)
    call("five names, of which the longest just fits", names, ids, 9)
    call("five names in rows of 6: three are cut", names, ids, 6)
    call("a name without characters", [""], ids, 4)
    call("no names", [], ids, 5)


def _rows(rng, num_names, num_tokens, max_len):
    """Return a matrix of names of random numbers, 3 to num_tokens − 1; the first fills its row."""
    matrix = np.zeros((num_names, max_len), "int32")
    for number, row in enumerate(matrix):
        length = max_len - 2 if number == 0 else int(rng.integers(1, max_len - 1))
        row[: length + 2] = [1, *rng.integers(3, num_tokens, size=length), 2]
    return matrix


@probe
def bigram_probabilities(call, rng):
    call("twenty names of five letters", _rows(rng, 20, 8, 9), 8, rng.uniform(0.05, 0.5))
    call("names that are cut, without an end", _rows(rng, 6, 7, 8)[:, :4], 7, 0.3)
    call("one name, and many tokens that it lacks", _rows(rng, 1, 6, 5), 12, 0.01)
    call("no names", np.zeros((0, 6), "int32"), 5, 1.0)


def _cell(rng, num_inputs, units, scale=1.0):
    """Return Wx, Wh and b of a simple recurrent cell."""
    return (
        scale * rng.normal(size=(num_inputs, units)) / np.sqrt(num_inputs),
        scale * rng.normal(size=(units, units)) / np.sqrt(units),
        scale * rng.normal(size=units),
    )


@probe
def rnn_step(call, rng):
    for case, batch, num_inputs, units in (
        ("a batch of five", 5, 3, 4),
        ("one row", 1, 4, 4),
        ("one input and one unit", 3, 1, 1),
    ):
        x, h = rng.normal(size=(batch, num_inputs)), rng.uniform(-1, 1, size=(batch, units))
        call(case, x, h, *_cell(rng, num_inputs, units))
    x, h = 500 * rng.normal(size=(3, 2)), rng.uniform(-1, 1, size=(3, 4))
    call("very large inputs", x, h, *_cell(rng, 2, 4))


def _sequence(rng, batch, time, num_inputs, units):
    """Return inputs and a first state."""
    inputs = rng.normal(size=(batch, time, num_inputs))
    return inputs, rng.uniform(-1, 1, size=(batch, units))


@probe
def rnn_forward(call, rng):
    for case, *sizes in (
        ("three sequences of six steps", 3, 6, 2, 4),
        ("as many sequences as steps", 4, 4, 3, 4),
        ("one sequence", 1, 5, 3, 2),
        ("one step", 2, 1, 3, 4),
        ("no steps", 2, 0, 3, 4),
    ):
        call(case, *_sequence(rng, *sizes), *_cell(rng, *sizes[2:]))


def _states(inputs, h0, Wx, Wh, b):
    """Return all states of a simple recurrent cell, computed here, as no answer is at hand."""
    states = [h0]
    for x in inputs.transpose(1, 0, 2):
        states.append(np.tanh(x @ Wx + states[-1] @ Wh + b))
    return np.stack(states, axis=1)


@probe
def rnn_backward(call, rng):
    def try_on(case, batch, time, num_inputs, units, places=slice(None)):
        Wx, Wh, b = _cell(rng, num_inputs, units, scale=0.6)
        inputs, h0 = _sequence(rng, batch, time, num_inputs, units)
        h = _states(inputs, h0, Wx, Wh, b)
        grad_h = np.zeros_like(h)
        grad_h[:, places] = rng.normal(size=grad_h[:, places].shape)
        call(case, grad_h, inputs, h, Wx, Wh)

    try_on("a loss of every state", 3, 5, 2, 4)
    try_on("a loss of the last state alone", 4, 4, 3, 3, -1)
    try_on("a loss of a state in the middle", 2, 5, 3, 4, 2)
    try_on("a loss of the first state alone", 2, 3, 2, 4, 0)
    try_on("one sequence of one step", 1, 1, 3, 2)


@probe
def clip_by_norm(call, rng):
    gradients = [rng.normal(size=shape) for shape in ((4, 3), (3, 3), (3,))]
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    call("three arrays, with twice the norm that is allowed", gradients, norm / 2)
    call("three arrays, with half the norm that is allowed", gradients, norm * 2)
    call("one large array and a small one", [50 * gradients[0], 0.01 * gradients[2]], 1.0)
    call("one array", [rng.normal(size=5)], 0.1)
    call("zeros", [np.zeros((2, 2)), np.zeros(3)], 1.0)


@probe
def masked_loss(call, rng):
    try_masked_loss(call, rng, "name", 0, lambda targets, logits, pad: (logits, targets, pad))


DRAWS = 600  # of one character, to see how frequent each is
TEMPERATURES = (0.5, 1.0, 2.0)
SURE = 60.0  # a score so much above the others that chance has no say


@probe
def sample_name(call, rng):
    letters = [str(letter) for letter in rng.choice(LETTERS, size=6, replace=False)]
    ids = _vocabulary(letters)
    tokens = list(ids)

    def scores(*sure, height=SURE):
        vector = np.zeros(len(tokens))
        vector[[ids[token] for token in sure]] = height
        return vector

    def try_on(case, word, prefix="", temperature=1.0, max_len=12, score=scores):
        heard = []

        def next_logits(so_far):
            heard.append([int(number) for number in so_far])
            place = len(heard) + len(prefix) - 1
            return score(word[place] if place < len(word) else END)

        def look(name):
            drawn = max(0, len(name) - len(prefix)) if isinstance(name, str) else 0
            return {"the name": name, "what next_logits was given": heard[:drawn]}

        call(case, next_logits, ids, prefix, temperature, max_len, rng, then=look)

    word = "".join(rng.permutation(letters))
    try_on("a network that is sure of each letter", word)
    try_on("a prefix of two letters", word, prefix=word[:2])
    try_on("a name that is cut at four characters, two of them the prefix", word, word[:2], 1.0, 4)
    try_on("a prefix that is as long as a name may be", word, word[:3], 1.0, 3)
    try_on("an end that comes at once", "")
    extreme = {"score": lambda token: 1000 * (2 * scores(token, height=1.0) - 1)}
    try_on("scores of ±1000 at temperature 0.1", word, "", 0.1, **extreme)
    lures = {"score": lambda token: scores(token) + scores(PAD, START, height=2 * SURE)}
    try_on("high scores for padding and start", word, **lures)
    draw = rng.permutation([0.0, 1.0, 2.0, 3.0, -SURE, -SURE])
    logits = np.concatenate([[-SURE] * 3, draw])
    for temperature in TEMPERATURES:
        case = f"{DRAWS} draws of one letter at temperature {temperature:g}"
        call.observe(case, _frequencies, call.function, logits, ids, temperature, rng)
    call.observe("the same generator, and another", _same_again, call.function, scores, ids, rng)


def _frequencies(sample, logits, ids, temperature, rng):
    """Return how frequent each token is among names of one character, and what decides it."""
    names = [sample(lambda _: logits.copy(), ids, "", temperature, 1, rng) for _ in range(DRAWS)]
    frequencies = np.array([names.count(token) / DRAWS for token in ids])
    return {"frequencies": frequencies, "logits": logits, "temperature": temperature}


def _same_again(sample, scores, ids, rng):
    seed = int(rng.integers(2**32))
    flat = scores(END, height=-SURE)
    first, again, other = (
        sample(lambda _: flat.copy(), ids, "", 1.0, 12, np.random.default_rng(s))
        for s in (seed, seed, seed + 1)
    )
    return {
        "the same generator gives the same name": first == again,
        "another gives another": first != other,
    }


def _gated(rng, batch, num_inputs, units, gates, scale=1.0):
    """Return x, a state, a memory, W and U of a gated cell."""
    return (
        scale * rng.normal(size=(batch, num_inputs)),
        rng.uniform(-1, 1, size=(batch, units)),
        rng.normal(size=(batch, units)),
        rng.normal(size=(num_inputs, gates * units)),
        rng.normal(size=(units, gates * units)),
    )


GATED_CASES = (
    ("a batch of five", 5, 3, 4, 1.0),
    ("one row", 1, 3, 2, 1.0),
    ("one unit", 3, 2, 1, 1.0),
    ("very large inputs", 4, 2, 3, 1000.0),
)


@probe
def lstm_step(call, rng):
    for case, batch, num_inputs, units, scale in GATED_CASES:
        weights = _gated(rng, batch, num_inputs, units, 4, scale)
        call(case, *weights, rng.normal(size=4 * units))


@probe
def gru_step(call, rng):
    for case, batch, num_inputs, units, scale in GATED_CASES:
        x, h, _, W, U = _gated(rng, batch, num_inputs, units, 3, scale)
        call(case, x, h, W, U, rng.normal(size=(2, 3 * units)))


# --- networks: what they are made of, what their answers depend on, and whether they learn

TIME = 5  # tokens a row


def _parts(model):
    """Return [cell, units] of each recurrent layer of a model, those inside others included."""
    return [
        [type(layer.cell).__name__.removesuffix("Cell"), int(layer.cell.units)]
        for layer in model._flatten_layers(include_self=False)
        if isinstance(layer, keras.layers.RNN) and hasattr(layer.cell, "units")
    ]


def _try_network(call, case, args, rng, look, y_shape):
    """Build a network; note what `look` sees with given weights, and what training reaches.

    y_shape: from the shape of a batch to that of its targets.
    """
    num_tokens, num_answers = args[0], args[1] if len(args) == 2 else args[0]
    model = call(case, *args, then=if_model(_parts))
    if isinstance(model, keras.Model):
        set_known_weights(model, rng)
        call.observe(f"{case}: its answers", look, model, _tokens(rng, num_tokens), num_tokens)
        call.observe(f"{case}: training", _train, model, num_tokens, num_answers, y_shape, rng)


def _train(model, num_tokens, num_answers, y_shape, rng):
    """Return which weights are where they were after one step of gradient descent."""
    before = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
    x = rng.integers(1, num_tokens, size=(4, 3))
    y = rng.integers(1, num_answers, size=y_shape(x.shape))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(1.0), loss, run_eagerly=True)
    model.train_on_batch(x, y)
    return {
        "weights that stayed": [
            weight.path
            for weight, old in zip(model.trainable_weights, before)
            if np.array_equal(keras.ops.convert_to_numpy(weight), old)
        ]
    }


def _tokens(rng, num_tokens):
    return rng.integers(1, num_tokens, size=(2, TIME)).astype("int32")


def _look(model, ids, num_tokens, places):
    """Return answers to the rows twice, to rows with another token at a place, and to padded rows.

    All but the padded go through the network together, which saves time.
    """
    batch = [ids, ids]
    for place in places:
        changed = ids.copy()
        changed[:, place] = ids[:, place] % (num_tokens - 1) + 1
        batch.append(changed)
    answers = outputs(model, np.concatenate(batch))
    if not isinstance(answers, np.ndarray) or len(answers) != len(ids) * len(batch):
        return answers
    parts = np.split(answers, len(batch))
    padded = outputs(model, np.pad(ids, ((0, 0), (0, 3))))
    for weight in model.trainable_weights[-2:]:  # those of the last layer: every logit turns
        weight.assign(-weight)
    return {
        "answers": parts[0],
        "again": parts[1],
        "after a change": np.stack(parts[2:]),
        "with padding": padded,
        "with the last layer's weights negated": outputs(model, ids),
    }


def _look_at_places(model, ids, num_tokens):
    return _look(model, ids, num_tokens, places=(2,))


def _look_at_ends(model, ids, num_tokens):
    return _look(model, ids, num_tokens, places=(0, -1))


@probe
def build_language_model(call, rng):
    for cell, units in zip(("SimpleRNN", "LSTM"), rng.permutation([5, 6])):
        call(f"cell {cell} of {units} units", 11, cell, int(units), then=if_model(_parts))
    _try_network(
        call, "cell GRU of 7 units", (11, "GRU", 7), rng, _look_at_places, lambda shape: shape
    )


@probe
def build_classifier(call, rng):
    args = (9, int(rng.integers(3, 6)))
    _try_network(call, "9 tokens", args, rng, _look_at_ends, lambda shape: shape[:1])


@probe
def build_tagger(call, rng):
    args = (10, int(rng.integers(4, 7)))
    _try_network(call, "10 words", args, rng, _look_at_places, lambda shape: shape)
