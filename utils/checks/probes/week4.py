"""Probes of week 4: on which inputs each exercise is tried."""

from functools import cache

import keras
import numpy as np

from .core import probe
from .models import if_model, outputs, set_known_weights, weight_shapes

# --- Autoencoders


def _images(rng, n=2, side=32, channels=3):
    """Return float32 images around zero."""
    return rng.uniform(-0.5, 0.5, size=(n, side, side, channels)).astype("float32")


def _try_autoencoder(call, rng, case, img_shape, code_size):
    """Look at a pair of networks as it is, then at what it computes with known weights."""
    pair = call(case, img_shape, code_size, then=_kinds)
    if not _is_pair(pair):
        return
    call.observe(f"{case}: shapes of the weights", lambda: [weight_shapes(part) for part in pair])
    images = rng.uniform(-0.5, 0.5, size=(3, *img_shape)).astype("float32")
    call.observe(f"{case}: with given weights", _encode_and_decode, pair, images, code_size, rng)


def _is_pair(value):
    kinds = (tuple, list)
    return (
        isinstance(value, kinds)
        and len(value) == 2
        and all(isinstance(part, keras.Model) for part in value)
    )


def _kinds(value):
    if not _is_pair(value):
        return value
    return [[list(part.input_shape), list(part.output_shape)] for part in value]


def _encode_and_decode(pair, images, code_size, rng):
    encoder, decoder = (set_known_weights(part, rng) for part in pair)
    codes = 2 * rng.normal(size=(3, code_size)).astype("float32")
    return {"codes": outputs(encoder, images), "images": outputs(decoder, codes)}


@probe
def build_pca_autoencoder(call, rng):
    height, width = (int(n) for n in rng.integers(4, 9, size=2))
    code_size = int(rng.integers(3, 8))
    _try_autoencoder(call, rng, "small colour images", (height, width, 3), code_size)
    _try_autoencoder(call, rng, "grey images, one number as the code", (5, 4, 1), 1)


@probe
def build_deep_autoencoder(call, rng):
    _try_autoencoder(call, rng, "images of 32×32×3, code 32", (32, 32, 3), 32)
    _try_autoencoder(call, rng, "grey images of 16×32, code 5", (16, 32, 1), 5)


@probe
def apply_gaussian_noise(call, rng):
    seed = int(rng.integers(2**32))
    sigma = float(rng.uniform(0.08, 0.2))
    images = _images(rng, n=12)
    black = np.full_like(images, -0.5)

    def noise_on(some):
        def look(noisy):
            if not (isinstance(noisy, np.ndarray) and noisy.shape == some.shape):
                return noisy
            return {"noise": noisy - some, "dtype": str(noisy.dtype), "sigma": sigma}

        return look

    def generator():
        return np.random.default_rng(seed)

    call("twelve images", images, sigma, generator(), then=noise_on(images))
    call("black images", black, sigma, generator(), then=noise_on(black))
    call("sigma 0", images, 0.0, generator(), then=noise_on(images))
    few = images[:1, :4, :4]
    call.observe(
        "the same generator twice, and another",
        lambda: {
            "drawn": [
                np.asarray(call.function(few, sigma, np.random.default_rng(number)))
                for number in (seed, seed, seed + 1)
            ]
        },
    )


@probe
def find_similar(call, rng):
    codes = rng.normal(size=(30, 5)).astype("float32")
    call("30 codes, the 4 nearest", codes, rng.normal(size=5).astype("float32"), 4)
    call("all of them, in order", codes, rng.normal(size=5).astype("float32"), len(codes))
    call("a query that is one of the codes", codes, codes[int(rng.integers(30))], 3)
    long = codes * rng.uniform(0.2, 8, size=(30, 1)).astype("float32")
    call("codes of very different length", long, rng.normal(size=5).astype("float32"), 6)
    call("equal codes", np.repeat(codes[:4], 2, axis=0), codes[2], 4)
    call("one code", codes[:1], codes[5], 1)
    call("the nearest alone", codes, codes[7] + np.float32(0.01), 1)


@probe
def morph(call, rng):
    encoder, decoder = _small_pair(rng)
    image_a, image_b = _images(rng, n=2, side=6)
    for steps in (7, 2, int(rng.integers(3, 6))):
        call(f"{steps} steps", encoder, decoder, image_a, image_b, steps, then=_as_array)
    call("an image to itself", encoder, decoder, image_a, image_a, 3, then=_as_array)


def _small_pair(rng):
    """Return an encoder and a decoder that aren't linear, so that where one mixes can be seen."""
    layers = keras.layers
    flat = [keras.Input((6, 6, 3)), layers.Flatten(), layers.Dense(4, activation="tanh")]
    encoder = keras.Sequential(flat)
    back = [keras.Input((4,)), layers.Dense(108, activation="tanh"), layers.Reshape((6, 6, 3))]
    pair = set_known_weights(encoder, rng), set_known_weights(keras.Sequential(back), rng)
    for model in pair:
        model.compile(run_eagerly=True)  # `predict` on a few images is not worth building a graph
    return pair


def _as_array(value):
    """Return a tensor of any backend as an array; what is none stays."""
    return keras.ops.convert_to_numpy(value) if keras.ops.is_tensor(value) else value


@probe
def attribute_vector(call, rng):
    codes = rng.normal(size=(24, 4)).astype("float32")
    some = (rng.random(24) < 0.3).astype(np.int64)
    some[:2] = 0, 1
    call("24 faces", codes, some)
    call("the attribute as bool", codes, some.astype(bool))
    call("one face has it", codes, np.eye(24, dtype=np.int64)[int(rng.integers(24))])
    call("two faces", codes[:2], np.array([1, 0]))


@probe
def few_label_accuracy(call, rng):
    seed = int(rng.integers(2**32))
    labels = rng.permutation(np.arange(120) % 2)
    clear = rng.normal(size=(120, 3, 2)) + 6 * (labels[:, None, None] - 0.5)

    def generator(number=0):
        return np.random.default_rng(seed + number)

    call("two clear classes", clear, labels, 10, generator())
    loud = clear * 1e-4
    loud[:, 2, 1] = rng.normal(size=120) * 1e3
    call("six numbers, five of them faint, one loud and without meaning",
         loud, labels, 20, generator())  # fmt: skip
    constant = np.concatenate([clear.reshape(120, 6), np.ones((120, 1))], axis=1)
    call("one column is constant", constant, labels, 10, generator())
    rare = np.repeat([0, 1], [112, 8])
    call("one row in 15 is of class 1", clear[np.argsort(labels)] + 0 * rare[:, None, None],
         (np.arange(120) >= 60).astype(int), 4, generator())  # fmt: skip
    few = rng.normal(size=(120, 4)) + 8 * (rare[:, None] - 0.5)
    call("eight rows of one class", few, rare, 4, generator())
    noise = rng.normal(size=(80, 60))
    call.observe(
        "labels that say nothing, forty known: the mean of eight tries",
        lambda: {"mean": _mean_accuracy(call.function, noise, labels[:80], 40, seed)},
    )
    hard = rng.normal(size=(120, 6)) + (labels[:, None] - 0.5)
    call.observe(
        "five generators, each of them twice",
        lambda: {
            "drawn": [
                [call.function(hard, labels, 8, generator(n)) for n in range(5)] for _ in range(2)
            ]
        },
    )


def _mean_accuracy(function, features, labels, num_labeled, seed):
    tries = [
        function(features, labels, num_labeled, np.random.default_rng([seed, n])) for n in range(8)
    ]
    return float(np.mean(tries))


# --- GAN


BUDGET = 1_000_000


class _Trained(keras.Model):
    """Trains one network by one loss, to see which of its weights move."""

    def __init__(self, network, loss):
        super().__init__()
        self.network, self.loss_of = network, loss

    def call(self, x, training=False):
        return self.network(x, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return self.loss_of(y_pred)


def _stayed(network, inputs, loss, steps=2):
    """Return the paths of the trainable weights that training leaves exactly as they are."""
    before = [keras.ops.convert_to_numpy(weight) for weight in network.trainable_weights]
    trained = _Trained(network, loss)
    trained.compile(optimizer=keras.optimizers.SGD(0.1), run_eagerly=True)
    for _ in range(steps):
        trained.train_on_batch(inputs)
    return [
        weight.path
        for weight, old in zip(network.trainable_weights, before)
        if np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]


def _size(model):
    return {
        "parameters": model.count_params(),
        "input": list(model.input_shape),
        "output": list(model.output_shape),
    }


@probe
def build_generator(call, rng):
    call("noise of 8, grey images of 16×24", 8, (16, 24, 1), then=if_model(_size))
    noise_size = int(rng.integers(20, 80))
    model = call("images of 32×32×3", noise_size, (32, 32, 3), then=if_model(_size))
    if not isinstance(model, keras.Model):
        return
    noise = rng.normal(size=(6, noise_size)).astype("float32")
    call.observe("six draws of noise", _generated, model, noise)
    target = _images(rng, n=6)
    call.observe(
        "training towards given images: weights that stay",
        _stayed, model, noise, lambda made: keras.ops.sum(keras.ops.square(made - target)),
    )  # fmt: skip


def _generated(model, noise):
    images, again = outputs(model, noise), outputs(model, noise)
    return {
        "range": [float(images.min()), float(images.max())],
        "spread of a pixel": images.std(axis=0),
        "range for extreme noise": [
            float(f(outputs(model, 1e3 * noise))) for f in (np.min, np.max)
        ],
        "again": float(np.abs(images - again).max()),
    }


@probe
def build_discriminator(call, rng):
    call("grey images of 16×24", (16, 24, 1), then=if_model(_size))
    model = call("images of 32×32×3", (32, 32, 3), then=if_model(_size))
    if not isinstance(model, keras.Model):
        return
    call.observe("three images", _judged, model, _images(rng, n=3), rng)
    call.observe(
        "training: weights that stay",
        _stayed, model, _images(rng, n=4), lambda logits: keras.ops.sum(logits),
    )  # fmt: skip


def _judged(model, images, rng):
    changed = np.repeat(images[:1], 4, axis=0)
    for number, (row, column) in enumerate(((0, 0), (0, 24), (24, 0), (24, 24))):
        changed[number, row : row + 8, column : column + 8] = _images(rng, n=1, side=8)[0]
    others = np.concatenate([images[:1], 5 * images[1:]])
    kinds = {type(layer) for layer in model._flatten_layers()}
    dropout = bool(kinds & {keras.layers.Dropout, keras.layers.SpatialDropout2D})
    weights, alone = model.get_weights(), []
    for some in (images, others):
        alone.append(outputs(model, some, training=True)[0])
        model.set_weights(weights)  # a spectral normalization changes its state in training
    return {
        "answers": outputs(model, images),
        "strong answers": outputs(model, 50 * images),
        "corners changed": outputs(model, changed),
        "in training, with these and with other images beside it": alone,
        "dropout": dropout,  # its answers in training differ anyway
        "batch norm": keras.layers.BatchNormalization in kinds,
    }


def _logits(rng, n=6):
    return (3 * rng.normal(size=(n, 1))).astype("float32")


def _number(value):
    """Return a scalar tensor of any backend as a float; what is none stays."""
    value = _as_array(value)
    return float(value) if np.ndim(value) == 0 and not isinstance(value, str) else value


@probe
def discriminator_loss(call, rng):
    call("six logits each", _logits(rng), _logits(rng), then=_number)
    call("four real, nine fake ones", _logits(rng, 4), _logits(rng, 9), then=_number)
    sure = np.array([[1000], [-1000]], "float32")
    call("logits of ±1000", sure, sure[::-1], then=_number)
    call("one of each, undecided", np.zeros((1, 1), "float32"), np.zeros((1, 1), "float32"),
         then=_number)  # fmt: skip
    call.observe("its gradient", _slopes, call.function, rng)


@probe
def generator_loss(call, rng):
    call("six logits", _logits(rng), then=_number)
    call("logits of ±1000", np.array([[1000], [-1000]], "float32"), then=_number)
    call("one logit of 0", np.zeros((1, 1), "float32"), then=_number)
    call.observe("its gradient", _slopes_of_one, call.function, rng)


class _Logits(keras.layers.Layer):
    """Gives its weights, whatever comes in: so SGD of rate 1 subtracts the gradient from them."""

    def __init__(self, values):
        super().__init__()
        self.values = values

    def build(self, _):
        self.logits = self.add_weight(shape=self.values.shape, initializer="zeros")
        self.logits.assign(self.values)

    def call(self, x):
        return self.logits + 0 * keras.ops.sum(x)


def _slopes_of_one(loss, rng, size=5):
    """Return the gradient of a loss by its logits."""
    values = _logits(rng, size)
    layer = _Logits(values)
    trained = _Trained(keras.Sequential([keras.Input((1,)), layer]), loss)
    trained.compile(optimizer=keras.optimizers.SGD(1.0), run_eagerly=True)
    trained.train_on_batch(np.zeros((size, 1), "float32"))
    return values - keras.ops.convert_to_numpy(layer.logits)


def _slopes(loss, rng):
    return _slopes_of_one(lambda logits: loss(logits[:2], logits[2:]), rng)


class _Both(keras.Model):
    """Trains a generator and a discriminator by one loss. x: noise, y: real images."""

    def __init__(self, generator, discriminator, loss):
        super().__init__()
        self.generator, self.discriminator, self.loss_of = generator, discriminator, loss

    def call(self, noise, training=False):
        return self.generator(noise, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return self.loss_of(self.discriminator, y, y_pred)


@probe
def gan_compute_loss(call, rng):
    """One step of plain gradient descent shows each network's gradient in how its weights move."""
    for case, kind in (("two small networks", None), ("a discriminator with a state", "state")):
        generator, discriminator = _small_gan(rng, kind)
        noise = rng.normal(size=(4, 3)).astype("float32")
        real = _images(rng, n=4, side=4, channels=1)
        fake = outputs(generator, noise)
        call(f"{case}: the loss", discriminator, real, fake, then=_number)
        call.observe(
            f"{case}: how one step moves the weights",
            _one_step, call.function, generator, discriminator, noise, real,
        )  # fmt: skip


def _small_gan(rng, kind):
    layers = keras.layers
    make = [keras.Input((3,)), layers.Dense(16, activation="tanh"), layers.Reshape((4, 4, 1))]
    judge = [keras.Input((4, 4, 1)), layers.Flatten(), layers.Dense(5, activation="tanh")]
    if kind == "state":
        judge.append(layers.BatchNormalization())  # its answer in training mode is another
    judge.append(layers.Dense(1))
    return tuple(set_known_weights(keras.Sequential(part), rng) for part in (make, judge))


def _one_step(loss, generator, discriminator, noise, real):
    parts = {"generator": generator, "discriminator": discriminator}
    before = {name: _values(part) for name, part in parts.items()}
    model = _Both(generator, discriminator, loss)
    model.compile(optimizer=keras.optimizers.SGD(1.0), run_eagerly=True)
    model.train_on_batch(noise, real)
    return {
        name: [new - old for new, old in zip(_values(part), before[name])]
        for name, part in parts.items()
    }


def _values(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if not weight.name.startswith("moving_")
    ]


# --- Word embeddings


def _made_up_words(rng, number):
    """Return different made-up words of four letters, sorted."""
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    found = set()
    while len(found) < number:
        found.add("".join(rng.choice(letters, 4)))
    return sorted(found)


@probe
def build_vocabulary(call, rng):
    """Many words that are equally frequent; words just at the limit; none that reach it."""

    def lengths(result):
        return [len(part) for part in result] if isinstance(result, (tuple, list)) else result

    words = _made_up_words(rng, 9)
    times = rng.permutation([7, 5, 5, 5, 3, 3, 3, 1, 1])
    others = [word for word, number in zip(words, times) for _ in range(number - 1)]
    tokens = [*words[::-1], *rng.permutation(others).tolist()]
    call("9 different words, min_count 3", tokens, 3)
    call("the same words, min_count 1", tokens, 1)
    words = _made_up_words(rng, 60)
    times = rng.permutation(np.arange(60) % 6 + 1)
    tokens = rng.permutation(np.repeat(words, times)).tolist()
    call("60 different words, min_count 4", tokens, 4)
    call("one word three times", ["word"] * 3, 2)
    call("no word reaches min_count", ["one", "two", "one"], 3, then=lengths)
    call("no words at all", [], 1, then=lengths)


@probe
def skipgram_pairs(call, rng):
    """Texts that are kept whole, texts in which some words always go, and draws in between."""
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    short = np.concatenate([[2, 2], rng.permutation(np.arange(14) % 7)])
    every = np.ones(7)
    for window in (1, 2, 3):
        case = f"16 words, all kept, window {window}"
        call(case, short, window, every, generator(), then=_sorted_pairs)
    some = np.where(np.arange(7) < 3, 0.0, 1.0)  # ids 0, 1 and 2 always go
    call("16 words, some never kept, window 2", short, 2, some, generator(), then=_sorted_pairs)
    call("a window wider than the text", short[1:4], 5, every, generator(), then=_sorted_pairs)
    call("one word", short[:1], 2, every, generator(), then=_sorted_pairs)

    text, keep = rng.permutation(1500), np.where(np.arange(1500) < 750, 0.8, 0.3)
    look = _look_at_kept(text, 3)
    call("1,500 different ids, kept at 0.8 and 0.3", text, 3, keep, generator(), then=look)
    first = call.evidence[-1]["value"]
    for case, number in (("the same generator again", 0), ("another generator", 1)):

        def compare(result):
            return _same_kept(first, look(result))

        call(f"the same text, {case}", text, 3, keep, generator(number), then=compare)

    often = np.zeros(800, int)
    often[::2] = np.arange(1, 401)  # the word 0 stands between words that occur once
    keep = np.concatenate([[0.5], np.ones(400)])
    case = "400 times the same word, kept at 0.5, among words that are kept"
    call(case, often, 1, keep, generator(2), then=_share_kept)


def _as_pairs(result):
    """Return the pairs as an (n, 2) int array, or None where the result is something else."""
    try:
        centers, contexts = map(np.asarray, result)
        numbers = centers.size == 0 or {centers.dtype.kind, contexts.dtype.kind} <= set("iu")
        if isinstance(result, dict) or centers.ndim != 1 or not numbers:
            return None
        return np.column_stack([centers, contexts]).astype(int)
    except (TypeError, ValueError):
        return None


def _sorted_pairs(result):
    """Return the number of pairs, and all of them as rows (centre, context) in a fixed order."""
    pairs = _as_pairs(result)
    if pairs is None:
        return result
    ordered = pairs[np.lexsort(pairs.T[::-1])]
    return {
        "two NumPy arrays": all(isinstance(part, np.ndarray) for part in result),
        "number of pairs": len(pairs),
        "pairs (centre, context), sorted": ordered,
    }


def _look_at_kept(text, window):
    """Return a function from the pairs of a text, in which no id comes twice, to what was kept."""

    def look(result):
        pairs = _as_pairs(result)
        if pairs is None:
            return result
        kept = text[np.isin(text, pairs)]
        places = np.full(len(text), -1)
        places[kept] = np.arange(len(kept))
        distance = np.abs(np.diff(places[pairs], axis=1)).ravel()
        expected = sum(2 * (len(kept) - d) for d in range(1, window + 1))
        different = len(np.unique(pairs, axis=0)) == len(pairs)
        near = bool(np.all((distance > 0) & (distance <= window)))
        return {
            "kept": kept,
            "the pairs are those of the kept words": near and different and len(pairs) == expected,
        }

    return look


def _same_kept(first, again):
    if not (isinstance(first, dict) and isinstance(again, dict)):
        return again
    return {"the same words are kept": np.array_equal(first["kept"], again["kept"])}


def _share_kept(result):
    """Return how many of the zeros are kept: each stands between two other words, or is last."""
    pairs = _as_pairs(result)
    if pairs is None:
        return result
    return {"share of the word that is kept": np.sum((pairs[:, 0] > 0) & (pairs[:, 1] == 0)) / 799}


@probe
def negative_samples(call, rng):
    """Many draws from few ids; shapes; one id; the same generator twice."""
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    size = rng.uniform(0.8, 1.2)
    counts = rng.permutation((np.array([0, 20, 100, 500, 3000, 20_000]) * size).astype(int))
    look = _look_at_draws(counts)
    call("20,000 rows of one draw, 6 ids", counts, (20_000, 1), generator(), then=look)
    first = call.evidence[-1]["value"]
    for case, number in (("the same generator again", 0), ("another generator", 1)):

        def compare(result):
            return _same_draws(first, look(result))

        call(f"the same, {case}", counts, (20_000, 1), generator(number), then=compare)
    even = np.array([30, 40, 50, 60, 70])
    call("500 rows of 4 draws, 5 ids", even, (500, 4), generator(2), then=_look_at_draws(even))
    call("shape (7,)", counts, (7,), generator(3), then=_shape_of)
    call("shape (2, 3, 4)", counts, (2, 3, 4), generator(4), then=_shape_of)
    call("one id only", np.array([5]), (2, 3), generator(5))


def _shape_of(result):
    array = np.asarray(result)
    return {
        "a NumPy array": isinstance(result, np.ndarray),
        "shape": list(array.shape),
        "kind of numbers": array.dtype.kind,
    }


def _look_at_draws(counts):
    """Return a function from draws, rows of ids, to how often each came, the rarest id first."""
    number, order = len(counts), np.argsort(counts)

    def look(result):
        array = np.asarray(result)
        if array.ndim != 2 or array.dtype.kind not in "iu" or array.size == 0:
            return _shape_of(result)
        in_range = bool(array.min() >= 0 and array.max() < number)
        ordered = np.sort(array, axis=1)
        return {
            **_shape_of(result),
            "ids are 0 to V - 1": in_range,
            "draws of each id": (
                np.bincount(array.ravel(), minlength=number)[order] if in_range else None
            ),
            "rows with an id twice": int(np.any(np.diff(ordered, axis=1) == 0, axis=1).sum()),
            "different rows": len(np.unique(array, axis=0)),
        }

    return look


def _same_draws(first, again):
    key = "draws of each id"
    if not all(isinstance(seen, dict) and key in seen for seen in (first, again)):
        return again
    return {"the draws are the same": np.array_equal(first[key], again[key])}


@probe
def sgns_loss(call, rng):
    """Values, a step of training on them, and scores that are very large."""

    def vectors(pairs, negatives, size):
        shapes = ((pairs, size), (pairs, size), (pairs, negatives, size))
        return [rng.normal(size=shape).astype("float32") for shape in shapes]

    few = vectors(5, 3, 4)
    call("5 pairs, 3 negatives, vectors of 4", *few, then=_as_array)
    call("4 pairs, 4 negatives, vectors of 4", *vectors(4, 4, 4), then=_as_array)
    call("one pair, one negative", *vectors(1, 1, 6), then=_as_array)
    call("all vectors zero", *[0 * part for part in few], then=_as_array)
    large = [
        np.array([[1000, 0], [1000, 0]], "float32"),
        np.array([[1, 0], [-1, 0]], "float32"),
        np.array([[[1, 0], [-1, 0], [-1, 1]], [[-1, 1], [-1, 0], [1, 1]]], "float32"),
    ]
    call("scores of +1000 and -1000", *large, then=_as_array)
    few[0][0] *= 300
    case = "a step of SGD on 5 pairs, one of which has large scores: the new vectors"
    call.observe(case, _step_of_vectors, call.function, few)


@cache
def _vectors_to_train(size):
    """Return a compiled model whose output, for a one, is its own weights, and its loss's place."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(size, use_bias=False)])
    place = {}
    model.compile(
        keras.optimizers.SGD(1.0), loss=lambda _, flat: place["loss"](flat[0]), run_eagerly=True
    )
    return model, place


def _step_of_vectors(function, parts):
    """Return three arrays after one step of SGD on a loss of them, as one flat array."""
    ends = np.cumsum([part.size for part in parts])
    model, place = _vectors_to_train(int(ends[-1]))
    model.set_weights([np.concatenate([part.ravel() for part in parts])[None]])

    def loss(flat):
        return function(
            *(
                keras.ops.reshape(flat[end - part.size : end], part.shape)
                for end, part in zip(ends, parts)
            )
        )

    place["loss"] = loss
    model.train_on_batch(np.ones((1, 1), "float32"), np.zeros((1, int(ends[-1])), "float32"))
    return keras.ops.convert_to_numpy(model.weights[0]).ravel()


def _word_vectors(rng, number, size):
    """Return vectors of very different lengths."""
    return rng.normal(size=(number, size)) * np.exp(1.5 * rng.normal(size=(number, 1)))


@probe
def nearest_words(call, rng):
    vectors = _word_vectors(rng, 40, 5)
    call("the 5 nearest of 40 words", vectors, int(rng.integers(1, 39)), 5)
    call("the nearest one", vectors, int(rng.integers(1, 39)), 1)
    call("all the others", vectors, int(rng.integers(1, 39)), 39)
    call("the first word, 3 nearest", vectors, 0, 3)
    call("the last word, 3 nearest", vectors.astype("float32"), 39, 3)
    angles = rng.permutation([0, 20, 50, 90, 130, 170])
    circle = np.array([np.cos(np.radians(angles)), np.sin(np.radians(angles))]).T
    call("whole numbers", (1000 * circle).astype(int), int(np.argmin(angles)), 5)
    call("two words", vectors[:2], 1, 1)


@probe
def analogy(call, rng):
    vectors = _word_vectors(rng, 40, 5)

    def three():
        return [int(number) for number in rng.choice(40, 3, replace=False)]

    call("the 5 best of 40 words", vectors, *three(), 5)
    call("the best one", vectors, *three(), 1)
    call("all that are left", vectors, *three(), 37)
    call("32-bit numbers", vectors.astype("float32"), *three(), 4)
    call("the first and the last word", vectors, 0, 39, int(rng.integers(1, 39)), 4)
    call("whole numbers", np.round(50 * rng.normal(size=(9, 4)) + 5).astype(int), 2, 5, 7, 2)
    call("four words", vectors[:4], 2, 0, 3, 1)
