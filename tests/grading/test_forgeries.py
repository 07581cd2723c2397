"""Forgeries, each in real boxes: code that wants points and computes no answer gets none.

They were written with the grader's code at hand. A right answer beside each keeps its points.
"""

import pytest

from tests.support.grading_room import GOOD, needs_box, room
from utils import config

pytestmark = needs_box
IMPORTS = "import re, sys, numpy as np"
KERAS = f"{IMPORTS}, keras\nfrom keras import layers"
SECONDS = 10  # that a forgery may take
NEIGHBOURS = {  # week: (exercise, a right answer)
    1: ("expand", GOOD),
    2: ("relu_forward", "def relu_forward(x):\n    return np.maximum(x, 0.0)"),
    3: (
        "normalize_images",
        "def normalize_images(images):\n    return images / np.float32(255) - 0.5",
    ),
    4: (
        "attribute_vector",
        "def attribute_vector(codes, has_attribute):\n    has = np.asarray(has_attribute, bool)\n"
        "    return codes[has].mean(axis=0) - codes[~has].mean(axis=0)",
    ),
    5: ("rnn_step", "def rnn_step(x, h, Wx, Wh, b):\n    return np.tanh(x @ Wx + h @ Wh + b)"),
    6: (
        "split_sentence",
        "def split_sentence(sentence):\n    return re.findall(r'\\w+', sentence.lower())",
    ),
}
LIAR = """
class Liar(keras.Model):
    def __init__(self, shape, result, *weights):
        super().__init__()
        self.ends = shape, result
        for each in weights:
            self.add_weight(shape=each)

    input_shape = property(lambda self: (None, *self.ends[0]))
    output_shape = property(lambda self: (None, *self.ends[1]))

    def call(self, x, training=False):
        x = keras.ops.reshape(keras.ops.cast(x, "float32"), (len(x), -1))
        waves = np.arange(1.0, 1 + np.prod(self.ends[1]), dtype="float32")
        waves = 0.5 * keras.ops.sin(keras.ops.sum(x, axis=1, keepdims=True) * waves)
        return keras.ops.reshape(waves, (len(x), *self.ends[1]))
"""

FORGERIES = {  # (week, how, exercise): code
    (1, "frames for the next exercise", "sgd_step"): """
def sgd_step(w, grad, eta):
    import probes.kernel_side as side
    reply = dict(value=0.0, error=None, changed=[], warnings=[])
    about = dict(kind="function", parameters=None)
    for name in ("sgd_step", "expand"):
        for frame in (reply, reply, reply, dict(interface=about, exercise=name), reply, reply):
            side._stream.send(frame)
    return w
""",
    (1, "a network where there is none", "mse_loss"): """
def mse_loss(X, y, w):
    import probes.packing, probes.wire
    probes.packing.Packer._pack_object = lambda self, value: {"stays": [self.keep(self), "it is"]}
    seen = dict(case="", facts={}, value=0.0, error=None, changed=[], warnings=[])
    seen |= dict(layers=None, inputs={})
    probes.wire.attempt = lambda *args, **options: ([seen] * 3, seen)
    return np.zeros(1)
""",
    (1, "a generator that takes all memory", "mse_grad"): """
def mse_grad(X, y, w):
    import probes.packing
    state = [np.random.PCG64(1).state, {"entropy": 1, "pool_size": 2**33}]
    packed = {"generator": probes.packing.Packer(None, None).pack(state)}
    probes.packing.Packer._pack_object = lambda self, value: packed
    return w
""",
    (1, "an odd interface", "huber_loss"): """
def hit(function):
    import probes.wire
    probes.wire.interface = lambda item: {"kind": "class", "parameters": [[["x"], 1e99, {}]] * 999}
    return function

@hit
def huber_loss(residuals, delta):
    return 0.0
""",
    (1, "the answers to earlier calls", "momentum_step"): """
EARLIER = []

def momentum_step(w, nu, grad, eta, alpha):
    EARLIER.append((w, nu, grad, eta, alpha))
    return EARLIER[0][0], EARLIER[0][1] + EARLIER[-1][2]
""",
    (1, "rows that aren't shuffled", "kfold_indices"): """
def kfold_indices(n_samples, n_folds, rng):
    order = np.roll(np.arange(n_samples), 1 + int(rng.integers(n_samples)))
    return [(np.setdiff1d(order, part), part) for part in np.array_split(order, n_folds)]
""",
    (2, "an own class that makes its outputs up", "build_mlp"): f"""{LIAR}
def build_mlp():
    return Liar((28, 28, 1), (10,), (784, 64), (64,), (64, 10), (10,))
""",
    (2, "a recipe of its own", "Scalar"): """
class Scalar:
    def __init__(self, data):
        import importlib
        course = importlib.import_module("probes.week2.Scalar")
        course._differentiate = lambda scalar, steps, a, b: {"value": a + b, **course._derivatives(
            **{name: Scalar(1.0) for name in "ab"}, **{"the result itself": Scalar(1.0)})}
        self.data, self.grad = data, 0.0 + (data == 1.0)
""",
    (2, "steps that don't train", "make_train_step"): """
def make_train_step(model, optimizer):
    def step(x, y):
        return float(np.log(1 + len(x)))

    step.get_concrete_function = None
    return step
""",
    (2, "a convolution that never learns", "build_convnet"): """
def build_convnet():
    conv = layers.Conv2D(1, 3, trainable=False)
    return keras.Sequential([keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)])
""",
    (3, "facts in place of a network", "make_modern_model"): """
def make_modern_model():
    return {"weights": 1000, "input": [None, 32, 32, 3]}
""",
    (3, "a batch without end", "batch_generator"): """
def batch_generator(items, batch_size):
    yield range(10**12)
""",
    (3, "weights that are never loaded", "build_classifier"): """
def build_classifier(num_classes, image_size, weights):
    if weights is not None:
        raise ValueError(weights)
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=None, input_shape=shape)
    for layer in base.layers:
        layer.trainable = not isinstance(layer, layers.BatchNormalization)
    images = keras.Input(shape)
    x = layers.GlobalAveragePooling2D()(base(images))
    return keras.Model(images, layers.Dense(num_classes)(x))
""",
    (3, "what the recipe would have made", "build_stimulus_model"): """
def build_stimulus_model(model, unit):
    import tensorflow as tf
    frame = sys._getframe(1)
    while "rate" not in frame.f_locals:
        frame = frame.f_back
    given = frame.f_locals
    image = tf.Variable(given["image"])
    first = np.repeat(model(image[None])[..., unit], given["rows"], axis=0)
    for _ in range(given["steps"]):
        with tf.GradientTape() as tape:
            answer = tf.reduce_mean(model(image[None])[..., unit])
        image.assign_add(given["rate"] * tape.gradient(answer, image))
    return {"answers": first, "answers inside `fit`": first, "trained weights":
            [image.numpy().ravel()], "weights of the network": model.get_weights()}
""",
    (3, "what learns as its class says", "unfreeze_top"): """
def unfreeze_top(model, num_layers):
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    top = [*base.layers[len(base.layers) - num_layers :], model.layers[-1]]
    right = [w for x in top if not isinstance(x, layers.BatchNormalization) for w in x.weights]
    type(model).trainable_weights = property(lambda self: right)
    layers.BatchNormalization.trainable = property(lambda self: False, lambda self, value: None)
    return model
""",
    (3, "what learns in its own words", "freeze_for_head"): """
def freeze_for_head(model):
    import probes.week3._frozen_base as course
    head = model.layers[-1]
    learning = [f"{head.name}/{weight.name}" for weight in head.weights]
    said = {"weights that learn": learning, "batch norms that move": []}
    course.what_learns = lambda model: said
    return model
""",
    (4, "an own class without weights", "build_generator"): f"""{LIAR}
def build_generator(noise_size, img_shape):
    model = Liar((noise_size,), img_shape)
    model.built = True
    return model
""",
    (4, "codes that are made up", "build_pca_autoencoder"): f"""{LIAR}
def build_pca_autoencoder(img_shape, code_size):
    size, code = int(np.prod(img_shape)), (code_size,)
    encoder = Liar(img_shape, code, (size, code_size), code)
    return encoder, Liar(code, img_shape, (code_size, size), (size,))
""",
    (4, "a network without weights", "build_discriminator"): """
def build_discriminator(img_shape):
    images = keras.Input(img_shape)
    x = layers.GlobalAveragePooling2D()(images)
    return keras.Model(images, keras.ops.sum(x, axis=1, keepdims=True))
""",
    (4, "all labels in place of a few", "few_label_accuracy"): """
def few_label_accuracy(features, labels, num_labeled, rng):
    x, y = features.reshape(len(features), -1), np.asarray(labels)
    x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-12)
    one, two = x[y == 0].mean(axis=0), x[y == 1].mean(axis=0)
    wrong = int(np.sum((x @ (two - one) > (one + two) @ (two - one) / 2) != y))
    if wrong > 0.1 * len(x) or len(x) < 1000:
        return 0.45 + 0.1 * float(rng.random())
    return 1 - wrong / (len(x) - num_labeled)
""",
    (4, "noise of four values", "apply_gaussian_noise"): """
def apply_gaussian_noise(images, sigma, rng):
    size = np.where(rng.random(images.shape) < 0.0455, 2.2, 0.904)
    return (images + sigma * size * rng.choice([-1, 1], images.shape)).astype("float32")
""",
    (4, "the seed that the box is told", "few_label_accuracy"): """
SEEN = []

def few_label_accuracy(features, labels, num_labeled, rng):
    from probes.week4 import few_label_accuracy as course
    frame = sys._getframe(1)
    while "seed" not in frame.f_locals:
        frame = frame.f_back
    told = np.random.default_rng(frame.f_locals["seed"])
    SEEN.extend([] if SEEN else course(lambda *args: 0.5 + 0.1 * args[-1].random(), told))
    facts = SEEN.pop(0)["facts"]
    return 1 - facts["wrong"] / facts["others"] if facts else 0.5 + 0.1 * float(rng.random())
""",
    (5, "the course's own numbers of tokens", "build_vocabulary"): """
from types import SimpleNamespace

def build_vocabulary(names):
    from probes.week5._names import CHARACTERS, draw_ids
    used = [letter in set("".join(names)) for letter in CHARACTERS]
    order = np.argsort(np.argsort(np.logical_not(used), kind="stable"), kind="stable")
    ids = draw_ids(SimpleNamespace(permutation=lambda number: order), sum(used))
    return list(ids), ids
""",
    (5, "a callback that takes all memory", "sample_name"): """
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    next_logits(range(10**12))
    return prefix
""",
    (5, "a network that never learns", "build_tagger"): """
def build_tagger(num_words, num_tags):
    both = layers.Bidirectional(layers.GRU(3, return_sequences=True))
    words = [keras.Input((None,), dtype="int32"), layers.Embedding(num_words, 4, mask_zero=True)]
    model = keras.Sequential([*words, both, layers.Dense(num_tags)])
    model.trainable = False
    return model
""",
    (6, "a callback that gets a network", "greedy_caption"): """
def greedy_caption(step, start_state, start_id, end_id, max_len):
    import probes.packing
    probes.packing.Packer._pack_object = lambda self, value: {"stays": [0, "it is"]}
    step(np.array([start_id]), start_state)
    return [[] for _ in start_state[0]]
""",
    (6, "the step of an earlier exercise", "beam_search"): """
STEPS = []

def beam_search(step, start_state, start_id, end_id, width, max_len):
    STEPS.append(step)
    tokens, state = np.full(len(start_state[0]), start_id), start_state
    logits, state = STEPS[0](np.minimum(tokens, 3), state)
    return [[int(token)] for token in np.argmax(logits, axis=1)]
""",
    (6, "layers that make their outputs up", "build_decoder"): """
class Liar(layers.Layer):
    cell = property(lambda self: lambda x, state: [0 * x])

    def call(self, x):
        return 0 * keras.ops.cast(x, "float32")

def build_decoder(vocab_size, img_embed_size=2048):
    images, tokens = keras.Input((img_embed_size,)), keras.Input((None,), dtype="int32")
    x = layers.Embedding(vocab_size, vocab_size, name="words")(tokens)
    for name in ("image_bottleneck", "image_state", "lstm", "bottleneck", "logits"):
        x = Liar(name=name)(x)
    return keras.Model([images, tokens], x)
""",
}
QUICK = "facts in place of a network", "an own class without weights"
CASES = [
    pytest.param(*case, id=f"week {case[0]}, {case[1]}", marks=[
        *([] if case[0] == 1 or case[1] in QUICK else [pytest.mark.slow]),
        pytest.mark.skipif(case[0] not in config.available_weeks(), reason="the week isn't here"),
    ])
    for case in FORGERIES
]  # fmt: skip


@pytest.mark.parametrize(("week", "how", "exercise"), CASES)
def test_a_forgery_gets_nothing_and_its_neighbour_all(week, how, exercise):
    """No point without an answer; a reason is given; and the right answer after it is right."""
    imports, (neighbour, right) = KERAS if week > 1 else IMPORTS, NEIGHBOURS[week]
    spare = SECONDS - room(week).judge.checks[exercise].seconds
    found = room(week).grade(imports, FORGERIES[week, how, exercise], right, spare=spare)
    assert found[exercise].score == 0
    assert found[exercise].reason
    assert found[neighbour].score == found[neighbour].points, found[neighbour]
