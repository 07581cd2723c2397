"""Probes of week 3: on which inputs each exercise is tried."""

from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from unittest import mock

import keras
import numpy as np

from .core import probe
from .models import if_model, outputs, set_alike_weights, set_known_weights, train_on


def _images(rng, n=2, side=32, channels=3):
    """Return float32 images around zero."""
    return rng.uniform(-0.5, 0.5, size=(n, side, side, channels)).astype("float32")


@probe
def normalize_images(call, rng):
    call("three images", rng.integers(0, 256, size=(3, 4, 5, 3), dtype=np.uint8))
    call("one grey image, black and white", np.array([[0, 255]], dtype=np.uint8))
    call("no images", np.zeros((0, 4, 4, 3), np.uint8))


@probe
def one_hot(call, rng):
    call("seven labels of four classes", rng.integers(0, 4, size=7), 4)
    call("labels without the highest class", np.array([1, 0, 0, 2]), 5)
    call("one label", rng.integers(0, 3, size=1), 3)
    call("no labels", np.zeros(0, int), 3)


@probe
def conv2d_naive(call, rng):
    def inputs(n, height, width, channels, kernel_height, kernel_width, filters):
        kernel = rng.normal(size=(kernel_height, kernel_width, channels, filters))
        return rng.normal(size=(n, height, width, channels)), kernel, rng.normal(size=filters)

    call("a 3×3 kernel", *inputs(2, 6, 5, 3, 3, 3, 4))
    call("padding 'valid'", *inputs(2, 6, 5, 2, 3, 3, 3), 1, "valid")
    call("stride 2 on an odd size", *inputs(1, 7, 9, 2, 3, 3, 2), 2)
    call("stride 2 on an even size", *inputs(1, 8, 6, 2, 3, 3, 2), 2)
    call("stride 2, padding 'valid'", *inputs(1, 7, 8, 2, 3, 3, 2), 2, "valid")
    call("a 2×5 kernel", *inputs(1, 6, 7, 2, 2, 5, 2))
    call("a 1×1 kernel with stride 3", *inputs(1, 7, 7, 2, 1, 1, 2), 3)


@probe
def max_pool_naive(call, rng):
    call("windows of 2×2", rng.normal(size=(2, 6, 4, 3)))
    call("windows of 3×3", rng.normal(size=(1, 6, 9, 2)), 3)
    call("an odd number of rows and columns", rng.normal(size=(2, 5, 7, 2)))
    call("only negative values", -1 - rng.random(size=(1, 4, 4, 2)))


def _dropouts(model):
    """Return rate and shape of what each dropout of a model sees, in order."""
    return [
        [layer.rate, *layer.output.shape[1:]]
        for layer in model.layers
        if isinstance(layer, keras.layers.Dropout)
    ]


@probe
def make_model(call, rng):
    images = _images(rng, n=3)

    def look(model):
        set_known_weights(model, rng)
        return {
            "what it answers to three images": outputs(model, images),
            "its dropouts (rate and shape)": _dropouts(model),
        }

    call("the network with given weights", then=if_model(look))


def _places(images, pad):
    """Return a function that finds where each augmented image was cut from, or None.

    It gives (n, 3) integers: row, column, mirrored; −1 where it was found nowhere.
    """
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, images.shape[1:3], axis=(1, 2))

    def find(results):
        results = np.asarray(results)
        if results.shape != images.shape or results.dtype != images.dtype:
            return results
        found = np.full((len(images), 3), -1)
        for mirrored, pieces in enumerate((results, results[:, :, ::-1])):
            pieces = pieces.transpose(0, 3, 1, 2)[:, None, None]
            same = (windows == pieces).all(axis=(3, 4, 5))
            for number, row, column in np.argwhere(same):
                found[number] = row, column, mirrored
        return found

    return find


@probe
def augment(call, rng):
    images = rng.uniform(-0.5, 0.5, size=(400, 6, 7, 2)).astype("float32")
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    find = _places(images, 2)
    call("400 images, pad 2", images, generator(), 2, then=find)
    call("the same generator again, pad 2", images, generator(), 2, then=find)
    call("another generator, pad 2", images, generator(1), 2, then=find)
    call("no shift, pad 0", images, generator(), 0, then=_places(images, 0))
    bytes_ = rng.integers(0, 256, size=(40, 12, 12, 1), dtype=np.uint8)
    call("images of bytes, pad 4", bytes_, generator(), then=_places(bytes_, 4))


def _try_block(call, rng, case, block, side, channels, *args):
    """Build a network that is one block; note what it answers, and how many weights it has."""
    images = _images(rng, side=side, channels=channels)
    inputs = keras.Input((side, side, channels))

    def look(result):
        if not isinstance(result, keras.KerasTensor):
            return result
        model = set_alike_weights(keras.Model(inputs, result), rng)
        before = outputs(model, images)
        outputs(model, images, training=True)  # moves the running means of batch norms
        return {
            "shape": list(result.shape),
            "what it answers, with given weights": before,
            "what it answers after it saw one batch of training": outputs(model, images),
            "number of trainable weights": sum(
                int(np.prod(weight.shape)) for weight in model.trainable_weights
            ),
        }

    call(case, inputs, *args, then=look)


@probe
def residual_block(call, rng):
    _try_block(call, rng, "8 channels to 8", call.function, 6, 8, 8)
    _try_block(call, rng, "6 channels to 8", call.function, 6, 6, 8)
    _try_block(call, rng, "8 channels to 8, stride 2", call.function, 7, 8, 8, 2)


@probe
def inception_block(call, rng):
    _try_block(call, rng, "6 channels to 8", call.function, 7, 6, 8)
    _try_block(call, rng, "8 channels to 12", call.function, 6, 8, 12)


@probe
def one_cycle(call, rng):
    total, peak = int(rng.integers(8, 20)) * 10, rng.uniform(0.05, 0.5)
    warmup = rng.uniform(0.15, 0.4)

    def number(value):
        return float(np.asarray(value))

    for share in (0, 0.1, 0.5, 0.9, 1):
        step = float(share * total)
        call(f"step {step:g} of {total}", step, total, peak, warmup, then=number)
    call("the warm-up of 0.3", 0.3 * total, total, peak, then=number)
    call("an integer step", total // 4, total, peak, warmup, then=number)
    call.observe("six steps inside `fit`", _train_by, call.function, peak, warmup)


def _train_by(schedule, peak, warmup, steps=6):
    """Return where a weight of 0 with a slope of −1 is after training by a schedule."""

    class Schedule(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return schedule(keras.ops.cast(step, "float32"), steps, peak, warmup)

    weight = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
    model = keras.Sequential([keras.Input((1,)), weight])
    model.compile(
        optimizer=keras.optimizers.SGD(Schedule()),
        loss=lambda true, answer: -keras.ops.mean(answer),
    )
    ones = np.ones((steps, 1), "float32")
    model.fit(ones, ones, batch_size=1, epochs=1, verbose=0)
    return float(keras.ops.convert_to_numpy(weight.kernel)[0, 0])


BUDGET = 700_000
STEPS = 12


@probe
def make_modern_model(call, rng):
    colours = rng.uniform(-1, 1, size=(10, 1, 1, 3)).astype("float32")
    images, labels = colours + _images(rng, n=10), np.arange(10)
    model = call("a new network", then=if_model(_size))
    if isinstance(model, keras.Model):
        call.observe("two images", _look_at, model, rng)
        call.observe(
            "training on a handful of images", train_on, model, images, labels, STEPS, 3e-3
        )


def _size(model):
    return {"weights": model.count_params(), "input": list(model.input_shape)}


def _look_at(model, rng):
    """Return what a model answers, twice, and which corners of an image its answer depends on."""
    images = _images(rng, n=2)
    changed = np.repeat(images[:1], 4, axis=0)
    for number, (row, column) in enumerate(((0, 0), (0, 24), (24, 0), (24, 24))):
        changed[number, row : row + 8, column : column + 8] = _images(rng, n=1, side=8)[0] * 4
    return {
        "answers": outputs(model, images),
        "again": outputs(model, images),
        "corners changed": outputs(model, changed),
    }


def _little_network(rng):
    """Return a network with a feature map inside, dropout and batch norm, with given weights."""
    layers = keras.layers
    inputs = keras.Input((6, 5, 2))
    maps = layers.BatchNormalization()(layers.Conv2D(3, 3)(inputs))
    result = layers.Dense(4)(layers.Dropout(0.5)(layers.Flatten()(layers.ReLU()(maps))))
    model = set_known_weights(keras.Model(inputs, result), rng)
    return model, keras.Model(inputs, maps)


@probe
def build_stimulus_model(call, rng):
    image = rng.normal(size=(1, 6, 5, 2)).astype("float32")
    units = rng.permutation(3)  # two that differ: no fixed unit is right for both
    for case, part in (("a unit of the last layer", 0), ("a filter of a convolution", 1)):
        _try_stimulus(call, case, _little_network(rng)[part], int(units[part]), image)


def _try_stimulus(call, case, model, unit, image):
    ones = np.ones((2, 1), "float32")

    def look(stimulus):
        stimulus.trainable_weights[0].assign(image.reshape(stimulus.trainable_weights[0].shape))
        return {
            "sizes of the weights that are trained": [
                int(np.prod(weight.shape)) for weight in stimulus.trainable_weights
            ],
            "what it answers to a given image": outputs(stimulus, ones),
            "it answers the same inside `fit`": bool(
                np.allclose(outputs(stimulus, ones), outputs(stimulus, ones, training=True))
            ),
        }

    stimulus = call(case, model, unit, then=if_model(look))
    if isinstance(stimulus, keras.Model):
        call.observe(f"{case}, after three steps of `fit`", _climb, stimulus, model, ones)


def _climb(stimulus, model, ones):
    """Return whether some steps upwards raise the answer, and leave the network as it was."""
    before, answer = model.get_weights(), outputs(stimulus, ones).mean()
    stimulus.compile(
        optimizer=keras.optimizers.SGD(0.1), loss=lambda true, answer: -keras.ops.mean(answer)
    )
    for _ in range(3):
        stimulus.train_on_batch(ones, ones[:, 0])
    stayed = all(np.array_equal(a, b) for a, b in zip(before, model.get_weights()))
    return {
        "the unit answers more strongly": bool(outputs(stimulus, ones).mean() > answer),
        "the network stayed as it was": stayed,
    }


# --- Task 2: flowers


@probe
def image_center_crop(call, rng):
    """Wide, high and square images; even and odd numbers of pixels to cut."""
    for height, width in ((6, 10), (10, 4), (5, 8), (9, 6), (7, 7), (1, 4)):
        image = rng.integers(0, 256, size=(height, width, 3), dtype=np.uint8)
        call(f"an image of height {height} and width {width}", image)
    call("a grey image of floats", rng.uniform(size=(4, 7, 1)))


MOST_BATCHES = 50  # are taken, so that a generator which never ends is seen to be wrong


@probe
def batch_generator(call, rng):
    """Lists, ranges, generators, nothing at all, and a source that hardly ends."""
    words = [f"word {number}" for number in rng.permutation(7)]
    call("range(10) in batches of 3", range(10), 3, then=_batches)
    call("6 words in batches of 2", words[:6], 2, then=_batches)
    call("7 words in batches of 1", words, 1, then=_batches)
    call("2 words in batches of 5", words[:2], 5, then=_batches)
    call("no items", [], 4, then=_batches)
    call("a generator of 7 words, in batches of 4", (word for word in words), 4, then=_batches)
    taken = []
    batches = call("a source of 1,000 items", _noting(taken), 3, then=lambda found: found is taken)
    call.observe("its first batch, and the items taken for it", lambda: _first(batches, taken))


def _batches(generator):
    found = list(islice(generator, MOST_BATCHES))
    return {
        "batches": found,
        "kinds": [type(batch).__name__ for batch in found],
        "is a generator": iter(generator) is generator,
    }


def _noting(taken):
    for number in range(1000):
        taken.append(number)
        yield number


def _first(batches, taken):
    return {"batch": list(next(iter(batches))), "items taken": len(taken)}


@probe
def build_classifier(call, rng):
    """Random weights, and a file of weights that isn't there."""
    num_classes, size = int(rng.integers(5, 120)), int(rng.integers(75, 130))
    case = f"{num_classes} classes at {size}×{size}, random weights"
    with _lent_base() as asked:
        model = call(case, num_classes, size, None, then=_kind)
    call.observe(f"{case}: its parts", _parts_of_classifier, model, asked)
    image = rng.uniform(-1, 1, size=(2, size, size, 3)).astype("float32")
    call.observe(f"{case}: two images", _classified, model, image)
    with _lent_base() as asked:
        call("a file of weights that isn't there", 5, 75, "no-such-file.h5", then=_kind)
        call.observe("a file of weights: what was loaded", lambda: asked)


def _kind(value):
    return "model" if isinstance(value, keras.Model) else type(value).__name__


CHANNELS = 2048  # of InceptionV3's last grid
BASE_PARAMETERS = 21_802_784  # of InceptionV3 without its top


@contextmanager
def _lent_base():
    """Put a small network in the place of InceptionV3, which takes seconds to build.

    It takes the same arguments, and has the same kind of output and batch norms. Where a learner
    has another name for the real one, the evidence is the same. Gives what was asked for, a dict.
    """
    asked = {"ImageNet's weights": False, "with its top": False}

    def lend(
        include_top=True,
        weights="imagenet",
        input_tensor=None,
        input_shape=None,
        pooling=None,
        classes=1000,
        classifier_activation="softmax",
        name="inception_v3",
    ):
        if weights not in (None, "imagenet") and not Path(weights).exists():
            raise ValueError(f"There is no file of weights {weights}.")
        asked["ImageNet's weights"] |= weights == "imagenet"
        asked["with its top"] |= bool(include_top)
        layers = keras.layers
        images = keras.Input(input_shape or (299, 299, 3)) if input_tensor is None else input_tensor
        grid = layers.Conv2D(4, 9, strides=16, padding="same", use_bias=False)(images)
        grid = layers.Conv2D(CHANNELS, 1)(layers.BatchNormalization()(grid))
        if include_top:
            grid = layers.Dense(classes, activation=classifier_activation)(
                layers.GlobalAveragePooling2D()(grid)
            )
        elif pooling:
            pool = {"avg": layers.GlobalAveragePooling2D, "max": layers.GlobalMaxPooling2D}
            grid = pool[pooling]()(grid)
        model = keras.Model(images, grid, name=name)
        model.is_lent = True
        return model

    with (
        mock.patch.object(keras.applications, "InceptionV3", lend),
        mock.patch.object(keras.applications.inception_v3, "InceptionV3", lend),
    ):
        yield asked


def _base_in(model):
    return next((layer for layer in model.layers if isinstance(layer, keras.Model)), None)


def _parts_of_classifier(model, asked):
    base = _base_in(model)
    inside = {id(weight) for weight in base.weights} if base else set()
    head = [list(weight.shape) for weight in model.weights if id(weight) not in inside]
    return {
        "input": list(model.input_shape[1:]),
        "output": list(model.output_shape[1:]),
        "the base is one layer": base is not None,
        "the base is InceptionV3": base is not None
        and (hasattr(base, "is_lent") or base.count_params() == BASE_PARAMETERS),
        "shapes of the head's weights": head if base else None,
        **asked,
    }


def _classified(model, images):
    plain, grid = outputs(model, images), outputs(_base_in(model), images)
    averaged = grid.mean(axis=(1, 2)) if grid.ndim == 4 else grid
    logits = averaged @ keras.ops.convert_to_numpy(model.layers[-1].kernel)
    moving = _moving(model)
    trained = outputs(model, images, training=True)
    return {
        "training mode changes the outputs": not np.allclose(plain, trained, rtol=1e-3, atol=1e-4),
        "training mode moves the batch norms": not _same(moving, _moving(model)),
        "they are probabilities": bool(np.allclose(plain.sum(axis=1), 1, atol=1e-4)),
        "they are the dense layer of the averaged grid": bool(
            np.allclose(plain, logits, rtol=1e-2, atol=1e-3)
        ),
    }


@probe
def freeze_for_head(call, rng):
    """A new model, one whose base learns in part, and one whose head is frozen too."""
    base, model = _small_classifier(rng)
    _change_and_look(call, "a new model", model)
    call.observe("a new model: in training mode", _do_norms_move, model, rng)
    _learn_all(model)
    for layer in base.layers[:5]:
        layer.trainable = False
    _change_and_look(call, "a model whose base is frozen in part", model)
    _learn_all(model)
    model.trainable = False
    _change_and_look(call, "a model that is all frozen", model)


@probe
def unfreeze_top(call, rng):
    """Some layers and none; from a frozen base, and from one that learned more before."""
    base, model = _small_classifier(rng)
    for count in (4, 0, len(base.layers)):
        _learn_all(model)
        base.trainable = False
        _change_and_look(call, f"a frozen base, its last {count} layers", model, count)
    call.observe("all layers: in training mode", _do_norms_move, model, rng)
    _learn_all(model)
    _change_and_look(call, "a base that learns as a whole, its last 5 layers", model, 5)
    model.trainable = True
    model.trainable = False
    _change_and_look(call, "a model that is all frozen, its last 5 layers", model, 5)


def _change_and_look(call, case, model, *args):
    call(case, model, *args, then=lambda value: value is model)
    call.observe(f"{case}: what learns", _what_learns, model)


def _learn_all(model):
    model.trainable = True
    for layer in [*model.layers, *_base_in(model).layers]:  # each, as Keras skips equal values
        layer.trainable = True


def _small_classifier(rng):
    """Return (base, model): what `build_classifier` returns, in small, with all to be trained."""
    base, model = _build_small_classifier()
    _learn_all(model)
    set_known_weights(model, rng)
    return base, model


@cache
def _build_small_classifier():
    layers = keras.layers
    x = images = keras.Input((8, 8, 3), name="images")
    for number in (1, 2):
        x = layers.Conv2D(4, 3, padding="same", use_bias=False, name=f"conv_{number}")(x)
        x = layers.BatchNormalization(name=f"norm_{number}")(x)
        x = layers.Activation("relu", name=f"relu_{number}")(x)
    side = layers.BatchNormalization(name="norm_3")(layers.Conv2D(3, 1, name="conv_3")(x))
    base = keras.Model(images, layers.Concatenate(name="concat")([x, side]), name="base")
    outside = keras.Input((8, 8, 3))
    grid = layers.GlobalAveragePooling2D()(base(outside))
    return base, keras.Model(outside, layers.Dense(3, name="head")(grid))


def _what_learns(model):
    learning = {id(weight) for weight in model.trainable_weights}
    return {
        "weights that learn": [
            f"{layer.name}/{weight.name}"
            for layer in [*_base_in(model).layers, model.layers[-1]]
            for weight in layer.weights
            if id(weight) in learning
        ]
    }


def _do_norms_move(model, rng):
    moving = _moving(model)
    outputs(model, rng.normal(size=(2, 8, 8, 3)).astype("float32"), training=True)
    return {"batch norms move": not _same(moving, _moving(model))}


def _moving(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if weight.name.startswith("moving_")
    ]


def _same(before, after):
    return all(np.array_equal(a, b) for a, b in zip(before, after))
