"""Checks of week 4: for every exercise its points, the mistakes people make, and sound variants."""

import math
from collections import Counter

import keras
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from .core import catalogue
from .probes import week4 as probes

check = catalogue(4, probes)
layers, ops = keras.layers, keras.ops

# --- Autoencoders
# --- build_pca_autoencoder

build_pca_autoencoder = check("build_pca_autoencoder")


def _linear(img_shape, code_size, encode=None, decode=None, bias=True, flat_images=False):
    """Return a pair of dense layers with changes."""
    size = math.prod(img_shape)
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten()])
    encoder.add(layers.Dense(code_size, activation=encode, use_bias=bias))
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(size, activation=decode, use_bias=bias))
    if not flat_images:
        decoder.add(layers.Reshape(img_shape))
    return encoder, decoder


@build_pca_autoencoder.mistake("There is an activation on the code; with it the code isn't linear.")
def activated_code(img_shape, code_size):
    return _linear(img_shape, code_size, encode="relu")


@build_pca_autoencoder.mistake("There is a squashing activation on the images; leave it out.")
def activated_images(img_shape, code_size):
    return _linear(img_shape, code_size, decode="tanh")


@build_pca_autoencoder.mistake(
    "The decoder gives flat rows: reshape them to images, the counterpart of the encoder's flatten."
)
def flat_rows(img_shape, code_size):
    return _linear(img_shape, code_size, flat_images=True)


@build_pca_autoencoder.mistake(
    "The images aren't flattened: a dense layer then works on each pixel's channels alone, and the "
    "code is a grid instead of one row an image."
)
def code_not_flattened(img_shape, code_size):
    encode = [keras.Input(img_shape), layers.Dense(code_size)]
    decode = [keras.Input((*img_shape[:2], code_size)), layers.Dense(img_shape[-1])]
    return keras.Sequential(encode), keras.Sequential(decode)


@build_pca_autoencoder.mistake(
    "The biases are missing: PCA subtracts a mean before it projects, and adds it afterwards."
)
def without_biases(img_shape, code_size):
    return _linear(img_shape, code_size, bias=False)


@build_pca_autoencoder.mistake("The decoder comes second in the pair, the encoder first.")
def pair_swapped(img_shape, code_size):
    return _linear(img_shape, code_size)[::-1]


@build_pca_autoencoder.alternative
def linear_functional(img_shape, code_size):
    images, codes = keras.Input(img_shape), keras.Input((code_size,))
    flat = layers.Reshape((math.prod(img_shape),))(images)
    back = layers.Dense(int(np.prod(img_shape)), activation="linear")(codes)
    back = ops.reshape(back, (-1, *img_shape))
    return keras.Model(images, layers.Dense(code_size)(flat)), keras.Model(codes, back)


@build_pca_autoencoder.alternative
def linear_as_a_list(img_shape, code_size):
    return list(_linear(img_shape, code_size))


# --- build_deep_autoencoder

build_deep_autoencoder = check("build_deep_autoencoder", points=2)


def _deep(
    img_shape, code_size, filters=(32, 64, 128, 256), activation="elu", code=None, last=None,
    padding="same", back=(128, 64, 32), first="elu",
):  # fmt: skip
    """Return the convolutional pair with changes."""
    encoder = keras.Sequential([keras.Input(img_shape)])
    for number in filters:
        encoder.add(layers.Conv2D(number, 3, padding=padding, activation=activation))
        encoder.add(layers.MaxPooling2D(padding="same"))
    grid = encoder.output_shape[1:]
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size, activation=code))
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(math.prod(grid), activation=first))
    decoder.add(layers.Reshape(grid))
    for number in back:
        decoder.add(layers.Conv2DTranspose(number, 3, 2, "same", activation=activation))
    decoder.add(layers.Conv2DTranspose(img_shape[-1], 3, 2, "same", activation=last))
    return encoder, decoder


@build_deep_autoencoder.mistake("The activation is ELU, which lets negative numbers through.")
def with_relu(img_shape, code_size):
    return _deep(img_shape, code_size, activation="relu", first="relu")


@build_deep_autoencoder.mistake(
    "There is an activation on the code: ELU keeps every number of it above −1. Leave it out."
)
def elu_on_the_code(img_shape, code_size):
    return _deep(img_shape, code_size, code="elu")


@build_deep_autoencoder.mistake(
    "The decoder's last layer has an activation: pixels reach down to −0.5, so leave it out."
)
def activated_at_the_end(img_shape, code_size):
    return _deep(img_shape, code_size, last="elu")


@build_deep_autoencoder.mistake(
    "The decoder's dense layer has no activation; without ELU it is one linear map with the "
    "convolution behind it."
)
def linear_start(img_shape, code_size):
    return _deep(img_shape, code_size, first=None)


@build_deep_autoencoder.mistake("The decoder's filters fall on the way up: 128, 64, 32, then C.")
def decoder_mirrored_upside_down(img_shape, code_size):
    return _deep(img_shape, code_size, back=(32, 64, 128))


@build_deep_autoencoder.mistake(
    "The encoder has three stages: the fourth, of 256 filters, is missing."
)
def three_stages(img_shape, code_size):
    encoder, _ = _deep(img_shape, code_size, filters=(32, 64, 128), back=(64, 32))
    return encoder, _deep(img_shape, code_size)[1]


@build_deep_autoencoder.mistake(
    "The last grid is averaged, which forgets where things are: flatten it."
)
def averaged_grid(img_shape, code_size):
    encoder, decoder = _deep(img_shape, code_size)
    parts = [*encoder.layers[:-2], layers.GlobalAveragePooling2D(), layers.Dense(code_size)]
    return keras.Sequential([keras.Input(img_shape), *parts]), decoder


@build_deep_autoencoder.mistake(
    "The pair is the encoder first, then the decoder; yours is swapped."
)
def deep_pair_swapped(img_shape, code_size):
    return _deep(img_shape, code_size)[::-1]


@build_deep_autoencoder.alternative
def deep_functional(img_shape, code_size):
    x = images = keras.Input(img_shape)
    for power in range(5, 9):
        x = layers.Conv2D(2**power, (3, 3), padding="same")(x)
        x = layers.MaxPool2D((2, 2))(layers.ELU()(x))
    encoder = keras.Model(images, layers.Dense(code_size)(layers.Flatten()(x)))
    codes = keras.Input((code_size,))
    y = layers.Activation("elu")(layers.Dense(math.prod(x.shape[1:]))(codes))
    y = layers.Reshape(x.shape[1:])(y)
    for power in (7, 6, 5):
        y = ops.elu(layers.Conv2DTranspose(2**power, 3, strides=2, padding="same")(y))
    y = layers.Conv2DTranspose(img_shape[2], 3, strides=(2, 2), padding="same")(y)
    return encoder, keras.Model(codes, y)


@build_deep_autoencoder.alternative
def deep_as_lists(img_shape, code_size):
    encode = [keras.Input(img_shape)]
    for number in (32, 64, 128, 256):
        encode += [layers.Conv2D(number, 3, activation=keras.activations.elu, padding="SAME")]
        encode += [layers.MaxPooling2D(2)]
    encode += [layers.Flatten(), layers.Dense(code_size)]
    return keras.Sequential(encode), _deep(img_shape, code_size)[1]


# --- apply_gaussian_noise


def _facts_of_noise(evidence):
    """Replace the noise, which every right answer may draw in its own way, by what must hold."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and not seen["error"]:
            value = _noise_facts(value) if "noise" in value else _chance_facts(value["drawn"])
        result.append({**seen, "value": value})
    return result


def _noise_facts(value):
    noise, sigma = np.asarray(value["noise"], float), value["sigma"]
    if not noise.any():
        return {"dtype": value["dtype"], "no noise at all": True}
    flat = noise.reshape(len(noise), -1)
    near = np.corrcoef(noise[:, :, :-1].ravel(), noise[:, :, 1:].ravel())[0, 1]
    channels = np.corrcoef(noise[..., 0].ravel(), noise[..., 1].ravel())[0, 1]
    return {
        "dtype": value["dtype"],
        "no noise at all": False,
        "its standard deviation is sigma": bool(abs(noise.std() / sigma - 1) < 0.02),
        "it is sigma²": bool(abs(noise.std() / sigma**2 - 1) < 0.02),
        "its mean is 0": bool(abs(noise.mean()) < 0.02 * sigma),
        "its share beyond 2 sigma is that of a normal distribution": bool(
            abs(np.mean(np.abs(noise) > 2 * noise.std()) - 0.0455) < 0.008
        ),
        "each image has its own": not np.allclose(flat[0], flat[1]),
        "each pixel has its own": bool(abs(near) < 0.1),
        "each channel has its own": bool(abs(channels) < 0.1),
    }


def _chance_facts(drawn):
    first, again, other = drawn
    return {
        "the same generator gives the same": bool(np.array_equal(first, again)),
        "another generator gives another": not np.array_equal(first, other),
    }


apply_gaussian_noise = check("apply_gaussian_noise", properties=_facts_of_noise)


@apply_gaussian_noise.mistake(
    "You gave sigma² as the standard deviation; sigma is the standard deviation itself."
)
def sigma_squared(images, sigma, rng):
    return (images + rng.normal(0, sigma**2, images.shape)).astype("float32")


@apply_gaussian_noise.mistake(
    "You drew as if sigma were the variance; the square root is too much."
)
def root_of_sigma(images, sigma, rng):
    return (images + rng.normal(0, math.sqrt(sigma), images.shape)).astype("float32")


@apply_gaussian_noise.mistake(
    "You cut off what leaves the range −0.5 to 0.5; then the noise on black and white is one-sided."
)
def clipped_noise(images, sigma, rng):
    noisy = images + sigma * rng.standard_normal(images.shape, dtype="float32")
    return np.clip(noisy, -0.5, 0.5)


@apply_gaussian_noise.mistake("The noise is uniform, and on one side; it is normal around 0.")
def uniform_noise(images, sigma, rng):
    return (images + sigma * rng.random(images.shape)).astype("float32")


@apply_gaussian_noise.mistake("All images get the same noise; draw as many numbers as there are.")
def same_noise_for_all(images, sigma, rng):
    return (images + rng.normal(0, sigma, images.shape[1:])).astype("float32")


@apply_gaussian_noise.mistake(
    "The three channels of a pixel get the same noise: draw each its own."
)
def grey_noise(images, sigma, rng):
    return (images + rng.normal(0, sigma, (*images.shape[:3], 1))).astype("float32")


@apply_gaussian_noise.mistake(
    "The noise doesn't come from `rng`, so nobody can draw the same noise again."
)
def noise_from_elsewhere(images, sigma, rng):
    return (images + np.random.default_rng().normal(0, sigma, images.shape)).astype("float32")


@apply_gaussian_noise.mistake(
    "The result is float64, twice as large as needed: networks compute with float32."
)
def float64_noise(images, sigma, rng):
    return images + rng.normal(0, sigma, images.shape)


@apply_gaussian_noise.alternative
def noise_by_normal(images, sigma, rng):
    return np.add(images, rng.normal(scale=sigma, size=images.shape)).astype(np.float32)


@apply_gaussian_noise.alternative
def noise_one_at_a_time(images, sigma, rng):
    noisy = [image + sigma * rng.standard_normal(image.shape) for image in images]
    return np.stack(noisy).astype(images.dtype)


# --- find_similar

find_similar = check("find_similar")


@find_similar.witness("scikit-learn's NearestNeighbors")
def by_scikit_learn(codes, query_code, k):
    if len(np.unique(codes, axis=0)) < len(codes):  # it orders equal ones as it likes
        return np.argsort(np.linalg.norm(codes - query_code, axis=1), kind="stable")[:k]
    found = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(codes)
    return found.kneighbors(query_code[None], return_distance=False)[0]


@find_similar.mistake("You return the farthest codes; sort the distances upwards.")
def farthest(codes, query_code, k):
    return np.argsort(-np.square(codes - query_code).sum(axis=1), kind="stable")[:k]


@find_similar.mistake(
    "You left out the nearest: no code is excluded here, not even one that equals the query."
)
def skips_the_first(codes, query_code, k):
    return np.argsort(np.square(codes - query_code).sum(axis=1), kind="stable")[1 : k + 1]


@find_similar.mistake(
    "You compare by the dot product, which prefers long codes; the distance is asked for."
)
def by_dot_product(codes, query_code, k):
    return np.argsort(-codes @ query_code, kind="stable")[:k]


@find_similar.mistake("You compare directions, by the cosine; the Euclidean distance is asked for.")
def by_cosine(codes, query_code, k):
    lengths = np.linalg.norm(codes, axis=1)
    return np.argsort(-(codes @ query_code) / lengths, kind="stable")[:k]


@find_similar.mistake("You return the distances; the row numbers are asked for.")
def returns_distances(codes, query_code, k):
    return np.sort(np.linalg.norm(codes - query_code, axis=1))[:k]


@find_similar.mistake("You return the codes themselves; their row numbers are asked for.")
def returns_codes(codes, query_code, k):
    return codes[np.argsort(np.square(codes - query_code).sum(axis=1), kind="stable")[:k]]


@find_similar.mistake("The k rows are the right ones, but the nearest must come first.")
def unordered(codes, query_code, k):
    distances = np.square(codes - query_code).sum(axis=1)
    return np.sort(np.argsort(distances, kind="stable")[:k])


@find_similar.mistake(
    "You sum the differences with their signs, which cancel; square them before the sum."
)
def signs_cancel(codes, query_code, k):
    return np.argsort(np.abs((codes - query_code).sum(axis=1)), kind="stable")[:k]


@find_similar.alternative
def by_norm(codes, query_code, k):
    distances = np.linalg.norm(codes - query_code[None, :], axis=-1)
    return np.argsort(distances, kind="stable")[:k]


@find_similar.alternative
def by_sorting_pairs(codes, query_code, k):
    pairs = sorted((float(np.sum((c - query_code) ** 2)), row) for row, c in enumerate(codes))
    return np.array([row for _, row in pairs[:k]])


# --- morph

morph = check("morph", rtol=1e-4, atol=1e-5)


def _codes_of(encoder, *images):
    return encoder.predict(np.stack(images), verbose=0)


@morph.mistake(
    "You mix the pixels, and see both faces through each other; mix the codes, then decode."
)
def mixed_pixels(encoder, decoder, image_a, image_b, steps):
    return np.linspace(image_a, image_b, steps)


@morph.mistake("You mix pixels first and then encode; the straight line lies in code space.")
def mixed_before_encoding(encoder, decoder, image_a, image_b, steps):
    mixed = np.linspace(image_a, image_b, steps).astype("float32")
    return decoder.predict(encoder.predict(mixed, verbose=0), verbose=0)


@morph.mistake("The way goes from image b to image a; start at a.")
def backwards(encoder, decoder, image_a, image_b, steps):
    code_a, code_b = _codes_of(encoder, image_a, image_b)
    return decoder.predict(np.linspace(code_b, code_a, steps), verbose=0)


@morph.mistake("The end is missing: the last picture is image b's own code, decoded.")
def without_the_end(encoder, decoder, image_a, image_b, steps):
    code_a, code_b = _codes_of(encoder, image_a, image_b)
    shares = np.arange(steps)[:, None] / steps
    return decoder.predict(code_a + shares * (code_b - code_a), verbose=0)


@morph.mistake("You return the codes on the way; decode them.")
def not_decoded(encoder, decoder, image_a, image_b, steps):
    return np.linspace(*_codes_of(encoder, image_a, image_b), steps)


@morph.mistake("There are `steps` pictures in all, with both ends; you put `steps` between them.")
def too_many_steps(encoder, decoder, image_a, image_b, steps):
    return decoder.predict(np.linspace(*_codes_of(encoder, image_a, image_b), steps + 2), verbose=0)


@morph.mistake(
    "The first and last picture are the originals; show what the decoder makes of their codes."
)
def ends_are_originals(encoder, decoder, image_a, image_b, steps):
    pictures = decoder.predict(np.linspace(*_codes_of(encoder, image_a, image_b), steps), verbose=0)
    pictures[0], pictures[-1] = image_a, image_b
    return pictures


@morph.alternative
def morph_by_shares(encoder, decoder, image_a, image_b, steps):
    code_a, code_b = encoder(image_a[None]), encoder(image_b[None])
    shares = np.linspace(0, 1, steps, dtype="float32")[:, None]
    return ops.convert_to_numpy(decoder((1 - shares) * code_a + shares * code_b))


@morph.alternative
def morph_one_at_a_time(encoder, decoder, image_a, image_b, steps):
    a, b = _codes_of(encoder, image_a, image_b)
    codes = [a + (b - a) * step / (steps - 1) for step in range(steps)]
    return np.concatenate([decoder.predict(code[None], verbose=0) for code in codes])


# --- attribute_vector

attribute_vector = check("attribute_vector", rtol=1e-4, atol=1e-6)


@attribute_vector.mistake(
    "The vector points the wrong way: the mean of those that have it comes first."
)
def without_minus_with(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[~has_it].mean(axis=0) - codes[has_it].mean(axis=0)


@attribute_vector.mistake(
    "Subtract the mean of those without it, not that of all faces: else the step is too short."
)
def minus_the_mean_of_all(codes, has_attribute):
    return codes[np.asarray(has_attribute, dtype=bool)].mean(axis=0) - codes.mean(axis=0)


@attribute_vector.mistake("Nothing is subtracted: this is the mean face that has the attribute.")
def mean_with_it(codes, has_attribute):
    return codes[np.asarray(has_attribute, dtype=bool)].mean(axis=0)


@attribute_vector.mistake(
    "Integers 0 and 1 as an index pick rows 0 and 1; make them bool, and they pick who has it."
)
def integers_as_index(codes, has_attribute):
    return codes[has_attribute].mean(axis=0) - codes[1 - np.asarray(has_attribute, int)].mean(
        axis=0
    )


@attribute_vector.mistake("You took sums; with more faces on one side the step grows: take means.")
def difference_of_sums(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[has_it].sum(axis=0) - codes[~has_it].sum(axis=0)


@attribute_vector.mistake("You averaged over the numbers of a code too; average over faces only.")
def one_number(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[has_it].mean() - codes[~has_it].mean()


@attribute_vector.mistake(
    "You made the step of length 1; its own length is how far apart they are."
)
def of_length_one(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    step = codes[has_it].mean(axis=0) - codes[~has_it].mean(axis=0)
    return step / np.linalg.norm(step)


@attribute_vector.alternative
def by_weights(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=codes.dtype)
    return has_it @ codes / has_it.sum() - (1 - has_it) @ codes / (1 - has_it).sum()


@attribute_vector.alternative
def by_average(codes, has_attribute):
    means = [np.average(codes, axis=0, weights=np.asarray(has_attribute) == v) for v in (1, 0)]
    return means[0] - means[1]


# --- few_label_accuracy


REPEATS = "the same generator gives the same"


def _facts_of_accuracy(evidence):
    """Replace accuracies, which depend on the rows drawn, by what must hold for every draw."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "mean" in value:
            value = {
                "it is that of guessing": bool(0.38 < value["mean"] < 0.62),
                "it is what learning by heart gives on known and unknown rows together": bool(
                    0.68 < value["mean"] < 0.82
                ),
                "it is that of the known rows": bool(value["mean"] > 0.95),
            }
        elif isinstance(value, dict):
            first, again = value["drawn"]  # by chance one may repeat, but hardly five
            value = {
                REPEATS: first == again,
                "other generators give others": len(set(first)) > 1,
            }
        elif isinstance(value, float) and not isinstance(value, bool):
            value = _rounded(value)
        result.append({**seen, "value": value})
    if any(_is_by_chance(seen["value"]) for seen in result):  # then so is all else
        return [seen for seen in result if _is_by_chance(seen["value"])]
    return result


def _is_by_chance(value):
    return isinstance(value, dict) and value.get(REPEATS) is False


def _rounded(accuracy):
    if accuracy > 1.000001:
        return {"a share of 1": False}
    return {"a share of 1": True, "right nearly always": accuracy > 0.9, "wrong": accuracy < 0.1}


few_label_accuracy = check("few_label_accuracy", points=2, properties=_facts_of_accuracy)


def _few(
    features, labels, num_labeled, rng, scale="all", score="others", balanced=True, count=None,
    swap=False, percent=False,
):  # fmt: skip
    """Return the accuracy from a few labels, with changes."""
    rows, labels = features.reshape(len(features), -1), np.asarray(labels)
    n = num_labeled if count is None else count(num_labeled)
    if balanced:
        classes = [np.flatnonzero(labels == label) for label in (0, 1)]
        known = np.concatenate([rng.permutation(some)[: n // 2] for some in classes])
    else:
        known = rng.permutation(len(rows))[:n]
    others = np.setdiff1d(np.arange(len(rows)), known)
    if scale == "all":
        spread = rows.std(axis=0)
        rows = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)
    elif scale == "plain":
        rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    if swap:
        known, others = others, known
    tested = {"others": others, "all": np.arange(len(rows)), "known": known}[score]
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    accuracy = float(classifier.score(rows[tested], labels[tested]))
    return 100 * accuracy if percent else accuracy


@few_label_accuracy.mistake(
    "You score on all rows, also those that the classifier saw: score on the others only."
)
def scored_on_all(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, score="all")


@few_label_accuracy.mistake(
    "You score on the labelled rows, which the classifier knows by heart: score on the others."
)
def scored_on_known(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, score="known")


@few_label_accuracy.mistake(
    "The columns aren't brought to the same scale, so one with large numbers drowns the others."
)
def not_scaled(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, scale=None)


@few_label_accuracy.mistake(
    "A column that is constant has the standard deviation 0: divide it by something else."
)
def divided_by_zero(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, scale="plain")


@few_label_accuracy.mistake(
    "The features aren't flattened: scikit-learn takes one row a sample, so flatten each image."
)
def features_not_flattened(features, labels, num_labeled, rng):
    rows = (features - features.mean(axis=0)) / np.maximum(features.std(axis=0), 1e-9)
    classes = [np.flatnonzero(labels == label) for label in (0, 1)]
    known = np.concatenate([rng.permutation(some)[: num_labeled // 2] for some in classes])
    others = np.setdiff1d(np.arange(len(rows)), known)
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return float(classifier.score(rows[others], labels[others]))


@few_label_accuracy.mistake("You always take the first rows of each class; draw them by `rng`.")
def always_the_first(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, _NoChance())


class _NoChance:
    def permutation(self, items):
        return items


@few_label_accuracy.mistake(
    "The rows aren't drawn by `rng`, so nobody can draw the same ones again."
)
def rows_from_elsewhere(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, np.random.default_rng())


@few_label_accuracy.mistake("You return a percentage; a share from 0 to 1 is asked for.")
def in_percent(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, percent=True)


@few_label_accuracy.alternative
def few_by_pipeline(features, labels, num_labeled, rng):
    rows = np.reshape(features, (len(features), -1))
    known = np.zeros(len(rows), bool)
    for label in (0, 1):
        known[rng.choice(np.flatnonzero(labels == label), num_labeled // 2, replace=False)] = True
    rows = StandardScaler().fit_transform(rows)
    model = make_pipeline(LogisticRegression(max_iter=1000)).fit(rows[known], labels[known])
    return float(np.mean(model.predict(rows[~known]) == labels[~known]))


@few_label_accuracy.alternative
def few_by_shuffling(features, labels, num_labeled, rng):
    order = rng.permutation(len(features))
    order = order[np.argsort(labels[order], kind="stable")]
    half, ones = num_labeled // 2, int(np.sum(np.asarray(labels) == 0))
    known = np.r_[order[:half], order[ones : ones + half]]
    others = np.r_[order[half:ones], order[ones + half :]]
    rows = features.reshape(len(features), -1)
    rows = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-12)
    model = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return float(model.score(rows[others], labels[others]))


# --- GAN
# --- build_generator


def _facts_of_generator(evidence):
    return _facts(evidence, {"parameters": _size_facts, "range": _generated_facts})


def _facts(evidence, tables):
    """Replace what a network does by what must hold for every right one."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and not seen["error"]:
            value = next(table(value) for key, table in tables.items() if key in value)
        result.append({**seen, "value": value})
    return result


def _size_facts(value):
    return {
        f"at most {probes.BUDGET:,} parameters": value["parameters"] <= probes.BUDGET,
        "input": value["input"],
        "output": value["output"],
    }


def _generated_facts(value):
    spread = np.asarray(value["spread of a pixel"])
    return {
        "pixels lie within −0.5 and 0.5": _within(value["range for extreme noise"], 0.501),
        "pixels lie within −1 and 1": _within(value["range for extreme noise"], 1.001),
        "pixels reach below 0": bool(value["range for extreme noise"][0] < -0.25),
        "the same noise gives the same image": value["again"] < 1e-6,
        "all pixels answer to the noise": bool((spread > 0).all()),
    }


def _within(ends, limit):
    return bool(-limit <= ends[0] <= ends[1] <= limit)


build_generator = check("build_generator", points=2, properties=_facts_of_generator)


def _generator(
    noise_size, img_shape, width=32, last="tanh", scale=0.5, shift=0.0, ups=2, dense_norm=True,
    hidden="relu",
):  # fmt: skip
    """Return a small generator with changes."""
    height, breadth, channels = img_shape
    grid = (height // 2**ups, breadth // 2**ups, width)
    model = keras.Sequential([keras.Input((noise_size,)), layers.Dense(math.prod(grid))])
    model.add(layers.Reshape(grid))
    if dense_norm:
        model.add(layers.BatchNormalization(momentum=0.9))
    model.add(layers.Activation(hidden))
    for _ in range(ups):
        model.add(layers.Conv2DTranspose(width, 4, 2, "same", activation="relu"))
    model.add(layers.Conv2D(channels, 3, padding="same", activation=last))
    if (scale, shift) != (1, 0):
        model.add(layers.Rescaling(scale, shift))
    return model


@build_generator.mistake(
    "The pixels reach from −1 to 1: after a tanh, halve them, as real images end at ±0.5."
)
def generated_too_wide(noise_size, img_shape):
    return _generator(noise_size, img_shape, scale=1)


@build_generator.mistake(
    "The pixels reach from 0 to 1, a sigmoid's range; real images lie between −0.5 and 0.5."
)
def generated_from_zero(noise_size, img_shape):
    return _generator(noise_size, img_shape, last="sigmoid", scale=1)


@build_generator.mistake(
    "Nothing bounds the pixels: end in a function of a limited range, as tanh, and scale it."
)
def generated_unbounded(noise_size, img_shape):
    return _generator(noise_size, img_shape, last=None, scale=1)


@build_generator.mistake(
    "It has too many parameters: start from a smaller grid, or fewer channels."
)
def generator_too_large(noise_size, img_shape):
    return _generator(noise_size, img_shape, width=600)


@build_generator.mistake(
    "It makes images of a fixed size; take height, width and channels from img_shape."
)
def generator_of_fixed_size(noise_size, img_shape):
    return _generator(noise_size, (32, 32, 3))


@build_generator.mistake(
    "Random numbers are added inside, so that the same noise gives another image each time."
)
def generator_with_dice(noise_size, img_shape):
    inner = _generator(noise_size, img_shape)
    noise = keras.Input((noise_size,))
    seeds = keras.random.SeedGenerator(1)
    dice = layers.Lambda(lambda x: x + keras.random.normal(ops.shape(x), seed=seeds))
    return keras.Model(noise, inner(dice(noise)))


@build_generator.alternative
def plain_generator(noise_size, img_shape):
    return _generator(noise_size, img_shape, dense_norm=False, hidden="elu")


@build_generator.alternative
def generator_by_upsampling(noise_size, img_shape):
    height, width, channels = img_shape
    noise = keras.Input((noise_size,))
    x = layers.Reshape((height // 4, width // 4, 24))(
        layers.Dense(height * width * 24 // 16)(noise)
    )
    for filters in (32, 24):
        x = layers.UpSampling2D()(layers.LeakyReLU()(x))
        x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.Conv2D(channels, 5, padding="same", activation="sigmoid")(layers.LeakyReLU()(x))
    return keras.Model(noise, x - 0.5)


# --- build_discriminator


def _facts_of_discriminator(evidence):
    return _facts(evidence, {"parameters": _size_facts, "answers": _judged_facts})


def _judged_facts(value):
    answers, strong = np.asarray(value["answers"]), np.asarray(value["strong answers"])
    if answers.shape != (3, 1):
        return {"one logit an image": False}
    with_these, with_others = value["in training, with these and with other images beside it"]
    changes = np.abs(np.asarray(value["corners changed"]) - answers[:1]).ravel()
    probable = bool(
        ((strong >= 0) & (strong <= 1)).all() and ((answers >= 0) & (answers <= 1)).all()
    )
    alone = np.allclose(with_these, with_others, rtol=1e-3, atol=1e-4)
    alone = not value["batch norm"] if value["dropout"] else alone
    return {
        "one logit an image": True,
        "the answers are probabilities": probable,
        "other images of the batch change the answer": not alone,
        "every corner of the image counts": bool((changes > 0).all()),
    }


build_discriminator = check("build_discriminator", points=2, properties=_facts_of_discriminator)


def _discriminator(img_shape, end=None, norm=False, pool="flatten", width=16, stages=2, outputs=1):
    """Return a small discriminator with changes."""
    model = keras.Sequential([keras.Input(img_shape)])
    for stage in range(stages):
        model.add(layers.Conv2D(width * 2**stage, 4, 2, padding="same"))
        if norm:
            model.add(layers.BatchNormalization())
        model.add(layers.LeakyReLU(negative_slope=0.2))
    if pool == "one place":
        model.add(layers.Lambda(lambda x: x[:, 1, 1]))
    else:
        model.add(layers.Flatten() if pool == "flatten" else layers.GlobalAveragePooling2D())
    model.add(layers.Dense(outputs, activation=end))
    return model


@build_discriminator.mistake("It ends in a sigmoid; return the logit, the number before it.")
def judged_by_sigmoid(img_shape):
    return _discriminator(img_shape, end="sigmoid")


@build_discriminator.mistake(
    "Batch norm mixes the images of a batch: the answer to one depends on those beside it."
)
def judged_with_batch_norm(img_shape):
    return _discriminator(img_shape, norm=True)


@build_discriminator.mistake(
    "It decides by one place of the last grid, which sees only a part of the image."
)
def judged_by_one_place(img_shape):
    return _discriminator(img_shape, pool="one place")


@build_discriminator.mistake("It gives two numbers an image; one logit says real or fake.")
def two_logits(img_shape):
    return _discriminator(img_shape, outputs=2)


@build_discriminator.mistake(
    "It has no flatten or pooling before the last layer, and gives a logit for every place."
)
def logits_for_places(img_shape):
    model = keras.Sequential([keras.Input(img_shape), layers.Conv2D(16, 4, 2, padding="same")])
    model.add(layers.LeakyReLU())
    model.add(layers.Dense(1))
    return model


@build_discriminator.mistake("It has too many parameters: halve the size of the grid more often.")
def discriminator_too_large(img_shape):
    return _discriminator(img_shape, width=400)


@build_discriminator.alternative
def discriminator_with_spectral_norm(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (16, 32):
        model.add(layers.SpectralNormalization(layers.Conv2D(filters, 4, 2, padding="same")))
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model


@build_discriminator.alternative
def pooled_discriminator(img_shape):
    return _discriminator(img_shape, pool="average", stages=3)


@build_discriminator.alternative
def discriminator_with_dropout(img_shape):
    x = images = keras.Input(img_shape)
    for filters in (24, 48):
        x = layers.GroupNormalization(8)(layers.Conv2D(filters, 3, strides=2, padding="same")(x))
        x = layers.SpatialDropout2D(0.2)(layers.LeakyReLU()(x))
    return keras.Model(images, layers.Dense(1)(layers.Flatten()(x)))


# --- discriminator_loss

discriminator_loss = check("discriminator_loss", rtol=1e-4, atol=1e-5)

LOG_OF_ZERO = (
    "You take a logarithm of a probability that has become 0 for a logit of ±1000: compute from "
    "the logits, as `ops.softplus` does."
)


@discriminator_loss.mistake("The labels are swapped: real ones should get high logits.")
def labels_swapped(real_logits, fake_logits):
    return ops.mean(ops.softplus(real_logits)) + ops.mean(ops.softplus(-fake_logits))


@discriminator_loss.mistake("The half of the fake images is missing.")
def real_half_only(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits))


@discriminator_loss.mistake("The half of the real images is missing.")
def fake_half_only(real_logits, fake_logits):
    return ops.mean(ops.softplus(fake_logits))


@discriminator_loss.mistake(LOG_OF_ZERO)
def logarithms_of_probabilities(real_logits, fake_logits):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real)) - ops.mean(ops.log(1 - fake))


@discriminator_loss.mistake(
    "A small number inside the logarithm hides the infinity: the loss of a sure mistake is cut off."
)
def with_epsilon(real_logits, fake_logits):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real + 1e-7)) - ops.mean(ops.log(1 - fake + 1e-7))


@discriminator_loss.mistake("You summed over the batch; both halves are means.")
def summed_losses(real_logits, fake_logits):
    return ops.sum(ops.softplus(-real_logits)) + ops.sum(ops.softplus(fake_logits))


@discriminator_loss.mistake("You halved the sum of both means; the loss is the sum.")
def halved(real_logits, fake_logits):
    return (ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))) / 2


@discriminator_loss.mistake("The sign is wrong: this falls as the discriminator gets worse.")
def maximised(real_logits, fake_logits):
    return -ops.mean(ops.softplus(-real_logits)) - ops.mean(ops.softplus(fake_logits))


@discriminator_loss.alternative
def by_log_sigmoid(real_logits, fake_logits):
    sigma = ops.log_sigmoid
    return -ops.mean(sigma(real_logits)) - ops.mean(sigma(-fake_logits))


@discriminator_loss.alternative
def by_cross_entropy(real_logits, fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    real = entropy(ops.ones_like(real_logits), real_logits)
    return real + entropy(ops.zeros_like(fake_logits), fake_logits)


# --- generator_loss

generator_loss = check("generator_loss", rtol=1e-4, atol=1e-5)


@generator_loss.mistake(
    "This is the saturating loss, log(1 − σ(logit)): its gradient vanishes just where the "
    "discriminator is sure. Minimise −log σ(logit)."
)
def saturating(fake_logits):
    return -ops.mean(ops.softplus(fake_logits))


@generator_loss.mistake(
    "This is the discriminator's half: the generator wants its images to be called real."
)
def discriminators_half(fake_logits):
    return ops.mean(ops.softplus(fake_logits))


@generator_loss.mistake(LOG_OF_ZERO)
def logarithm_of_probability(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits)))


@generator_loss.mistake(
    "A small number inside the logarithm hides the infinity, and the gradient is lost with it."
)
def generator_with_epsilon(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits) + 1e-7))


@generator_loss.mistake("You summed over the batch; the loss is a mean.")
def summed_loss(fake_logits):
    return ops.sum(ops.softplus(-fake_logits))


@generator_loss.mistake("This is minus the mean logit, which nothing bounds; −log σ is asked for.")
def mean_logit(fake_logits):
    return -ops.mean(fake_logits)


@generator_loss.alternative
def generator_by_log_sigmoid(fake_logits):
    return ops.mean(-ops.log_sigmoid(fake_logits))


@generator_loss.alternative
def generator_by_cross_entropy(fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return entropy(ops.ones_like(fake_logits), fake_logits)


# --- gan_compute_loss

gan_compute_loss = check("gan_compute_loss", points=3, rtol=1e-3, atol=1e-5)


def _d_loss(real, fake):
    return ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(fake))


def _g_loss(fake):
    return ops.mean(ops.softplus(-fake))


def _constant(discriminator, images, training=True, stop=True):
    """Return what a discriminator says, whose weights are constants."""
    weights = [weight.value for weight in discriminator.trainable_variables]
    if stop:
        weights = [ops.stop_gradient(weight) for weight in weights]
    states = discriminator.non_trainable_variables
    return discriminator.stateless_call(weights, states, images, training=training)[0]


@gan_compute_loss.mistake(
    "The generator's loss moves the discriminator too, towards calling fake images real: there its "
    "weights must be constants."
)
def both_move_the_discriminator(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(real, fake) + _g_loss(discriminator(fake_images, training=True))


@gan_compute_loss.mistake(
    "The discriminator's loss moves the generator too, the wrong way: there the fake images must "
    "be constants."
)
def both_move_the_generator(discriminator, real_images, fake_images):
    fake = discriminator(fake_images, training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(real, fake) + _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake(
    "Each loss moves both networks: stop the fake images in the discriminator's loss and the "
    "weights in the generator's."
)
def nothing_is_stopped(discriminator, real_images, fake_images):
    fake = discriminator(fake_images, training=True)
    return _d_loss(discriminator(real_images, training=True), fake) + _g_loss(fake)


@gan_compute_loss.mistake(
    "The generator never moves: in its own loss the fake images must not be constants."
)
def generator_is_cut_off(discriminator, real_images, fake_images):
    fake_images = ops.stop_gradient(fake_images)
    fake = discriminator(fake_images, training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(real, fake) + _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake(
    "`trainable = False` freezes the discriminator in both losses, so it never moves; use its "
    "weights as constants in the generator's loss only."
)
def frozen_for_good(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    loss = _d_loss(discriminator(real_images, training=True), fake)
    discriminator.trainable = False
    return loss + _g_loss(discriminator(fake_images, training=True))


@gan_compute_loss.mistake("The generator's loss is missing from the sum.")
def discriminators_loss_only(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    return _d_loss(discriminator(real_images, training=True), fake)


@gan_compute_loss.mistake("The discriminator's loss is missing from the sum.")
def generators_loss_only(discriminator, real_images, fake_images):
    return _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake("Real and fake images are swapped in the discriminator's loss.")
def real_and_fake_swapped(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(fake, real) + _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake(
    "The generator's loss is the saturating one, whose gradient vanishes where the discriminator "
    "is sure."
)
def saturating_step(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    judged = _constant(discriminator, fake_images)
    return _d_loss(real, fake) - ops.mean(ops.softplus(judged))


@gan_compute_loss.mistake("Call the discriminator with `training=True`: this is a training step.")
def in_inference_mode(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images))
    real = discriminator(real_images)
    return _d_loss(real, fake) + _g_loss(_constant(discriminator, fake_images, training=False))


@gan_compute_loss.alternative
def by_cancelling(discriminator, real_images, fake_images):
    """The same logits with constant images take the gradient of the weights away again."""
    real = discriminator(real_images, training=True)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    judged = discriminator(fake_images, training=True)
    for_generator = _g_loss(judged) - _g_loss(fake) + ops.stop_gradient(_g_loss(fake))
    return for_generator + _d_loss(real, fake)


@gan_compute_loss.alternative
def generator_first(discriminator, real_images, fake_images):
    trainable = [ops.stop_gradient(w.value) for w in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(trainable, others, fake_images, training=True)
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    loss = entropy(ops.ones_like(judged), judged)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    loss = loss + entropy(ops.ones_like(real), real)
    return loss + entropy(ops.zeros_like(fake), fake)


# --- Word embeddings
# --- build_vocabulary

build_vocabulary = check("build_vocabulary")


def _counted(words, found):
    """Return words and their counts, as the exercise asks for."""
    return words, np.array([found[word] for word in words], dtype="int64")


def _by_count(tokens):
    """Return [(word, count), …], the most frequent first, ties by the alphabet."""
    return sorted(Counter(tokens).items(), key=lambda item: (-item[1], item[0]))


@build_vocabulary.mistake(
    "A word that occurs exactly min_count times is missing: leave out only rarer ones."
)
def more_than_min_count(tokens, min_count):
    found = Counter(tokens)
    return _counted([word for word, count in _by_count(tokens) if count > min_count], found)


@build_vocabulary.mistake("Rare words are still there: leave out what is rarer than min_count.")
def rare_words_stay(tokens, min_count):
    return _counted([word for word, _ in _by_count(tokens)], Counter(tokens))


@build_vocabulary.mistake(
    "min_count is how often a word must occur; you took it for the size of the vocabulary."
)
def min_count_words(tokens, min_count):
    return _counted([word for word, _ in _by_count(tokens)[:min_count]], Counter(tokens))


@build_vocabulary.mistake(
    "Words that are equally frequent stand in the order in which they first occur; put them in "
    "that of the alphabet."
)
def ties_as_they_come(tokens, min_count):
    found = Counter(tokens)
    return _counted([word for word, n in found.most_common() if n >= min_count], found)


@build_vocabulary.mistake(
    "Words that are equally frequent stand in the alphabet's order from behind: only the counts "
    "go downwards."
)
def ties_reversed(tokens, min_count):
    found = Counter(tokens)
    words = sorted(found, key=lambda word: (found[word], word), reverse=True)
    return _counted([word for word in words if found[word] >= min_count], found)


@build_vocabulary.mistake("The rarest word comes first; begin with the most frequent one.")
def rarest_first(tokens, min_count):
    found = Counter(tokens)
    words = sorted(found, key=lambda word: (found[word], word))
    return _counted([word for word in words if found[word] >= min_count], found)


@build_vocabulary.mistake("Your words are in the alphabet's order: sort by how frequent they are.")
def by_alphabet(tokens, min_count):
    found = Counter(tokens)
    return _counted(sorted(word for word in found if found[word] >= min_count), found)


@build_vocabulary.mistake("The counts stand in another order than the words they belong to.")
def counts_unsorted(tokens, min_count):
    words = [word for word, count in _by_count(tokens) if count >= min_count]
    counts = [count for count in Counter(tokens).values() if count >= min_count]
    return words, np.array(counts, dtype="int64")


@build_vocabulary.mistake("You returned shares of the text; what is wanted are counts.")
def shares(tokens, min_count):
    found = [(word, count) for word, count in _by_count(tokens) if count >= min_count]
    counts = np.array([count for _, count in found])
    return [word for word, _ in found], counts / max(1, counts.sum())


@build_vocabulary.alternative
def with_numpy(tokens, min_count):
    words, counts = np.unique(np.array(tokens, dtype=str), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] >= min_count]
    return words[order].tolist(), counts[order]


@build_vocabulary.alternative
def sorted_twice(tokens, min_count):
    found = {}
    for token in tokens:
        found[token] = found.get(token, 0) + 1
    words = sorted(sorted(found), key=found.get, reverse=True)  # the second sort keeps ties
    return _counted([word for word in words if found[word] >= min_count], found)


# --- skipgram_pairs


def _facts_of_kept(evidence):
    """Replace what was drawn by what must hold for every right subsampling."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and isinstance(value.get("kept"), np.ndarray):
            seen = {**seen, "value": _kept_facts(value)}
        elif isinstance(value, dict) and "share of the word that is kept" in value:
            share = value["share of the word that is kept"]
            fact = "about half of the word's places are kept"
            seen = {**seen, "value": {fact: bool(abs(share - 0.5) < 0.13)}}
        result.append(seen)
    return result


def _kept_facts(value):
    low, high = np.sum(value["kept"] >= 750) / 750, np.sum(value["kept"] < 750) / 750
    return {
        "about 0.8 of the first ids and 0.3 of the others are kept": bool(
            abs(high - 0.8) < 0.075 and abs(low - 0.3) < 0.085
        ),
        "about 0.2 of the first ids and 0.7 of the others are kept": bool(
            abs(high - 0.2) < 0.075 and abs(low - 0.7) < 0.085
        ),
        "all are kept": bool(high == low == 1),
        "the pairs are those of the kept words": value["the pairs are those of the kept words"],
    }


skipgram_pairs = check("skipgram_pairs", points=2, properties=_facts_of_kept)


def _subsample(token_ids, keep_probability, rng):
    return token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]


def _windows(kept, window, is_pair=lambda i, j: i != j):
    """Return the pairs of places up to `window` apart for which `is_pair` holds, as two arrays."""
    i, j = np.indices((len(kept),) * 2).reshape(2, -1) if len(kept) < 50 else _near(kept, window)
    good = (np.abs(i - j) <= window) & is_pair(i, j)
    return kept[i[good]], kept[j[good]]


def _near(kept, window):
    i = np.repeat(np.arange(len(kept)), 2 * window + 1)
    j = i + np.tile(np.arange(-window, window + 1), len(kept))
    inside = (j >= 0) & (j < len(kept))
    return i[inside], j[inside]


@skipgram_pairs.mistake("Each word is also paired with itself: leave out the centre's own place.")
def with_itself(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: i == i)


@skipgram_pairs.mistake("The window reaches only to the right: take the words to the left too.")
def only_to_the_right(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: j > i)


@skipgram_pairs.mistake("The window reaches only to the left: take the words to the right too.")
def only_to_the_left(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: j < i)


@skipgram_pairs.mistake(
    "The word farthest away is missing: `range` stops before its end, and `window` words count."
)
def window_too_short(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: (i != j) & (np.abs(i - j) < window))


@skipgram_pairs.mistake(
    "Your windows reach one word too far to the right: a slice already stops before its end."
)
def window_too_long(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows_one_more(kept, window)


def _windows_one_more(kept, window):
    return _windows(kept, window + 1, lambda i, j: (i != j) & (j - i >= -window))


@skipgram_pairs.mistake(
    "Pairs of two equal words are missing: compare places, not words, for a word may stand near "
    "itself."
)
def equal_words_left_out(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: kept[i] != kept[j])


@skipgram_pairs.mistake(
    "The end of the text is paired with its start: `np.roll`, or an index below 0, goes round."
)
def round_the_end(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    others = [np.roll(kept, step) for step in range(-window, window + 1) if step]
    return np.tile(kept, 2 * window), np.concatenate(others)


@skipgram_pairs.mistake("Nothing is dropped: use keep_probability before you build the windows.")
def nothing_dropped(token_ids, window, keep_probability, rng):
    return _windows(token_ids, window)


@skipgram_pairs.mistake(
    "You built the windows before you dropped words: drop first, so that windows reach further."
)
def dropped_after_windows(token_ids, window, keep_probability, rng):
    stays = rng.random(len(token_ids)) < keep_probability[token_ids]
    places = np.arange(len(token_ids))
    i, j = _windows(places, window)
    both = stays[i] & stays[j]
    return token_ids[i[both]], token_ids[j[both]]


@skipgram_pairs.mistake(
    "You dropped words as centres only; a dropped word is gone from the windows of the others too."
)
def dropped_as_centers(token_ids, window, keep_probability, rng):
    stays = rng.random(len(token_ids)) < keep_probability[token_ids]
    i, j = _windows(np.arange(len(token_ids)), window)
    return token_ids[i[stays[i]]], token_ids[j[stays[i]]]


@skipgram_pairs.mistake("You dropped what should be kept: keep_probability is that of staying.")
def kept_for_dropped(token_ids, window, keep_probability, rng):
    dropped = rng.random(len(token_ids)) < keep_probability[token_ids]
    return _windows(token_ids[~dropped], window)


@skipgram_pairs.mistake(
    "One draw decides for all places of a word: each token needs a draw of its own."
)
def one_draw_for_a_word(token_ids, window, keep_probability, rng):
    stays = rng.random(len(keep_probability)) < keep_probability
    return _windows(token_ids[stays[token_ids]], window)


@skipgram_pairs.mistake(
    "A word is kept only where its probability is at least one half; let chance decide, by `rng`."
)
def without_chance(token_ids, window, keep_probability, rng):
    return _windows(token_ids[keep_probability[token_ids] >= 0.5], window)


@skipgram_pairs.mistake("The same rng keeps other words each time: draw from `rng`, not np.random.")
def kept_by_global_random(token_ids, window, keep_probability, rng):
    return _windows(_subsample(token_ids, keep_probability, np.random.default_rng()), window)


@skipgram_pairs.mistake(
    "You gave a generator a seed of your own, so each epoch keeps the same words: draw from `rng`."
)
def kept_by_own_seed(token_ids, window, keep_probability, rng):
    return _windows(_subsample(token_ids, keep_probability, np.random.default_rng(0)), window)


@skipgram_pairs.alternative
def by_two_loops(token_ids, window, keep_probability, rng):
    kept = [int(t) for t in token_ids if rng.random() < keep_probability[t]]
    pairs = [
        (center, kept[j])
        for i, center in enumerate(kept)
        for j in range(max(0, i - window), min(len(kept), i + window + 1))
        if j != i
    ]
    return tuple(np.array(pairs, dtype=int).reshape(-1, 2).T)


@skipgram_pairs.alternative
def by_padding(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.uniform(size=token_ids.shape) <= keep_probability[token_ids] - 1e-12]
    padded = np.pad(kept, window, constant_values=-1)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * window + 1)[: len(kept)]
    around = np.delete(around, window, axis=1)  # (kept, 2 * window)
    centers = np.repeat(kept, 2 * window)
    return centers[around.ravel() >= 0], around.ravel()[around.ravel() >= 0]


@skipgram_pairs.alternative
def one_row_a_pair(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.binomial(1, keep_probability[token_ids]) == 1]
    return np.stack(_windows(kept, window))


# --- negative_samples


def _facts_of_draws(evidence):
    """Replace draws by what must hold for all right ones."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and isinstance(value.get("draws of each id"), np.ndarray):
            seen = {**seen, "value": _draw_facts(value)}
        result.append(seen)
    return result


COUNTS = np.array([0, 20, 100, 500, 3000, 20_000])  # of the case with many draws, about


def _draw_facts(value):
    draws = value["draws of each id"]
    keys = ("a NumPy array", "shape", "kind of numbers", "ids are 0 to V - 1")
    facts = {key: value[key] for key in keys}
    if len(draws) == len(COUNTS):
        powers = {"counts^(3/4) say": 0.75, "counts say": 1, "counts^(4/3) say": 4 / 3}
        for name, power in {**powers, "sqrt(counts) say": 0.5}.items():
            facts[f"ids come as often as {name}"] = _fits(draws, COUNTS, power)
        facts["all ids come equally often"] = bool(draws.min() > 0.9 * draws.mean())
        facts["an id with count 0 is drawn"] = bool(draws.min() > 0)
    else:
        facts["an id comes twice in a row of 4"] = value["rows with an id twice"] > 0
        facts["rows differ"] = value["different rows"] > 1
        facts["rows are independent"] = value["different rows"] > 100
    return facts


def _fits(draws, counts, power):
    """Whether ids are drawn as often as their counts to a power say, by chi-square."""
    weights = np.where(counts > 0, np.maximum(counts, 1) ** float(power), 0)
    expected = draws.sum() * weights / weights.sum()
    draws, expected = draws[1:], expected[1:]
    return bool(((draws - expected) ** 2 / expected).sum() < 40)


negative_samples = check("negative_samples", properties=_facts_of_draws)


def _draw(weights, shape, rng):
    return rng.choice(len(weights), size=shape, p=weights / weights.sum())


@negative_samples.mistake("You drew by the counts as they are: raise them to the power 3/4 first.")
def by_counts(counts, shape, rng):
    return _draw(counts, shape, rng)


@negative_samples.mistake(
    "Every id is equally likely in yours; frequent words must come more often, by counts^(3/4)."
)
def equally_likely(counts, shape, rng):
    return rng.integers(len(counts), size=shape)


@negative_samples.mistake("The power is 3/4, less than one; yours makes frequent words rule more.")
def power_upside_down(counts, shape, rng):
    return _draw(counts ** (4 / 3), shape, rng)


@negative_samples.mistake("The power is 3/4; you took the square root.")
def square_root(counts, shape, rng):
    return _draw(np.sqrt(counts), shape, rng)


@negative_samples.mistake(
    "The probabilities don't add up to one: divide by the sum of the powers, not of the counts."
)
def wrong_sum(counts, shape, rng):
    return rng.choice(len(counts), size=shape, p=counts**0.75 / counts.sum())


@negative_samples.mistake(
    "The probabilities don't add up to one any more: divide by their sum after the power."
)
def power_after_division(counts, shape, rng):
    return rng.choice(len(counts), size=shape, p=(counts / counts.sum()) ** 0.75)


@negative_samples.mistake("Every row holds the same ids: each place needs a draw of its own.")
def one_row_for_all(counts, shape, rng):
    row = _draw(counts**0.75, shape[-1:], rng)
    return np.broadcast_to(row, shape).copy()


@negative_samples.mistake(
    "No id comes twice in a row in yours: draw with replacement, so that draws are independent."
)
def without_replacement(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    number, size = int(np.prod(shape[:-1])), shape[-1]
    if size > np.sum(counts > 0):
        return _draw(counts**0.75, shape, rng)
    keys = rng.exponential(size=(number, len(p))) / np.where(p > 0, p, 1e-300)
    return np.argsort(keys, axis=1)[:, :size].reshape(shape)


@negative_samples.mistake("All draws stand in one row: the result should have the given shape.")
def without_shape(counts, shape, rng):
    return _draw(counts**0.75, int(np.prod(shape)), rng)


@negative_samples.mistake("The same rng draws other ids each time: draw from `rng`, not np.random.")
def drawn_by_global_random(counts, shape, rng):
    return _draw(counts**0.75, shape, np.random.default_rng())


@negative_samples.mistake(
    "You gave a generator a seed of your own, so every epoch gets the same ids: draw from `rng`."
)
def drawn_by_own_seed(counts, shape, rng):
    return _draw(counts**0.75, shape, np.random.default_rng(0))


@negative_samples.alternative
def by_cumulative_sums(counts, shape, rng):
    ends = np.cumsum(np.asarray(counts, float) ** 0.75)
    return np.searchsorted(ends, rng.random(shape) * ends[-1], side="right")


@negative_samples.alternative
def by_frequencies(counts, shape, rng):
    p = (counts / counts.sum()) ** (3 / 4)
    flat = rng.choice(np.arange(len(counts)), size=int(np.prod(shape)), p=p / p.sum())
    return flat.reshape(shape)


@negative_samples.alternative
def by_gumbel(counts, shape, rng):
    with np.errstate(divide="ignore"):
        logits = 0.75 * np.log(counts)
    return np.argmax(logits + rng.gumbel(size=(*shape, len(counts))), axis=-1)


# --- sgns_loss

sgns_loss = check("sgns_loss", points=2, rtol=1e-4, atol=1e-5)


def _scores(center, context, negative):
    """Return the scores of the true pairs, (B,), and of the negatives, (B, K)."""
    return ops.sum(center * context, -1), ops.sum(center[:, None] * negative, -1)


@sgns_loss.witness("Keras's binary cross-entropy")
def binary_cross_entropy(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    scores = ops.concatenate([true[:, None], false], axis=1)
    labels = ops.concatenate([ops.ones_like(true)[:, None], ops.zeros_like(false)], axis=1)
    means = keras.losses.binary_crossentropy(labels, scores, from_logits=True)
    return ops.mean(means) * scores.shape[1]


@sgns_loss.mistake(
    "The log of a sigmoid that is 0 is −∞: use a function that takes log and sigmoid in one."
)
def log_of_zero(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    losses = ops.log(ops.sigmoid(true)) + ops.sum(ops.log(ops.sigmoid(-false)), -1)
    return -ops.mean(losses)


@sgns_loss.mistake(
    "A small number inside the log hides its trouble, and makes large losses too small: use a "
    "function that takes log and sigmoid in one."
)
def small_number_added(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    losses = ops.log(ops.sigmoid(true) + 1e-7) + ops.sum(ops.log(ops.sigmoid(-false) + 1e-7), -1)
    return -ops.mean(losses)


@sgns_loss.mistake("The negatives' scores need a minus: they are to become small.")
def sign_forgotten(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(-false), -1))


@sgns_loss.mistake("All signs are turned round: true pairs are to get large scores, others small.")
def signs_turned(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(true) + ops.sum(ops.softplus(-false), -1))


@sgns_loss.mistake("The minus before the logarithms is missing: a loss is to be made small.")
def minus_missing(center_vectors, context_vectors, negative_vectors):
    return -sgns_loss.reference(center_vectors, context_vectors, negative_vectors)


@sgns_loss.mistake("You summed over the batch; the loss is a mean over its pairs.")
def summed_over_pairs(center_vectors, context_vectors, negative_vectors):
    loss = sgns_loss.reference(center_vectors, context_vectors, negative_vectors)
    return loss * center_vectors.shape[0]


@sgns_loss.mistake("You took the mean over the negatives; the loss of a pair is a sum over them.")
def mean_over_negatives(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true)) + ops.mean(ops.softplus(false))


@sgns_loss.mistake(
    "You took one mean over all scores; sum those of a pair, then take the mean over pairs."
)
def mean_over_all(center_vectors, context_vectors, negative_vectors):
    loss = sgns_loss.reference(center_vectors, context_vectors, negative_vectors)
    return loss / (negative_vectors.shape[1] + 1)


@sgns_loss.mistake("You returned a loss a pair; what is wanted is their mean, one number.")
def one_loss_a_pair(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.softplus(-true) + ops.sum(ops.softplus(false), -1)


@sgns_loss.mistake("The negatives are missing: without them, all scores could simply grow.")
def without_negatives(center_vectors, context_vectors, negative_vectors):
    true, _ = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true))


@sgns_loss.mistake(
    "You compared the negatives with the context; they stand in its place, beside the centre."
)
def negatives_beside_context(center_vectors, context_vectors, negative_vectors):
    true, _ = _scores(center_vectors, context_vectors, negative_vectors)
    _, false = _scores(context_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), -1))


@sgns_loss.mistake(
    "You summed the negatives' scores before the logarithm: each negative has a loss of its own."
)
def scores_summed_first(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.softplus(ops.sum(false, -1)))


@sgns_loss.mistake(
    "NumPy computes the value, but no gradient gets through it: use `keras.ops` throughout."
)
def by_numpy(center_vectors, context_vectors, negative_vectors):
    center, context, negative = map(
        ops.convert_to_numpy, (center_vectors, context_vectors, negative_vectors)
    )
    true, false = (center * context).sum(-1), (center[:, None] * negative).sum(-1)
    return np.mean(np.logaddexp(0, -true) + np.logaddexp(0, false).sum(-1))


@sgns_loss.alternative
def by_log_sigmoids(center_vectors, context_vectors, negative_vectors):
    true = ops.einsum("bd,bd->b", center_vectors, context_vectors)
    false = ops.einsum("bd,bkd->bk", center_vectors, negative_vectors)
    losses = ops.log_sigmoid(true) + ops.sum(ops.log_sigmoid(-false), axis=1)
    return -ops.mean(losses)


@sgns_loss.alternative
def by_matrix_products(center_vectors, context_vectors, negative_vectors):
    others = ops.concatenate([-context_vectors[:, None], negative_vectors], axis=1)
    scores = ops.matmul(others, center_vectors[:, :, None])[..., 0]  # (B, 1 + K)
    return ops.sum(ops.mean(ops.softplus(scores), axis=0))


@sgns_loss.alternative
def by_max_and_log1p(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    scores = ops.concatenate([-true[:, None], false], axis=1)
    losses = ops.relu(scores) + ops.log1p(ops.exp(-ops.abs(scores)))
    return ops.sum(losses) / scores.shape[0]


# --- nearest_words

nearest_words = check("nearest_words")


def _unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _best(scores, k, without=()):
    """Return the k ids of the largest scores, except some."""
    order = [int(number) for number in np.argsort(-scores) if number not in without]
    return np.array(order[:k], dtype=int)


@nearest_words.mistake("The word is its own nearest neighbour in yours: leave it out.")
def itself_first(vectors, index, k):
    unit = _unit(vectors)
    return _best(unit @ unit[index], k)


@nearest_words.mistake("One word too few: leave out the word itself first, then take k.")
def one_too_few(vectors, index, k):
    unit = _unit(vectors)
    return _best(unit @ unit[index], k)[1:]


@nearest_words.mistake(
    "You took the dot product, in which long vectors win: divide by the lengths for the cosine."
)
def dot_product(vectors, index, k):
    return _best(vectors @ vectors[index], k, {index})


@nearest_words.mistake(
    "You took the distance between the tips; the cosine doesn't ask how long vectors are."
)
def euclidean(vectors, index, k):
    return _best(-np.linalg.norm(vectors - vectors[index], axis=1), k, {index})


@nearest_words.mistake("These are the words farthest away: the largest cosines come first.")
def farthest_first(vectors, index, k):
    unit = _unit(vectors)
    return _best(-(unit @ unit[index]), k, {index})


@nearest_words.mistake("The right words, but the nearest one comes last: turn the order round.")
def nearest_last(vectors, index, k):
    unit = _unit(vectors)
    return _best(unit @ unit[index], k, {index})[::-1]


@nearest_words.mistake(
    "An opposite vector is not near: its cosine is −1. Don't take the absolute value or the square."
)
def absolute_cosine(vectors, index, k):
    unit = _unit(vectors)
    return _best(np.abs(unit @ unit[index]), k, {index})


@nearest_words.mistake(
    "You scaled the columns; a word's vector is a row, so sum along axis 1 for its length."
)
def columns_scaled(vectors, index, k):
    unit = vectors / np.linalg.norm(vectors, axis=0)
    return _best(unit @ unit[index], k, {index})


@nearest_words.mistake("You returned cosines; what is wanted are the ids of the words.")
def cosines_returned(vectors, index, k):
    cosines = _unit(vectors) @ _unit(vectors)[index]
    return np.sort(np.delete(cosines, index))[::-1][:k]


@nearest_words.alternative
def by_unit_vectors(vectors, index, k):
    unit = vectors / np.sqrt((vectors**2).sum(axis=1))[:, None]
    order = (unit @ unit[index]).argsort()[::-1]
    return order[order != index][:k]


@nearest_words.alternative
def by_distance_of_unit_vectors(vectors, index, k):
    unit = _unit(vectors)
    distances = np.linalg.norm(unit - unit[index], axis=1)
    distances[index] = np.inf
    return np.argsort(distances)[:k]


@nearest_words.alternative
def one_by_one(vectors, index, k):
    def cosine(other):
        u, v = vectors[index], vectors[other]
        return float(u @ v / np.linalg.norm(u) / np.linalg.norm(v))

    others = [other for other in range(len(vectors)) if other != index]
    return np.array(sorted(others, key=cosine, reverse=True)[:k])


# --- analogy

analogy = check("analogy")


@analogy.mistake("One of the three given words is in your answer: leave out a, b and c.")
def inputs_stay(vectors, a, b, c, k):
    unit = _unit(vectors)
    return _best(unit @ (unit[b] - unit[a] + unit[c]), k)


@analogy.mistake("You left out only c; a and b are no answers either.")
def only_c_left_out(vectors, a, b, c, k):
    unit = _unit(vectors)
    return _best(unit @ (unit[b] - unit[a] + unit[c]), k, {c})


@analogy.mistake("Too few words come: leave out a, b and c first, then take k.")
def left_out_too_late(vectors, a, b, c, k):
    unit = _unit(vectors)
    best = _best(unit @ (unit[b] - unit[a] + unit[c]), k)
    return best[~np.isin(best, [a, b, c])]


@analogy.mistake("a and b are swapped: what b has and a has not is added to c, so b − a + c.")
def swapped(vectors, a, b, c, k):
    unit = _unit(vectors)
    return _best(unit @ (unit[a] - unit[b] + unit[c]), k, {a, b, c})


@analogy.mistake("b and c are on different sides in yours: the target is b − a + c.")
def c_taken_away(vectors, a, b, c, k):
    unit = _unit(vectors)
    return _best(unit @ (unit[a] + unit[b] - unit[c]), k, {a, b, c})


@analogy.mistake(
    "Scale a, b and c to length one before you add them; else the longest decides alone."
)
def raw_target(vectors, a, b, c, k):
    return _best(_unit(vectors) @ (vectors[b] - vectors[a] + vectors[c]), k, {a, b, c})


@analogy.mistake(
    "You took the dot product with vectors of any length: scale all of them to length one."
)
def raw_vectors(vectors, a, b, c, k):
    return _best(vectors @ (vectors[b] - vectors[a] + vectors[c]), k, {a, b, c})


@analogy.mistake("The candidates' lengths still count: compare the target with unit vectors.")
def raw_candidates(vectors, a, b, c, k):
    unit = _unit(vectors)
    return _best(vectors @ (unit[b] - unit[a] + unit[c]), k, {a, b, c})


@analogy.mistake(
    "You took the distance between the tips of unscaled vectors; compare directions, by the cosine."
)
def raw_distance(vectors, a, b, c, k):
    target = vectors[b] - vectors[a] + vectors[c]
    return _best(-np.linalg.norm(vectors - target, axis=1), k, {a, b, c})


@analogy.mistake("The worst words come first: the largest cosines belong at the start.")
def worst_first(vectors, a, b, c, k):
    unit = _unit(vectors)
    return _best(-(unit @ (unit[b] - unit[a] + unit[c])), k, {a, b, c})


@analogy.alternative
def by_three_cosines(vectors, a, b, c, k):
    unit = _unit(vectors)
    cosines = unit @ unit.T
    order = np.argsort(cosines[a] - cosines[b] - cosines[c])
    return order[~np.isin(order, [a, b, c])][:k]


@analogy.alternative
def with_a_scaled_target(vectors, a, b, c, k):
    unit = _unit(vectors)
    target = unit[b] + unit[c] - unit[a]
    distances = np.linalg.norm(unit - target / np.linalg.norm(target), axis=1)
    distances[[a, b, c]] = np.inf
    return distances.argsort()[:k]
