"""Answers to week 4, as students write them."""

from collections import Counter

import keras
import numpy as np
from sklearn.linear_model import LogisticRegression

layers, ops = keras.layers, keras.ops


# %% wrong build_pca_autoencoder: the decoder ends in a tanh
def build_pca_autoencoder(img_shape, code_size):
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten(), layers.Dense(code_size)])
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(int(np.prod(img_shape)), activation="tanh"),
        layers.Reshape(img_shape)])
    return encoder, decoder


# %% wrong build_pca_autoencoder: a ReLU on the code
def build_pca_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([
        keras.Input(img_shape), layers.Flatten(), layers.Dense(code_size, activation="relu")])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(h * w * c), layers.Reshape(img_shape)])
    return encoder, decoder


# %% wrong build_pca_autoencoder: no flatten, the dense layer mixes the channels of each pixel only
def build_pca_autoencoder(img_shape, code_size):
    encoder = keras.Sequential([keras.Input(img_shape), layers.Dense(code_size)])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(int(np.prod(img_shape))),
        layers.Reshape(img_shape)])
    return encoder, decoder


# %% wrong build_pca_autoencoder: the decoder gives flat rows, the reshape is missing
def build_pca_autoencoder(img_shape, code_size):
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten(), layers.Dense(code_size)])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(int(np.prod(img_shape)))])
    return encoder, decoder


# %% wrong build_pca_autoencoder: a hidden dense layer of 128 more in both networks
def build_pca_autoencoder(img_shape, code_size):
    encoder = keras.Sequential([
        keras.Input(img_shape), layers.Flatten(), layers.Dense(128), layers.Dense(code_size)])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(128), layers.Dense(int(np.prod(img_shape))),
        layers.Reshape(img_shape)])
    return encoder, decoder


# %% wrong build_pca_autoencoder: both dense layers have no bias
def build_pca_autoencoder(img_shape, code_size):
    encoder = keras.Sequential([
        keras.Input(img_shape), layers.Flatten(), layers.Dense(code_size, use_bias=False)])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(int(np.prod(img_shape)), use_bias=False),
        layers.Reshape(img_shape)])
    return encoder, decoder


# %% wrong build_pca_autoencoder: returns (encoder, the whole autoencoder) instead of the decoder
def build_pca_autoencoder(img_shape, code_size):
    images = keras.Input(img_shape)
    codes = layers.Dense(code_size)(layers.Flatten()(images))
    back = layers.Reshape(img_shape)(layers.Dense(int(np.prod(img_shape)))(codes))
    return keras.Model(images, codes), keras.Model(images, back)


# %% wrong build_pca_autoencoder: height and width are exchanged in the reshape
def build_pca_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten(), layers.Dense(code_size)])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(h * w * c), layers.Reshape((w, h, c))])
    return encoder, decoder


# %% right build_pca_autoencoder: functional, with a Reshape to one row for the flatten
def build_pca_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    image = keras.Input(shape=(h, w, c), name="image")
    row = layers.Reshape((h * w * c,))(image)
    encoder = keras.Model(image, layers.Dense(code_size, activation="linear")(row), name="enc")
    code = keras.Input(shape=(code_size,), name="code")
    pixels = layers.Dense(h * w * c, activation=None, use_bias=True)(code)
    return encoder, keras.Model(code, layers.Reshape((h, w, c))(pixels), name="dec")


# %% right build_pca_autoencoder: Sequential with add, number of pixels by a loop
def build_pca_autoencoder(img_shape, code_size):
    size = 1
    for length in img_shape:
        size *= length
    encoder = keras.Sequential(name="encoder")
    encoder.add(keras.Input(shape=tuple(img_shape)))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential(name="decoder")
    decoder.add(keras.Input(shape=(code_size,)))
    decoder.add(layers.Dense(size))
    decoder.add(layers.Reshape(tuple(img_shape)))
    return encoder, decoder


# %% wrong build_deep_autoencoder: the last transposed convolution has an ELU too
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256, activation="elu"),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters in (128, 64, 32, c):
        decoder.add(layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="elu"))
    return encoder, decoder


# %% wrong build_deep_autoencoder: the decoder's dense layer has no activation
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters in (128, 64, 32):
        decoder.add(layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="elu"))
    decoder.add(layers.Conv2DTranspose(c, 3, strides=2, padding="same"))
    return encoder, decoder


# %% wrong build_deep_autoencoder: an ELU on the code
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size, activation="elu"))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256, activation="elu"),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters in (128, 64, 32):
        decoder.add(layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="elu"))
    decoder.add(layers.Conv2DTranspose(c, 3, strides=2, padding="same"))
    return encoder, decoder


# %% wrong build_deep_autoencoder: the decoder's grid is fixed to 2×2, right for 32×32 only
def build_deep_autoencoder(img_shape, code_size):
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(2 * 2 * 256, activation="elu"),
        layers.Reshape((2, 2, 256))])
    for filters in (128, 64, 32):
        decoder.add(layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="elu"))
    decoder.add(layers.Conv2DTranspose(img_shape[-1], 3, strides=2, padding="same"))
    return encoder, decoder


# %% wrong build_deep_autoencoder: ReLU instead of ELU everywhere
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256, activation="relu"),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters in (128, 64, 32):
        decoder.add(
            layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="relu"))
    decoder.add(layers.Conv2DTranspose(c, 3, strides=2, padding="same"))
    return encoder, decoder


# %% wrong build_deep_autoencoder: convolutions with a stride of 2 instead of the max pooling
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, strides=2, padding="same", activation="elu"))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256, activation="elu"),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters in (128, 64, 32):
        decoder.add(layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="elu"))
    decoder.add(layers.Conv2DTranspose(c, 3, strides=2, padding="same"))
    return encoder, decoder


# %% wrong build_deep_autoencoder: the decoder upsamples and convolves, no transposed convolutions
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256, activation="elu"),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters, activation in ((128, "elu"), (64, "elu"), (32, "elu"), (c, None)):
        decoder.add(layers.UpSampling2D(2))
        decoder.add(layers.Conv2D(filters, 3, padding="same", activation=activation))
    return encoder, decoder


# %% wrong build_deep_autoencoder: the last layer gives always 3 channels and a sigmoid
def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D(2))
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        layers.Dense(h // 16 * (w // 16) * 256, activation="elu"),
        layers.Reshape((h // 16, w // 16, 256))])
    for filters in (128, 64, 32):
        decoder.add(layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="elu"))
    decoder.add(layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="sigmoid"))
    return encoder, decoder


# %% right build_deep_autoencoder: functional, the grid's shape read off the encoder
def build_deep_autoencoder(img_shape, code_size):
    images = keras.Input(img_shape)
    x = images
    for power in range(5, 9):
        x = layers.Conv2D(2**power, (3, 3), padding="same")(x)
        x = layers.ELU()(x)
        x = layers.MaxPool2D((2, 2))(x)
    grid = x.shape[1:]
    encoder = keras.Model(images, layers.Dense(code_size)(layers.Flatten()(x)))
    codes = keras.Input((code_size,))
    y = layers.Dense(grid[0] * grid[1] * grid[2])(codes)
    y = layers.Reshape(grid)(layers.ELU()(y))
    for filters in [128, 64, 32]:
        y = layers.Conv2DTranspose(filters, (3, 3), (2, 2), padding="same")(y)
        y = layers.ELU()(y)
    y = layers.Conv2DTranspose(img_shape[2], (3, 3), (2, 2), padding="same")(y)
    return encoder, keras.Model(codes, y)


# %% right build_deep_autoencoder: nested Sequential blocks from helper functions, strided pooling
def down(filters):
    return keras.Sequential([
        layers.Conv2D(filters, 3, padding="same", activation=keras.activations.elu),
        layers.MaxPooling2D(pool_size=2, strides=2)])


def up(filters, activation="elu"):
    return layers.Conv2DTranspose(filters, 3, 2, "same", activation=activation)


def build_deep_autoencoder(img_shape, code_size):
    h, w, c = img_shape
    grid = (h // 16, w // 16, 256)
    encoder = keras.Sequential([
        keras.Input(img_shape), down(32), down(64), down(128), down(256),
        layers.Flatten(), layers.Dense(code_size)])
    decoder = keras.Sequential([
        keras.Input((code_size,)), layers.Dense(int(np.prod(grid)), "elu"),
        layers.Reshape(grid), up(128), up(64), up(32), up(c, None)])
    return encoder, decoder


# %% wrong find_similar: the farthest come first
def find_similar(codes, query_code, k):
    distances = np.linalg.norm(codes - query_code, axis=1)
    return np.argsort(-distances, kind="stable")[:k]


# %% wrong find_similar: leaves out the nearest, as if it were the query itself
def find_similar(codes, query_code, k):
    distances = np.linalg.norm(codes - query_code, axis=1)
    return np.argsort(distances, kind="stable")[1 : k + 1]


# %% wrong find_similar: argsort with its default kind, which may mix up equal distances
def find_similar(codes, query_code, k):
    return np.argsort(np.linalg.norm(codes - query_code, axis=1))[:k]


# %% wrong find_similar: nearness by the dot product
def find_similar(codes, query_code, k):
    return np.argsort(-(codes @ query_code), kind="stable")[:k]


# %% wrong find_similar: sums the absolute differences, a city-block distance
def find_similar(codes, query_code, k):
    distances = np.abs(codes - query_code).sum(axis=1)
    return np.argsort(distances, kind="stable")[:k]


# %% wrong find_similar: argpartition, so the k nearest come in no order
def find_similar(codes, query_code, k):
    distances = ((codes - query_code) ** 2).sum(axis=1)
    return np.argpartition(distances, k - 1)[:k]


# %% wrong find_similar: returns the codes, not the row numbers
def find_similar(codes, query_code, k):
    distances = np.linalg.norm(codes - query_code, axis=1)
    return codes[np.argsort(distances, kind="stable")[:k]]


# %% wrong find_similar: subtracts the query in place, so the caller's codes change
def find_similar(codes, query_code, k):
    codes -= query_code
    return np.argsort(np.sum(codes**2, axis=1), kind="stable")[:k]


# %% right find_similar: Python's sorted, which is stable, over a list of distances
def find_similar(codes, query_code, k):
    distances = [float(np.sum((np.asarray(code, "float64") - query_code) ** 2)) for code in codes]
    return np.array(sorted(range(len(distances)), key=distances.__getitem__)[:k])


# %% right find_similar: lexsort by distance, then by row
def find_similar(codes, query_code, k):
    gaps = codes - query_code[None, :]
    squared = np.einsum("nd,nd->n", gaps, gaps)
    return np.lexsort((np.arange(len(codes)), squared))[:k]


# %% wrong morph: mixes the pixels and sends the mixtures through both networks
def morph(encoder, decoder, image_a, image_b, steps):
    images = np.linspace(image_a, image_b, steps)
    return decoder.predict(encoder.predict(images, verbose=0), verbose=0)


# %% wrong morph: decodes both ends and mixes the pictures
def morph(encoder, decoder, image_a, image_b, steps):
    codes = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    a, b = decoder.predict(codes, verbose=0)
    return np.linspace(a, b, steps).astype("float32")


# %% wrong morph: the way never arrives at image b, linspace without its endpoint
def morph(encoder, decoder, image_a, image_b, steps):
    a, b = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    return decoder.predict(np.linspace(a, b, steps, endpoint=False), verbose=0)


# %% wrong morph: goes from b to a
def morph(encoder, decoder, image_a, image_b, steps):
    a, b = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    t = np.linspace(0, 1, steps)[:, None]
    return decoder.predict(t * a + (1 - t) * b, verbose=0)


# %% wrong morph: steps pictures between the ends, so steps + 2 in all
def morph(encoder, decoder, image_a, image_b, steps):
    a, b = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    return decoder.predict(np.linspace(a, b, steps + 2), verbose=0)


# %% wrong morph: the first and the last picture are the images themselves, not decoded
def morph(encoder, decoder, image_a, image_b, steps):
    a, b = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    pictures = decoder.predict(np.linspace(a, b, steps), verbose=0)
    pictures[0], pictures[-1] = image_a, image_b
    return pictures


# %% wrong morph: walks on an arc (spherical interpolation) instead of a straight line
def morph(encoder, decoder, image_a, image_b, steps):
    a, b = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    cosine = a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
    angle = np.arccos(np.clip(cosine, -1, 1))
    t = np.linspace(0, 1, steps)[:, None]
    codes = (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)
    return decoder.predict(codes, verbose=0)


# %% wrong morph: decodes one by one and keeps the batch axis, (steps, 1, H, W, C)
def morph(encoder, decoder, image_a, image_b, steps):
    a = encoder.predict(image_a[None], verbose=0)
    b = encoder.predict(image_b[None], verbose=0)
    return np.array([decoder.predict(a + t * (b - a), verbose=0)
                     for t in np.linspace(0, 1, steps)])


# %% right morph: a loop over steps, one code at a time
def morph(encoder, decoder, image_a, image_b, steps):
    a = ops.convert_to_numpy(encoder(image_a[np.newaxis]))[0]
    b = ops.convert_to_numpy(encoder(image_b[np.newaxis]))[0]
    pictures = []
    for i in range(steps):
        t = i / (steps - 1)
        picture = decoder(((1 - t) * a + t * b)[np.newaxis].astype("float32"))
        pictures.append(ops.convert_to_numpy(picture)[0])
    return np.stack(pictures).astype(np.float32)


# %% right morph: both weights in one matrix product
def morph(encoder, decoder, image_a, image_b, steps):
    codes = encoder.predict(np.array([image_a, image_b], dtype="float32"), verbose=0)
    t = np.arange(steps) / (steps - 1)
    weights = np.column_stack([1 - t, t]).astype("float32")  # (steps, 2)
    return decoder.predict(weights @ codes, batch_size=steps, verbose=0)


# %% wrong attribute_vector: 0 and 1 as integers pick rows 0 and 1
def attribute_vector(codes, has_attribute):
    return codes[has_attribute].mean(axis=0) - codes[1 - has_attribute].mean(axis=0)


# %% wrong attribute_vector: the other way round, without minus with
def attribute_vector(codes, has_attribute):
    has = np.asarray(has_attribute, dtype=bool)
    return codes[~has].mean(axis=0) - codes[has].mean(axis=0)


# %% wrong attribute_vector: ~ on integers gives −1 and −2, which pick the last rows
def attribute_vector(codes, has_attribute):
    having = codes[has_attribute == 1]
    lacking = codes[~has_attribute]
    return having.mean(axis=0) - lacking.mean(axis=0)


# %% wrong attribute_vector: subtracts the mean of all codes instead of those without
def attribute_vector(codes, has_attribute):
    has = has_attribute.astype(bool)
    return codes[has].mean(axis=0) - codes.mean(axis=0)


# %% wrong attribute_vector: both sums are divided by the number of all faces
def attribute_vector(codes, has_attribute):
    has = has_attribute.astype(float)[:, None]
    return (codes * has).mean(axis=0) - (codes * (1 - has)).mean(axis=0)


# %% wrong attribute_vector: mean without an axis, a single number
def attribute_vector(codes, has_attribute):
    has = has_attribute.astype(bool)
    return codes[has].mean() - codes[~has].mean()


# %% wrong attribute_vector: scaled to length one
def attribute_vector(codes, has_attribute):
    has = has_attribute.astype(bool)
    step = codes[has].mean(axis=0) - codes[~has].mean(axis=0)
    return step / np.linalg.norm(step)


# %% wrong attribute_vector: sums instead of means
def attribute_vector(codes, has_attribute):
    has = has_attribute.astype(bool)
    return codes[has].sum(axis=0) - codes[~has].sum(axis=0)


# %% right attribute_vector: a signed weight for each row and one product
def attribute_vector(codes, has_attribute):
    has = np.asarray(has_attribute).astype(float)
    weights = has / has.sum() - (1 - has) / (1 - has).sum()
    return weights @ codes


# %% right attribute_vector: two lists filled by a loop
def attribute_vector(codes, has_attribute):
    having, lacking = [], []
    for code, flag in zip(codes, has_attribute):
        (having if flag else lacking).append(code)
    return np.mean(having, axis=0) - np.mean(lacking, axis=0)


# %% wrong few_label_accuracy: constant columns are divided by 0
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    rows = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[: num_labeled // 2]
                           for c in (0, 1)])
    rest = np.setdiff1d(np.arange(len(x)), rows)
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% wrong few_label_accuracy: draws rows of any class, not half of each
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    std = x.std(axis=0)
    std[np.ptp(x, axis=0) == 0] = 1
    x = (x - x.mean(axis=0)) / std
    order = rng.permutation(len(x))
    rows, rest = order[:num_labeled], order[num_labeled:]
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% wrong few_label_accuracy: scores on all rows, the labelled ones too
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    std = x.std(axis=0)
    std[np.ptp(x, axis=0) == 0] = 1
    x = (x - x.mean(axis=0)) / std
    rows = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[: num_labeled // 2]
                           for c in (0, 1)])
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x, labels))


# %% wrong few_label_accuracy: mean and standard deviation of the labelled rows only
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    rows = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[: num_labeled // 2]
                           for c in (0, 1)])
    std = x[rows].std(axis=0)
    std[np.ptp(x[rows], axis=0) == 0] = 1
    x = (x - x[rows].mean(axis=0)) / std
    rest = np.setdiff1d(np.arange(len(x)), rows)
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% wrong few_label_accuracy: num_labeled rows of each class, twice as many as asked
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    std = x.std(axis=0)
    std[np.ptp(x, axis=0) == 0] = 1
    x = (x - x.mean(axis=0)) / std
    rows = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[:num_labeled]
                           for c in (0, 1)])
    rest = np.setdiff1d(np.arange(len(x)), rows)
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% wrong few_label_accuracy: one mean and one standard deviation for all columns together
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    x = (x - x.mean()) / x.std()
    rows = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[: num_labeled // 2]
                           for c in (0, 1)])
    rest = np.setdiff1d(np.arange(len(x)), rows)
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% wrong few_label_accuracy: always the first rows of each class, rng unused
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    std = x.std(axis=0)
    std[np.ptp(x, axis=0) == 0] = 1
    x = (x - x.mean(axis=0)) / std
    rows = np.concatenate([np.flatnonzero(labels == c)[: num_labeled // 2] for c in (0, 1)])
    rest = np.setdiff1d(np.arange(len(x)), rows)
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% wrong few_label_accuracy: rng.choice draws with replacement, so rows come twice
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(len(features), -1)
    std = x.std(axis=0)
    std[np.ptp(x, axis=0) == 0] = 1
    x = (x - x.mean(axis=0)) / std
    half = num_labeled // 2
    rows = np.concatenate([rng.choice(np.flatnonzero(labels == c), half) for c in (0, 1)])
    rest = np.setdiff1d(np.arange(len(x)), rows)
    model = LogisticRegression(max_iter=1000).fit(x[rows], labels[rows])
    return float(model.score(x[rest], labels[rest]))


# %% right few_label_accuracy: StandardScaler, a mask, and accuracy counted by hand
def few_label_accuracy(features, labels, num_labeled, rng):
    from sklearn.preprocessing import StandardScaler

    x = StandardScaler().fit_transform(np.reshape(features, (len(features), -1)))
    known = np.zeros(len(x), dtype=bool)
    for c in (0, 1):
        known[rng.choice(np.where(labels == c)[0], num_labeled // 2, replace=False)] = True
    model = LogisticRegression(max_iter=1000)
    model.fit(x[known], labels[known])
    return float(np.mean(model.predict(x[~known]) == labels[~known]))


# %% right few_label_accuracy: one permutation of all rows, walked through until both halves are full
def few_label_accuracy(features, labels, num_labeled, rng):
    x = features.reshape(features.shape[0], -1).astype("float64")
    x = x - x.mean(0)
    constant = np.ptp(features.reshape(len(x), -1), axis=0) == 0
    spread = x.std(0)
    spread[constant] = 1
    x = x / spread
    x[:, constant] = 0
    chosen, others, count = [], [], {0: 0, 1: 0}
    for row in rng.permutation(len(x)):
        label = int(labels[row])
        if count[label] < num_labeled // 2:
            chosen.append(row)
            count[label] += 1
        else:
            others.append(row)
    classifier = LogisticRegression(max_iter=1000).fit(x[chosen], labels[chosen])
    return classifier.score(x[others], labels[others])


# %% wrong apply_gaussian_noise: clipped to the range of pixels
def apply_gaussian_noise(images, sigma, rng):
    noise = sigma * rng.standard_normal(images.shape, dtype="float32")
    return np.clip(images + noise, -0.5, 0.5)


# %% wrong apply_gaussian_noise: the result is float64
def apply_gaussian_noise(images, sigma, rng):
    return images + rng.normal(0, sigma, images.shape)


# %% wrong apply_gaussian_noise: sigma taken for the variance
def apply_gaussian_noise(images, sigma, rng):
    noise = rng.normal(0, np.sqrt(sigma), images.shape)
    return (images + noise).astype("float32")


# %% wrong apply_gaussian_noise: NumPy's global generator instead of rng
def apply_gaussian_noise(images, sigma, rng):
    return (images + np.random.normal(0, sigma, images.shape)).astype("float32")


# %% wrong apply_gaussian_noise: one noise for all images of the batch
def apply_gaussian_noise(images, sigma, rng):
    return images + np.float32(sigma) * rng.standard_normal(images.shape[1:], dtype="float32")


# %% wrong apply_gaussian_noise: adds in place, so the caller's images change
def apply_gaussian_noise(images, sigma, rng):
    images += np.float32(sigma) * rng.standard_normal(images.shape, dtype="float32")
    return images


# %% wrong apply_gaussian_noise: uniform noise from −sigma to sigma
def apply_gaussian_noise(images, sigma, rng):
    return (images + rng.uniform(-sigma, sigma, images.shape)).astype("float32")


# %% wrong apply_gaussian_noise: the three channels of a pixel share their noise
def apply_gaussian_noise(images, sigma, rng):
    noise = rng.standard_normal((*images.shape[:3], 1), dtype="float32")
    return images + np.float32(sigma) * noise


# %% right apply_gaussian_noise: drawn around the images as means
def apply_gaussian_noise(images, sigma, rng):
    return rng.normal(loc=images, scale=sigma).astype(np.float32)


# %% right apply_gaussian_noise: image by image into a copy
def apply_gaussian_noise(images, sigma, rng):
    noisy = images.copy()
    for image in noisy:
        image += (sigma * rng.standard_normal(image.shape)).astype("float32")
    return noisy


# %% wrong build_generator: a sigmoid at the end, pixels from 0 to 1
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    model = keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(h // 8 * (w // 8) * 128, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((h // 8, w // 8, 128))])
    for filters in (128, 64):
        model.add(layers.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Conv2DTranspose(c, 4, 2, padding="same", activation="sigmoid"))
    return model


# %% wrong build_generator: a tanh at the end without halving it, pixels from −1 to 1
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    model = keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(h // 8 * (w // 8) * 128, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((h // 8, w // 8, 128))])
    for filters in (128, 64):
        model.add(layers.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Conv2DTranspose(c, 4, 2, padding="same", activation="tanh"))
    return model


# %% wrong build_generator: no activation at the end, so pixels are not bounded
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    model = keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(h // 8 * (w // 8) * 128, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((h // 8, w // 8, 128))])
    for filters in (128, 64):
        model.add(layers.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Conv2DTranspose(c, 4, 2, padding="same"))
    return model


# %% wrong build_generator: too wide, far more than 1,000,000 parameters
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    model = keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(h // 8 * (w // 8) * 256, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((h // 8, w // 8, 256))])
    for filters in (256, 128):
        model.add(layers.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Conv2DTranspose(c, 4, 2, padding="same", activation="tanh"))
    model.add(layers.Rescaling(0.5))
    return model


# %% wrong build_generator: the grid starts at 4×4 whatever the image's shape
def build_generator(noise_size, img_shape):
    model = keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(4 * 4 * 128, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((4, 4, 128))])
    for filters in (128, 64):
        model.add(layers.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Conv2DTranspose(img_shape[-1], 4, 2, padding="same", activation="tanh"))
    model.add(layers.Rescaling(0.5))
    return model


# %% wrong build_generator: only two doublings from an eighth, so images of half the size
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    return keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(h // 8 * (w // 8) * 128, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((h // 8, w // 8, 128)),
        layers.Conv2DTranspose(64, 4, 2, padding="same", use_bias=False),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(c, 4, 2, padding="same", activation="tanh"),
        layers.Rescaling(0.5)])


# %% wrong build_generator: an unpadded last convolution and a border of zeros, deaf to the noise
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    model = keras.Sequential([
        keras.Input((noise_size,)), layers.Dense(h // 8 * (w // 8) * 128, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.Reshape((h // 8, w // 8, 128))])
    for filters in (96, 64, 32):
        model.add(layers.UpSampling2D())
        model.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Conv2D(c, 3, activation="tanh"))
    model.add(layers.Rescaling(0.5))
    model.add(layers.ZeroPadding2D(1))
    return model


# %% wrong build_generator: Rescaling adds a half to half a tanh, pixels from 0 to 1
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    noise = keras.Input((noise_size,))
    x = layers.Dense(h // 8 * (w // 8) * 100, use_bias=False)(noise)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Reshape((h // 8, w // 8, 100))(x)
    for filters in (100, 50):
        x = layers.Conv2DTranspose(filters, 4, strides=2, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2DTranspose(c, 4, strides=2, padding="same", activation="tanh")(x)
    return keras.Model(noise, layers.Rescaling(0.5, offset=0.5)(x))


# %% right build_generator: functional, upsampling and convolutions, a sigmoid moved down by a half
def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    noise = keras.Input((noise_size,))
    x = layers.Dense(h // 8 * (w // 8) * 64)(noise)
    x = layers.Reshape((h // 8, w // 8, 64))(x)
    for filters in (64, 48, 32):
        x = layers.UpSampling2D(interpolation="bilinear")(x)
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.LeakyReLU(negative_slope=0.2)(x)
    x = layers.Conv2D(c, 3, padding="same", activation="sigmoid")(x)
    return keras.Model(noise, layers.Rescaling(1.0, offset=-0.5)(x))


# %% right build_generator: nested Sequential blocks, layer normalisation, ops for the half
def doubling(filters):
    return keras.Sequential([
        layers.Conv2DTranspose(filters, 4, strides=2, padding="same"),
        layers.LayerNormalization(), layers.Activation("gelu")])


def build_generator(noise_size, img_shape):
    h, w, c = img_shape
    noise = keras.Input(shape=(noise_size,))
    x = layers.Dense(h // 8 * (w // 8) * 96, activation="gelu")(noise)
    x = layers.Reshape((h // 8, w // 8, 96))(x)
    x = doubling(64)(x)
    x = doubling(32)(x)
    x = layers.Conv2DTranspose(c, 4, strides=2, padding="same")(x)
    return keras.Model(noise, 0.5 * ops.tanh(x))


# %% wrong build_discriminator: a sigmoid at the end, probabilities instead of logits
def build_discriminator(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 4, strides=2, padding="same"))
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


# %% wrong build_discriminator: batch norm after the convolutions
def build_discriminator(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 4, strides=2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1))
    return model


# %% wrong build_discriminator: a wide dense layer after the flatten, over 1,000,000 parameters
def build_discriminator(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (64, 128, 256):
        model.add(layers.Conv2D(filters, 4, strides=2, padding="same"))
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1))
    return model


# %% wrong build_discriminator: no flatten, so a logit for each place of the grid
def build_discriminator(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 4, strides=2, padding="same"))
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1))
    return model


# %% wrong build_discriminator: unpadded convolutions, which never see the last row and column
def build_discriminator(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64):
        model.add(layers.Conv2D(filters, 3, strides=2))
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1))
    return model


# %% wrong build_discriminator: two outputs, one for fake and one for real
def build_discriminator(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 4, strides=2, padding="same", activation="leaky_relu"))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(2))
    return model


# %% wrong build_discriminator: a ReLU at the end, so no logit below 0
def build_discriminator(img_shape):
    images = keras.Input(img_shape)
    x = images
    for filters in (32, 64, 128):
        x = layers.Conv2D(filters, 4, strides=2, padding="same")(x)
        x = layers.LeakyReLU(negative_slope=0.2)(x)
    x = layers.Dropout(0.3)(layers.Flatten()(x))
    return keras.Model(images, layers.Dense(1, activation="relu")(x))


# %% wrong build_discriminator: a feature with the batch's standard deviation, so images mix
def build_discriminator(img_shape):
    images = keras.Input(img_shape)
    x = images
    for filters in (32, 64, 96):
        x = layers.Conv2D(filters, 4, strides=2, padding="same", activation="leaky_relu")(x)
    x = layers.Flatten()(x)
    spread = ops.mean(ops.sqrt(ops.var(x, axis=0, keepdims=True) + 1e-6), keepdims=True)
    x = layers.Concatenate()([x, ops.zeros_like(x[:, :1]) + spread])
    return keras.Model(images, layers.Dense(1)(layers.Dropout(0.3)(x)))


# %% right build_discriminator: convolutions and average pooling, then a global mean
def build_discriminator(img_shape):
    images = keras.Input(img_shape)
    x = images
    for filters in (32, 64, 128):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.LeakyReLU()(x)
        x = layers.AveragePooling2D(2)(x)
        x = layers.SpatialDropout2D(0.2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(images, layers.Dense(1)(x))


# %% right build_discriminator: nested Sequential, layer normalisation, a convolution for the logit
def halving(filters):
    return keras.Sequential([
        layers.Conv2D(filters, 4, strides=2, padding="same"), layers.LayerNormalization(),
        layers.LeakyReLU(negative_slope=0.2), layers.Dropout(0.3)])


def build_discriminator(img_shape):
    h, w, c = img_shape
    return keras.Sequential([
        keras.Input((h, w, c)), halving(32), halving(64), halving(96),
        layers.Conv2D(1, (h // 8, w // 8), padding="valid"), layers.Reshape((1,))])


# %% wrong discriminator_loss: real and fake exchanged
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.softplus(real_logits)) + ops.mean(ops.softplus(-fake_logits))


# %% wrong discriminator_loss: the log of a sigmoid, infinite for large logits
def discriminator_loss(real_logits, fake_logits):
    real = -ops.mean(ops.log(ops.sigmoid(real_logits)))
    return real - ops.mean(ops.log(1 - ops.sigmoid(fake_logits)))


# %% wrong discriminator_loss: Keras's cross-entropy without from_logits
def discriminator_loss(real_logits, fake_logits):
    bce = keras.losses.BinaryCrossentropy()
    real_logits = ops.convert_to_tensor(real_logits)
    fake_logits = ops.convert_to_tensor(fake_logits)
    return (bce(ops.ones_like(real_logits), real_logits)
            + bce(ops.zeros_like(fake_logits), fake_logits))


# %% wrong discriminator_loss: half the sum of both means
def discriminator_loss(real_logits, fake_logits):
    real, fake = ops.mean(ops.softplus(-real_logits)), ops.mean(ops.softplus(fake_logits))
    return (real + fake) / 2


# %% wrong discriminator_loss: one mean over real and fake together
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.concatenate([ops.softplus(-real_logits), ops.softplus(fake_logits)]))


# %% wrong discriminator_loss: a small number in the logarithm, finite but not exact
def discriminator_loss(real_logits, fake_logits):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real + 1e-7)) - ops.mean(ops.log(1 - fake + 1e-7))


# %% wrong discriminator_loss: sums over the images instead of means
def discriminator_loss(real_logits, fake_logits):
    return ops.sum(ops.softplus(-real_logits)) + ops.sum(ops.softplus(fake_logits))


# %% wrong discriminator_loss: real labels smoothed to 0.9
def discriminator_loss(real_logits, fake_logits):
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    real_logits = ops.convert_to_tensor(real_logits)
    fake_logits = ops.convert_to_tensor(fake_logits)
    return (bce(0.9 * ops.ones_like(real_logits), real_logits)
            + bce(ops.zeros_like(fake_logits), fake_logits))


# %% right discriminator_loss: Keras's cross-entropy from logits
def discriminator_loss(real_logits, fake_logits):
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    real_logits = ops.convert_to_tensor(real_logits)
    fake_logits = ops.convert_to_tensor(fake_logits)
    return (bce(ops.ones_like(real_logits), real_logits)
            + bce(ops.zeros_like(fake_logits), fake_logits))


# %% right discriminator_loss: log-sigmoids, sums divided by the lengths
def discriminator_loss(real_logits, fake_logits):
    n, m = real_logits.shape[0], fake_logits.shape[0]
    real = ops.sum(ops.log_sigmoid(real_logits)) / n
    fake = ops.sum(ops.log_sigmoid(-1.0 * fake_logits)) / m
    return -(real + fake)


# %% wrong generator_loss: log(1 − σ), the loss that saturates
def generator_loss(fake_logits):
    return -ops.mean(ops.softplus(fake_logits))


# %% wrong generator_loss: softplus without the minus, "fake" is rewarded
def generator_loss(fake_logits):
    return ops.mean(ops.softplus(fake_logits))


# %% wrong generator_loss: the log of a sigmoid, infinite at −1000
def generator_loss(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits)))


# %% wrong generator_loss: Keras's cross-entropy without from_logits
def generator_loss(fake_logits):
    fake_logits = ops.convert_to_tensor(fake_logits)
    return keras.losses.BinaryCrossentropy()(ops.ones_like(fake_logits), fake_logits)


# %% wrong generator_loss: a loss for each image, the mean is missing
def generator_loss(fake_logits):
    return ops.softplus(-fake_logits)


# %% wrong generator_loss: log σ, the minus before it is forgotten
def generator_loss(fake_logits):
    return ops.mean(ops.log_sigmoid(fake_logits))


# %% wrong generator_loss: the sigmoid is clipped at 1e-7 before the log, no gradient beyond
def generator_loss(fake_logits):
    return -ops.mean(ops.log(ops.clip(ops.sigmoid(fake_logits), 1e-7, 1.0)))


# %% wrong generator_loss: minus the mean logit, Wasserstein's loss
def generator_loss(fake_logits):
    return -ops.mean(fake_logits)


# %% right generator_loss: logaddexp with 0
def generator_loss(fake_logits):
    x = ops.convert_to_tensor(fake_logits)
    return ops.mean(ops.logaddexp(ops.zeros_like(x), -x))


# %% right generator_loss: cross-entropy from logits with labels "real", averaged by hand
def generator_loss(fake_logits):
    x = ops.convert_to_tensor(fake_logits)
    return ops.mean(ops.binary_crossentropy(ops.ones_like(x), x, from_logits=True))


# %% wrong gan_compute_loss: no constants at all, both losses move both networks
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images, training=True)
    fake = discriminator(fake_images, training=True)
    return discriminator_loss(real, fake) + generator_loss(fake)


# %% wrong gan_compute_loss: the generator's loss also moves the discriminator's weights
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images, training=True)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    judged = discriminator(fake_images, training=True)
    return discriminator_loss(real, fake) + generator_loss(judged)


# %% wrong gan_compute_loss: the fake images are constants in both losses
def gan_compute_loss(discriminator, real_images, fake_images):
    fake_images = ops.stop_gradient(fake_images)
    real = discriminator(real_images, training=True)
    fake = discriminator(fake_images, training=True)
    weights = [ops.stop_gradient(v.value) for v in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(weights, others, fake_images, training=True)
    return discriminator_loss(real, fake) + generator_loss(judged)


# %% wrong gan_compute_loss: the fake images are not made constants in the discriminator's loss
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images, training=True)
    fake = discriminator(fake_images, training=True)
    weights = [ops.stop_gradient(v.value) for v in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(weights, others, fake_images, training=True)
    return discriminator_loss(real, fake) + generator_loss(judged)


# %% wrong gan_compute_loss: stops the gradient at the fake logits, so no lesson from fakes
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images, training=True)
    fake = ops.stop_gradient(discriminator(fake_images, training=True))
    weights = [ops.stop_gradient(v.value) for v in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(weights, others, fake_images, training=True)
    return discriminator_loss(real, fake) + generator_loss(judged)


# %% wrong gan_compute_loss: the discriminator is called without training=True
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images)
    fake = discriminator(ops.stop_gradient(fake_images))
    weights = [ops.stop_gradient(v.value) for v in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(weights, others, fake_images)
    return discriminator_loss(real, fake) + generator_loss(judged)


# %% wrong gan_compute_loss: the generator's term is the saturating one, minus its part of the other loss
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images, training=True)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    weights = [ops.stop_gradient(v.value) for v in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(weights, others, fake_images, training=True)
    return discriminator_loss(real, fake) - ops.mean(ops.softplus(judged))


# %% wrong gan_compute_loss: the mean of both losses instead of the sum
def gan_compute_loss(discriminator, real_images, fake_images):
    real = discriminator(real_images, training=True)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    weights = [ops.stop_gradient(v.value) for v in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(weights, others, fake_images, training=True)
    return (discriminator_loss(real, fake) + generator_loss(judged)) / 2


# %% right gan_compute_loss: a StatelessScope maps each weight to its constant
def gan_compute_loss(discriminator, real_images, fake_images):
    d_loss = discriminator_loss(
        discriminator(real_images, training=True),
        discriminator(ops.stop_gradient(fake_images), training=True))
    frozen = [(v, ops.stop_gradient(v.value)) for v in discriminator.trainable_variables]
    with keras.StatelessScope(state_mapping=frozen):
        logits = discriminator(fake_images, training=True)
    return d_loss + generator_loss(logits)


# %% right gan_compute_loss: helper for the frozen call, losses written out with softplus
def frozen_call(model, images):
    constants = list(map(ops.stop_gradient, model.trainable_variables))
    outputs, _ = model.stateless_call(
        constants, model.non_trainable_variables, images, training=True)
    return outputs


def gan_compute_loss(discriminator, real_images, fake_images):
    for_generator = ops.mean(ops.softplus(-frozen_call(discriminator, fake_images)))
    real = ops.mean(ops.softplus(-discriminator(real_images, training=True)))
    constant = ops.stop_gradient(fake_images)
    fake = ops.mean(ops.softplus(discriminator(constant, training=True)))
    return for_generator + real + fake


# %% wrong build_vocabulary: equally frequent words stand as they first occur in the text
def build_vocabulary(tokens, min_count):
    pairs = [(w, n) for w, n in Counter(tokens).most_common() if n >= min_count]
    return [w for w, _ in pairs], np.array([n for _, n in pairs], dtype="int64")


# %% wrong build_vocabulary: words that occur exactly min_count times are left out
def build_vocabulary(tokens, min_count):
    counter = Counter(tokens)
    words = sorted((w for w in counter if counter[w] > min_count), key=lambda w: (-counter[w], w))
    return words, np.array([counter[w] for w in words], dtype="int64")


# %% wrong build_vocabulary: equally frequent words in reversed alphabet, all of the sort is reversed
def build_vocabulary(tokens, min_count):
    pairs = sorted(((n, w) for w, n in Counter(tokens).items() if n >= min_count), reverse=True)
    return [w for _, w in pairs], np.array([n for n, _ in pairs], dtype="int64")


# %% wrong build_vocabulary: counts as a list
def build_vocabulary(tokens, min_count):
    counter = Counter(tokens)
    words = [w for w in counter if counter[w] >= min_count]
    words.sort(key=lambda w: (-counter[w], w))
    return words, [counter[w] for w in words]


# %% wrong build_vocabulary: the rarest first
def build_vocabulary(tokens, min_count):
    counter = Counter(tokens)
    words = sorted((w for w in counter if counter[w] >= min_count), key=lambda w: (counter[w], w))
    return words, np.array([counter[w] for w in words], dtype="int64")


# %% wrong build_vocabulary: in the order of the alphabet only
def build_vocabulary(tokens, min_count):
    words, counts = np.unique(tokens, return_counts=True)
    often = counts >= min_count
    return [str(w) for w in words[often]], counts[often].astype("int64")


# %% wrong build_vocabulary: a dict from words to ids instead of the list
def build_vocabulary(tokens, min_count):
    counter = Counter(tokens)
    words = sorted((w for w in counter if counter[w] >= min_count), key=lambda w: (-counter[w], w))
    counts = np.array([counter[w] for w in words], dtype="int64")
    return {w: i for i, w in enumerate(words)}, counts


# %% wrong build_vocabulary: counts of all words, the rare ones too
def build_vocabulary(tokens, min_count):
    counter = Counter(tokens)
    ordered = sorted(counter, key=lambda w: (-counter[w], w))
    words = [w for w in ordered if counter[w] >= min_count]
    return words, np.array([counter[w] for w in ordered], dtype="int64")


# %% right build_vocabulary: two stable sorts, one after the other
def build_vocabulary(tokens, min_count):
    counts = {}
    for token in tokens:
        counts[token] = counts.get(token, 0) + 1
    kept = sorted(counts)
    kept = [w for w in sorted(kept, key=counts.get, reverse=True) if counts[w] >= min_count]
    return kept, np.fromiter((counts[w] for w in kept), dtype=np.int64)


# %% right build_vocabulary: pairs of minus count and word, sorted
def build_vocabulary(tokens, min_count):
    pairs = sorted((-n, w) for w, n in Counter(tokens).items())
    words, counts = [], []
    for minus, word in pairs:
        if -minus < min_count:
            break
        words.append(word)
        counts.append(-minus)
    return words, np.array(counts, dtype="int64")


# %% wrong skipgram_pairs: one draw for each word of the vocabulary, not for each token
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[(rng.random(len(keep_probability)) < keep_probability)[token_ids]]
    a = [kept[:-d] for d in range(1, window + 1)]
    b = [kept[d:] for d in range(1, window + 1)]
    return np.concatenate(a + b), np.concatenate(b + a)


# %% wrong skipgram_pairs: contexts to the right only
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
    centers = [kept[:-d] for d in range(1, window + 1)]
    contexts = [kept[d:] for d in range(1, window + 1)]
    return np.concatenate(centers), np.concatenate(contexts)


# %% wrong skipgram_pairs: what is kept doesn't close up, the window counts dropped tokens
def skipgram_pairs(token_ids, window, keep_probability, rng):
    keep = rng.random(len(token_ids)) < keep_probability[token_ids]
    centers, contexts = [], []
    for i in range(len(token_ids)):
        for j in range(max(0, i - window), min(len(token_ids), i + window + 1)):
            if i != j and keep[i] and keep[j]:
                centers.append(token_ids[i])
                contexts.append(token_ids[j])
    return np.array(centers, dtype=int), np.array(contexts, dtype=int)


# %% wrong skipgram_pairs: the window is one too narrow
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
    centers, contexts = [kept[:0]], [kept[:0]]
    for d in range(1, window):
        centers += [kept[:-d], kept[d:]]
        contexts += [kept[d:], kept[:-d]]
    return np.concatenate(centers), np.concatenate(contexts)


# %% wrong skipgram_pairs: each token is also paired with itself
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
    centers, contexts = [], []
    for i, center in enumerate(kept):
        for context in kept[max(0, i - window) : i + window + 1]:
            centers.append(center)
            contexts.append(context)
    return np.array(centers, dtype=int), np.array(contexts, dtype=int)


# %% wrong skipgram_pairs: keeps with the probability of dropping
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.random(len(token_ids)) > keep_probability[token_ids]]
    a = [kept[:-d] for d in range(1, window + 1)]
    b = [kept[d:] for d in range(1, window + 1)]
    return np.concatenate(a + b), np.concatenate(b + a)


# %% wrong skipgram_pairs: drops pairs of a word with the same word elsewhere, compares ids not places
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
    pairs = []
    for i, center in enumerate(kept):
        for context in kept[max(0, i - window) : i + window + 1]:
            if context != center:
                pairs.append((center, context))
    pairs = np.array(pairs, dtype=int).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


# %% wrong skipgram_pairs: np.roll, so the end of the text is a neighbour of its beginning
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
    shifts = [d for d in range(-window, window + 1) if d != 0]
    centers = np.concatenate([kept for _ in shifts])
    contexts = np.concatenate([np.roll(kept, d) for d in shifts])
    return centers, contexts


# %% right skipgram_pairs: two nested loops over places
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = [t for t in token_ids if rng.random() < keep_probability[t]]
    centers, contexts = [], []
    for i in range(len(kept)):
        for j in range(i - window, i + window + 1):
            if 0 <= j < len(kept) and j != i:
                centers.append(kept[i])
                contexts.append(kept[j])
    return np.array(centers, dtype=np.int64), np.array(contexts, dtype=np.int64)


# %% right skipgram_pairs: binomial draws, and a table of all places in all windows, masked
def skipgram_pairs(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.binomial(1, keep_probability[token_ids]).astype(bool)]
    offsets = np.delete(np.arange(-window, window + 1), window)
    places = np.arange(len(kept))[:, None] + offsets
    inside = (places >= 0) & (places < len(kept))
    rows = np.nonzero(inside)[0]
    return kept[rows], kept[places[inside]]


# %% wrong nearest_words: the dot product, not the cosine
def nearest_words(vectors, index, k):
    scores = vectors @ vectors[index]
    scores[index] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong nearest_words: the word itself comes first
def nearest_words(vectors, index, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.argsort(-(unit @ unit[index]))[:k]


# %% wrong nearest_words: the word itself gets the score 0, so it comes before opposite words
def nearest_words(vectors, index, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = unit @ unit[index]
    scores[index] = 0
    return np.argsort(-scores)[:k]


# %% wrong nearest_words: skips the first, which need not be the word itself where vectors are parallel
def nearest_words(vectors, index, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.argsort(-(unit @ unit[index]), kind="stable")[1 : k + 1]


# %% wrong nearest_words: by Euclidean distance
def nearest_words(vectors, index, k):
    distances = np.linalg.norm(vectors - vectors[index], axis=1)
    distances[index] = np.inf
    return np.argsort(distances)[:k]


# %% wrong nearest_words: scales in place, so the caller's vectors change
def nearest_words(vectors, index, k):
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = vectors @ vectors[index]
    scores[index] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong nearest_words: norms along the wrong axis, a column each
def nearest_words(vectors, index, k):
    unit = vectors / np.linalg.norm(vectors, axis=0)
    scores = unit @ unit[index]
    scores[index] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong nearest_words: deletes the word's score, so all later ids are one too small
def nearest_words(vectors, index, k):
    lengths = np.linalg.norm(vectors, axis=1)
    cosines = vectors @ vectors[index] / (lengths * lengths[index])
    return np.argsort(-np.delete(cosines, index))[:k]


# %% right nearest_words: Python's sorted over all other ids
def nearest_words(vectors, index, k):
    query = vectors[index]

    def cosine(i):
        return np.dot(vectors[i], query) / np.linalg.norm(vectors[i]) / np.linalg.norm(query)

    others = [i for i in range(len(vectors)) if i != index]
    return np.array(sorted(others, key=cosine, reverse=True)[:k])


# %% right nearest_words: distance between unit vectors, then the word itself is filtered out
def nearest_words(vectors, index, k):
    unit = vectors / np.sqrt(np.einsum("vd,vd->v", vectors, vectors))[:, None]
    order = np.argsort(((unit - unit[index]) ** 2).sum(axis=1))
    return order[order != index][:k]


# %% wrong analogy: the given words are not shut out
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.argsort(-(unit @ (unit[b] - unit[a] + unit[c])))[:k]


# %% wrong analogy: the vectors are not scaled to length one before they are added
def analogy(vectors, a, b, c, k):
    target = vectors[b] - vectors[a] + vectors[c]
    scores = vectors @ target / np.linalg.norm(vectors, axis=1)
    scores[[a, b, c]] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong analogy: a − b + c instead of b − a + c
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = unit @ (unit[a] - unit[b] + unit[c])
    scores[[a, b, c]] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong analogy: candidates by the dot product with the raw vectors
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = vectors @ (unit[b] - unit[a] + unit[c])
    scores[[a, b, c]] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong analogy: shuts out c only
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    scores[c] = -np.inf
    return np.argsort(-scores)[:k]


# %% wrong analogy: the given words leave the list after it was cut to k, so some are missing
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    best = np.argsort(-(unit @ (unit[b] - unit[a] + unit[c])))[:k]
    return best[~np.isin(best, [a, b, c])]


# %% wrong analogy: the given words get the score 0, so they come before opposite words
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    scores[[a, b, c]] = 0
    return np.argsort(-scores)[:k]


# %% wrong analogy: compares directions of differences, the cosine of d − c with b − a
def analogy(vectors, a, b, c, k):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    gaps = unit - unit[c]
    scores = gaps @ (unit[b] - unit[a]) / (np.linalg.norm(gaps, axis=1) + 1e-9)
    scores[[a, b, c]] = -np.inf
    return np.argsort(-scores)[:k]


# %% right analogy: a loop over candidates, sorted by the full cosine
def analogy(vectors, a, b, c, k):
    unit = [v / np.linalg.norm(v) for v in vectors]
    target = unit[b] - unit[a] + unit[c]
    candidates = [i for i in range(len(unit)) if i not in (a, b, c)]
    candidates.sort(key=lambda i: -float(unit[i] @ target))
    return np.array(candidates[:k])


# %% right analogy: the sum of three columns of the table of cosines
def analogy(vectors, a, b, c, k):
    lengths = np.sqrt((vectors**2).sum(axis=1))
    near = (vectors @ vectors[[a, b, c]].T) / np.outer(lengths, lengths[[a, b, c]])
    score = near @ np.array([-1.0, 1.0, 1.0])
    order = np.argsort(score)[::-1]
    return order[~np.isin(order, (a, b, c))][:k]


# %% wrong negative_samples: by the counts themselves, without the power
def negative_samples(counts, shape, rng):
    return rng.choice(len(counts), size=shape, p=counts / counts.sum())


# %% wrong negative_samples: the power is taken of the shares, which then don't add up to one
def negative_samples(counts, shape, rng):
    p = (counts / counts.sum()) ** 0.75
    return rng.choice(len(counts), size=shape, p=p)


# %% wrong negative_samples: all ids alike
def negative_samples(counts, shape, rng):
    return rng.integers(0, len(counts), size=shape)


# %% wrong negative_samples: the power 4/3 instead of 3/4
def negative_samples(counts, shape, rng):
    p = counts ** (4 / 3)
    return rng.choice(len(counts), size=shape, p=p / p.sum())


# %% wrong negative_samples: 3 // 4 is 0, so all ids are alike, even those with a count of 0
def negative_samples(counts, shape, rng):
    p = counts ** (3 // 4)
    return rng.choice(len(counts), size=shape, p=p / p.sum())


# %% wrong negative_samples: NumPy's global generator instead of rng
def negative_samples(counts, shape, rng):
    p = counts**0.75
    return np.random.choice(len(counts), size=shape, p=p / p.sum())


# %% wrong negative_samples: draws without replacement within a row
def negative_samples(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    rows = [rng.choice(len(counts), shape[-1], replace=False, p=p)
            for _ in range(int(np.prod(shape[:-1])))]
    return np.array(rows).reshape(shape)


# %% wrong negative_samples: one row of negatives is drawn and repeated for all pairs
def negative_samples(counts, shape, rng):
    p = counts**0.75
    row = rng.choice(len(counts), size=shape[-1], p=p / p.sum())
    return np.broadcast_to(row, shape).copy()


# %% right negative_samples: the cumulative sum and searchsorted
def negative_samples(counts, shape, rng):
    edges = np.cumsum(np.asarray(counts, dtype="float64") ** 0.75)
    return np.searchsorted(edges, rng.random(shape) * edges[-1], side="right")


# %% right negative_samples: the cube of the fourth root, flat draws reshaped
def negative_samples(counts, shape, rng):
    weights = np.array([np.sqrt(np.sqrt(float(n))) ** 3 for n in counts])
    flat = rng.choice(np.arange(len(counts)), int(np.prod(shape)), p=weights / weights.sum())
    return flat.reshape(shape)


# %% wrong sgns_loss: the mean over the negatives instead of their sum
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors[:, None] * negative_vectors, axis=-1)
    return ops.mean(ops.softplus(-true)) + ops.mean(ops.softplus(false))


# %% wrong sgns_loss: the log of a sigmoid, infinite for large scores
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors[:, None] * negative_vectors, axis=-1)
    near, far = ops.log(ops.sigmoid(true)), ops.log(ops.sigmoid(-false))
    return -ops.mean(near + ops.sum(far, axis=-1))


# %% wrong sgns_loss: the negatives' sign is forgotten, they too are pulled near
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors[:, None] * negative_vectors, axis=-1)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(-false), axis=-1))


# %% wrong sgns_loss: the sum over the batch instead of the mean
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.einsum("bd,bd->b", center_vectors, context_vectors)
    false = ops.einsum("bd,bkd->bk", center_vectors, negative_vectors)
    return ops.sum(ops.softplus(-true)) + ops.sum(ops.softplus(false))


# %% wrong sgns_loss: a small number in the logarithm, finite but not exact
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors[:, None] * negative_vectors, axis=-1)
    near = ops.log(ops.sigmoid(true) + 1e-9)
    far = ops.log(ops.sigmoid(-false) + 1e-9)
    return -ops.mean(near + ops.sum(far, axis=-1))


# %% wrong sgns_loss: the negatives are compared with the context, not the centre
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(context_vectors[:, None] * negative_vectors, axis=-1)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), axis=-1))


# %% wrong sgns_loss: NumPy instead of Keras ops, so no gradient
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    center, context, negative = (ops.convert_to_numpy(x) for x in (
        center_vectors, context_vectors, negative_vectors))
    true = np.sum(center * context, axis=-1)
    false = np.sum(center[:, None] * negative, axis=-1)
    loss = np.logaddexp(0, -true) + np.logaddexp(0, false).sum(axis=-1)
    return ops.convert_to_tensor(np.float32(loss.mean()))


# %% wrong sgns_loss: the scores of the negatives are summed before the softplus
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors[:, None] * negative_vectors, axis=(1, 2))
    return ops.mean(ops.softplus(-true) + ops.softplus(false))


# %% right sgns_loss: matrix products and log_sigmoid
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    center = ops.expand_dims(center_vectors, -1)  # (B, D, 1)
    scores = ops.matmul(negative_vectors, center)[..., 0]  # (B, K)
    true = ops.matmul(ops.expand_dims(context_vectors, 1), center)[:, 0, 0]  # (B,)
    return -ops.mean(ops.log_sigmoid(true)) - ops.mean(ops.sum(ops.log_sigmoid(-scores), axis=1))


# %% right sgns_loss: all contexts in one array, with signs
def sgns_loss(center_vectors, context_vectors, negative_vectors):
    everything = ops.concatenate(
        [-ops.expand_dims(context_vectors, 1), ops.convert_to_tensor(negative_vectors)], axis=1)
    scores = ops.einsum("bd,bkd->bk", center_vectors, everything)
    return ops.mean(ops.sum(ops.softplus(scores), axis=-1))


# %% wrong build_denoiser: returns the noise, the subtraction is missing
def build_denoiser(img_shape, filters):
    inp = keras.Input(img_shape)
    x = layers.Conv2D(filters, 4, strides=2, padding="same", activation="elu")(inp)
    x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    out = layers.Conv2DTranspose(img_shape[-1], 4, strides=2, padding="same")(x)
    return keras.Model(inp, out)


# %% wrong build_denoiser: a plain Sequential, so the input can't be used again
def build_denoiser(img_shape, filters):
    return keras.Sequential([
        keras.Input(img_shape),
        layers.Conv2D(filters, 4, 2, padding="same", activation="elu"),
        layers.Conv2D(filters, 3, padding="same", activation="elu"),
        layers.Conv2D(filters, 3, padding="same", activation="elu"),
        layers.Conv2D(filters, 3, padding="same", activation="elu"),
        layers.Conv2DTranspose(img_shape[-1], 4, 2, padding="same"),
        layers.Subtract() if False else layers.Activation("linear")])


# %% wrong build_denoiser: an ELU behind the last layer as well
def build_denoiser(img_shape, filters):
    inp = x = keras.Input(img_shape)
    x = layers.Conv2D(filters, 4, strides=2, padding="same", activation="elu")(x)
    for i in range(3):
        x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    x = layers.Conv2DTranspose(img_shape[2], 4, strides=2, padding="same", activation="elu")(x)
    return keras.Model(inp, inp - x)


# %% wrong build_denoiser: three channels whatever the image has
def build_denoiser(img_shape, filters):
    inp = x = keras.Input(img_shape)
    x = layers.Conv2D(filters, 4, strides=2, padding="same", activation="elu")(x)
    for i in range(3):
        x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    x = layers.Conv2DTranspose(3, 4, strides=2, padding="same")(x)
    return keras.Model(inp, layers.subtract([inp, x]))


# %% wrong build_denoiser: stride 2 in every convolution
def build_denoiser(img_shape, filters):
    inp = x = keras.Input(img_shape)
    for kernel in (4, 3, 3, 3):
        x = layers.Conv2D(filters, kernel, strides=2, padding="same", activation="elu")(x)
    x = layers.Conv2DTranspose(img_shape[-1], 4, strides=2, padding="same")(x)
    return keras.Model(inp, inp - x)


# %% right build_denoiser: add with a minus
def build_denoiser(img_shape, filters):
    inputs = keras.layers.Input(shape=img_shape)
    h = inputs
    for k, s in ((4, 2), (3, 1), (3, 1), (3, 1)):
        h = layers.Conv2D(filters, k, strides=s, padding="same")(h)
        h = layers.ELU()(h)
    noise = layers.Conv2DTranspose(img_shape[-1], kernel_size=4, strides=2, padding="same")(h)
    return keras.Model(inputs, layers.Add()([inputs, -noise]))


# %% right build_denoiser: the noise finder as a model of its own
def build_denoiser(img_shape, filters):
    finder = keras.Sequential(name="finder")
    finder.add(keras.Input(img_shape))
    finder.add(layers.Conv2D(filters, 4, strides=2, activation="elu", padding="same"))
    for _ in range(3):
        finder.add(layers.Conv2D(filters, 3, activation="elu", padding="same"))
    finder.add(layers.Conv2DTranspose(img_shape[-1], 4, strides=2, padding="same"))
    image = keras.Input(img_shape)
    return keras.Model(image, image - finder(image))


# %% wrong denoise_epoch: no shuffling
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    for i in range(0, len(images), batch_size):
        batch = images[i:i + batch_size]
        denoiser.train_on_batch(apply_gaussian_noise(batch, sigma, rng), batch)


# %% wrong denoise_epoch: the target is the noisy image
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    idx = rng.permutation(len(images))
    for i in range(0, len(idx), batch_size):
        noisy = apply_gaussian_noise(images[idx[i:i + batch_size]], sigma, rng)
        denoiser.train_on_batch(noisy, noisy)


# %% wrong denoise_epoch: the images left over are skipped
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    idx = rng.permutation(len(images))
    for b in range(len(images) // batch_size):
        clean = images[idx[b * batch_size:(b + 1) * batch_size]]
        denoiser.train_on_batch(apply_gaussian_noise(clean, sigma, rng), clean)


# %% wrong denoise_epoch: batches by choice, with replacement
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    n = len(images)
    for i in range(0, n, batch_size):
        clean = images[rng.choice(n, min(batch_size, n - i))]
        denoiser.train_on_batch(apply_gaussian_noise(clean, sigma, rng), clean)


# %% wrong denoise_epoch: np.random shuffles
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    idx = np.random.permutation(len(images))
    for i in range(0, len(images), batch_size):
        clean = images[idx[i:i + batch_size]]
        denoiser.train_on_batch(apply_gaussian_noise(clean, sigma, rng), clean)


# %% wrong denoise_epoch: shuffles the caller's images in place
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    rng.shuffle(images)
    for i in range(0, len(images), batch_size):
        clean = images[i:i + batch_size]
        denoiser.train_on_batch(apply_gaussian_noise(clean, sigma, rng), clean)


# %% right denoise_epoch: noise for all first, then a while loop
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    noisy = apply_gaussian_noise(images, sigma, rng)
    idx = rng.permutation(len(images))
    while len(idx) > 0:
        now, idx = idx[:batch_size], idx[batch_size:]
        denoiser.train_on_batch(noisy[now], images[now])


# %% right denoise_epoch: array_split by hand-made borders
def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    order = np.arange(images.shape[0])
    rng.shuffle(order)
    borders = list(range(batch_size, images.shape[0], batch_size))
    for part in np.array_split(images[order], borders):
        loss = denoiser.train_on_batch(part + rng.normal(0.0, sigma, size=part.shape), part)
    return loss


# %% wrong frechet: elementwise root of the product
def frechet(codes, others):
    m = codes.mean(0) - others.mean(0)
    a, b = np.cov(codes.T), np.cov(others.T)
    return m @ m + np.trace(a) + np.trace(b) - 2 * np.trace(np.sqrt(np.abs(a @ b)))


# %% wrong frechet: np.cov without transposing
def frechet(codes, others):
    m = codes.mean(0) - others.mean(0)
    n = min(len(codes), len(others))
    a, b = np.cov(codes[:n]), np.cov(others[:n])
    roots = np.sqrt(np.abs(np.linalg.eigvals(a @ b)))
    return float(m @ m + np.trace(a) + np.trace(b) - 2 * roots.sum())


# %% wrong frechet: the means' distance isn't squared
def frechet(codes, others):
    gap = np.linalg.norm(codes.mean(axis=0) - others.mean(axis=0))
    a, b = np.cov(codes, rowvar=False), np.cov(others, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(a @ b).real.clip(0))
    return float(gap + np.trace(a + b) - 2 * roots.sum())


# %% wrong frechet: eigenvalues summed without a root
def frechet(codes, others):
    gap = codes.mean(axis=0) - others.mean(axis=0)
    a, b = np.cov(codes.T), np.cov(others.T)
    return float(gap @ gap + np.trace(a) + np.trace(b) - 2 * np.linalg.eigvals(a @ b).real.sum())


# %% wrong frechet: the roots are subtracted once
def frechet(codes, others):
    gap = codes.mean(axis=0) - others.mean(axis=0)
    a, b = np.cov(codes.T), np.cov(others.T)
    roots = np.sqrt(np.linalg.eigvals(a @ b).real.clip(0))
    return float(np.sum(gap**2) + np.trace(a) + np.trace(b) - roots.sum())


# %% right frechet: complex roots, the real part at the end
def frechet(codes, others):
    m1, m2 = np.mean(codes, axis=0), np.mean(others, axis=0)
    c1, c2 = np.cov(codes, rowvar=False), np.cov(others, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(c1 @ c2).astype(complex))
    return float(np.linalg.norm(m1 - m2)**2 + np.trace(c1) + np.trace(c2) - 2 * np.sum(roots).real)


# %% right frechet: covariances by hand
def frechet(codes, others):
    total, roots = 0.0, []
    for cloud in (codes, others):
        d = np.asarray(cloud, float) - np.mean(cloud, axis=0)
        cov = d.T @ d / (len(cloud) - 1)
        w, v = np.linalg.eigh(cov)
        roots.append(v @ np.diag(np.sqrt(np.maximum(w, 0))) @ v.T)
        total += np.trace(cov)
    total -= 2 * np.linalg.norm(roots[0] @ roots[1], "nuc")
    return total + np.sum((np.mean(codes, axis=0) - np.mean(others, axis=0))**2)


# %% wrong draw_examples: centres and contexts are shuffled each for itself
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    n = len(centers) // batch_size * batch_size
    centers = rng.permutation(centers)[:n]
    contexts = rng.permutation(contexts)[:n]
    return [centers, contexts, negative_samples(counts, (n, num_negatives), rng)]


# %% wrong draw_examples: not shuffled
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    n = len(centers) // batch_size * batch_size
    return [centers[:n], contexts[:n], negative_samples(counts, (n, num_negatives), rng)]


# %% wrong draw_examples: negatives for all pairs, also those left out
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    order = rng.permutation(len(centers))
    negatives = negative_samples(counts, (len(centers), num_negatives), rng)
    order = order[:len(order) - len(order) % batch_size]
    return [centers[order], contexts[order], negatives]


# %% wrong draw_examples: the batches aren't full
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    p = rng.permutation(len(centers))
    return [centers[p], contexts[p], negative_samples(counts, (len(p), num_negatives), rng)]


# %% wrong draw_examples: one negative vector of K for the whole epoch
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    p = rng.permutation(len(centers))[:len(centers) // batch_size * batch_size]
    one = negative_samples(counts, (num_negatives,), rng)
    return [centers[p], contexts[p], np.repeat(one[None], len(p), axis=0)]


# %% right draw_examples: np.split off the rest, a tuple
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    a, b = skipgram_pairs(token_ids, window, keep, rng)
    p = np.arange(a.size)
    rng.shuffle(p)
    rest = a.size % batch_size
    p = p[rest:]
    return a[p], b[p], negative_samples(counts, (p.size, num_negatives), rng)


# %% right draw_examples: batch after batch, then concatenated
def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    order = rng.permutation(len(centers))
    parts = [[], [], []]
    for s in range(0, len(order) - batch_size + 1, batch_size):
        rows = order[s:s + batch_size]
        parts[0].append(centers[rows])
        parts[1].append(contexts[rows])
        parts[2].append(negative_samples(counts, (batch_size, num_negatives), rng))
    return [np.concatenate(part) for part in parts]


# %% wrong nearest_distances: np.argmin, so indices are returned
def nearest_distances(images, others):
    A = images.reshape(len(images), -1)
    B = others.reshape(len(others), -1)
    d2 = np.sum(A**2, 1)[:, None] + np.sum(B**2, 1)[None] - 2 * A @ B.T
    return np.argmin(d2, axis=1)


# %% wrong nearest_distances: the root is forgotten
def nearest_distances(images, others):
    a = images.reshape(images.shape[0], -1)
    b = others.reshape(others.shape[0], -1)
    d = (a * a).sum(1, keepdims=True) + (b * b).sum(1) - 2 * np.dot(a, b.T)
    return np.clip(d, 0, None).min(1)


# %% wrong nearest_distances: no clipping
def nearest_distances(images, others):
    x = images.reshape(len(images), -1).astype(float)
    y = others.reshape(len(others), -1).astype(float)
    sq = (x**2).sum(1).reshape(-1, 1) + (y**2).sum(1).reshape(1, -1) - 2 * (x @ y.T)
    return np.min(np.sqrt(sq), axis=1)


# %% wrong nearest_distances: axis 0, the nearest image of each training face
def nearest_distances(images, others):
    best = []
    for face in others:
        gaps = (images - face).reshape(len(images), -1)
        best.append(np.linalg.norm(gaps, axis=1).min())
    return np.array(best)


# %% wrong nearest_distances: a·b only once
def nearest_distances(images, others):
    a = images.reshape(len(images), -1)
    b = others.reshape(len(others), -1)
    d2 = np.sum(a**2, axis=1)[:, None] + np.sum(b**2, axis=1) - a @ b.T
    return np.sqrt(np.maximum(d2, 0)).min(axis=1)


# %% wrong nearest_distances: RMSE in place of the distance
def nearest_distances(images, others):
    out = np.empty(len(images))
    for i in range(len(images)):
        diff = (others - images[i]).reshape(len(others), -1)
        out[i] = np.sqrt(np.mean(diff**2, axis=1)).min()
    return out


# %% wrong nearest_distances: the sum runs over all of the others
def nearest_distances(images, others):
    result = []
    for image in images:
        result.append(np.sqrt(np.sum((others - image) ** 2)))
    return np.array(result)


# %% wrong nearest_distances: copies aren't counted, as in leaving out oneself
def nearest_distances(images, others):
    out = []
    for a in images:
        d = np.sqrt(((others - a) ** 2).reshape(len(others), -1).sum(axis=1))
        out.append(d[d > 0].min())
    return np.array(out)


# %% right nearest_distances: one image at a time, in single precision
def nearest_distances(images, others):
    flat_others = np.asarray(others, dtype=np.float32).reshape(len(others), -1)
    distances = np.zeros(len(images), dtype=np.float32)
    for i, image in enumerate(images):
        distances[i] = np.min(np.linalg.norm(flat_others - image.ravel(), axis=1))
    return distances


# %% right nearest_distances: all differences at once
def nearest_distances(images, others):
    axes = tuple(range(2, images.ndim + 1))
    return np.sqrt(((images[:, None] - others[None]) ** 2).sum(axis=axes).min(axis=1))


# %% right nearest_distances: scikit-learn
def nearest_distances(images, others):
    from sklearn.metrics import pairwise_distances
    A = images.reshape(len(images), -1)
    B = others.reshape(len(others), -1)
    return pairwise_distances(A, B).min(axis=1)


# %% wrong context_bias: K is missing
def context_bias(contexts, counts, num_negatives):
    p = np.bincount(contexts, minlength=len(counts)) + 1
    p = p / p.sum()
    q = counts**0.75 / np.sum(counts**0.75)
    return np.log(p / q)


# %% wrong context_bias: the log of the share instead of solving for s
def context_bias(contexts, counts, num_negatives):
    true = np.bincount(contexts, minlength=len(counts)) + 1.0
    true /= true.sum()
    noise = counts**0.75
    noise = num_negatives * noise / noise.sum()
    return np.log(true / (true + noise))


# %% wrong context_bias: negatives by the plain counts
def context_bias(contexts, counts, num_negatives):
    p_true = (np.bincount(contexts, minlength=len(counts)) + 1) / (len(contexts) + len(counts))
    p_noise = counts / counts.sum()
    share = p_true / (p_true + num_negatives * p_noise)
    return np.log(share / (1 - share))


# %% wrong context_bias: no plus one
def context_bias(contexts, counts, num_negatives):
    p = np.bincount(contexts, minlength=len(counts)) / len(contexts)
    q = counts**0.75
    q = q / q.sum()
    return np.log(p) - np.log(num_negatives * q)


# %% wrong context_bias: bincount is too short
def context_bias(contexts, counts, num_negatives):
    n = np.bincount(contexts) + 1
    p = n / n.sum()
    w = counts ** (3 / 4)
    return np.log(p / (num_negatives * w / w.sum()))


# %% wrong context_bias: the share is returned
def context_bias(contexts, counts, num_negatives):
    true = np.bincount(contexts, minlength=len(counts)) + 1
    true = true / true.sum()
    false = num_negatives * counts**0.75 / (counts**0.75).sum()
    return true / (true + false)


# %% wrong context_bias: numbers of true pairs against probabilities of negatives
def context_bias(contexts, counts, num_negatives):
    true = np.bincount(contexts, minlength=len(counts)) + 1
    noise = counts**0.75 / np.sum(counts**0.75)
    return np.log(true / (num_negatives * noise))


# %% wrong context_bias: false over true
def context_bias(contexts, counts, num_negatives):
    a = np.bincount(contexts, minlength=len(counts)) + 1
    a = a / a.sum()
    b = num_negatives * counts**0.75 / np.sum(counts**0.75)
    p = b / (a + b)
    return np.log(p / (1 - p))


# %% right context_bias: counted in a loop, solved with the share
def context_bias(contexts, counts, num_negatives):
    seen = np.ones(len(counts))
    for c in contexts:
        seen[c] += 1
    p = seen / seen.sum()
    weights = np.array(counts) ** 0.75
    q = weights / weights.sum()
    share = p / (p + num_negatives * q)
    return -np.log((1 - share) / share)


# %% right context_bias: logs are added, single precision
def context_bias(contexts, counts, num_negatives):
    seen = Counter(contexts.tolist())
    n = np.array([seen[i] + 1 for i in range(len(counts))], dtype="float32")
    log_q = 0.75 * np.log(counts) - np.log(np.sum(counts**0.75))
    return (np.log(n) - np.log(n.sum()) - np.log(num_negatives) - log_q).astype("float32")
