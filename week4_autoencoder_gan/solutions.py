"""Reference solutions of week 4. Stuck? Open the hints in the notebook first."""

import math
from collections import Counter

import keras
import numpy as np
from sklearn.linear_model import LogisticRegression

# --- Autoencoders


def build_pca_autoencoder(img_shape, code_size):
    """Return (encoder, decoder), each one dense layer with a bias and without an activation.

    Trained to give back its input, the pair can do no better than principal component analysis,
    which computes the best of all linear codes directly.

    img_shape: (H, W, C); code_size: int. Returns two keras.Model:
    (n, H, W, C) images -> (n, code_size) codes, and the way back.
    """
    layers = keras.layers
    encode = [keras.Input(img_shape), layers.Flatten(), layers.Dense(code_size)]
    size = math.prod(img_shape)
    decode = [keras.Input((code_size,)), layers.Dense(size), layers.Reshape(img_shape)]
    return keras.Sequential(encode), keras.Sequential(decode)


def build_deep_autoencoder(img_shape, code_size):
    """Return (encoder, decoder) of convolutions. At 32×32×3 and code 32: 421,216 + 421,955
    parameters.

    Encoder: four times a 3×3 convolution, "same", with ELU, and a 2×2 max pooling; 32, 64, 128
    and 256 filters. Then flatten and a dense layer, without an activation: the code.
    Decoder: a dense layer with ELU to as many numbers as were flattened, reshape to the grid
    that the encoder ended in, then four 3×3 transposed convolutions of stride 2, "same", of
    128, 64, 32 and C filters, with ELU but for the last, which has no activation.

    img_shape: (H, W, C), H and W multiples of 16; code_size: int. Returns two keras.Model:
    (n, H, W, C) images -> (n, code_size) codes, and the way back.
    """
    layers, (height, width, channels) = keras.layers, img_shape
    encoder = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128, 256):
        encoder.add(layers.Conv2D(filters, 3, padding="same", activation="elu"))
        encoder.add(layers.MaxPooling2D())
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size))
    grid = (height // 16, width // 16, 256)
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(math.prod(grid), activation="elu"))
    decoder.add(layers.Reshape(grid))
    for filters in (128, 64, 32):
        decoder.add(layers.Conv2DTranspose(filters, 3, 2, padding="same", activation="elu"))
    decoder.add(layers.Conv2DTranspose(channels, 3, 2, padding="same"))
    return encoder, decoder


def apply_gaussian_noise(images, sigma, rng):
    """Return the images with noise added: to every number its own, normal, of mean 0.

    Nothing is cut off at the ends of the range: else the noise of black and white would not
    have mean 0.

    images: (n, H, W, C) float32, −0.5 to 0.5; sigma: float ≥ 0, the noise's standard deviation;
    rng: numpy.random.Generator, the only source of chance. Returns a new float32 array of the
    same shape.
    """
    return images + sigma * rng.standard_normal(images.shape, dtype="float32")


def build_denoiser(img_shape, filters):
    """Return a network that finds the noise in images, and takes it away.

    Finding the noise: a 4×4 convolution of stride 2, then three 3×3 convolutions, all of them
    "same", with ELU and the given number of filters; then a 4×4 transposed convolution of
    stride 2, "same", that gives as many channels as an image has, without an activation. The
    network returns its input minus that.

    img_shape: (H, W, C), H and W even; filters: int. Returns a keras.Model:
    (n, H, W, C) noisy images -> (n, H, W, C) images.
    """
    layers, noisy = keras.layers, keras.Input(img_shape)
    x = layers.Conv2D(filters, 4, strides=2, padding="same", activation="elu")(noisy)
    for _ in range(3):
        x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    noise = layers.Conv2DTranspose(img_shape[-1], 4, strides=2, padding="same")(x)
    return keras.Model(noisy, layers.Subtract()([noisy, noise]))


def denoise_epoch(denoiser, images, sigma, batch_size, rng):
    """Train a network for one epoch to give back clean images where it gets noisy ones.

    Shuffle the images, then cut them into batches; the last one may be smaller. For each batch,
    draw fresh noise of standard deviation sigma, as `apply_gaussian_noise` does, and take one
    step: `denoiser.train_on_batch(input, target)`.

    denoiser: a compiled keras.Model; images: (n, H, W, C) float32, which stay as they are;
    sigma: float ≥ 0; batch_size: int ≥ 1; rng: numpy.random.Generator, the only source of
    chance. Returns nothing.
    """
    order = rng.permutation(len(images))
    for start in range(0, len(images), batch_size):
        clean = images[order[start : start + batch_size]]
        denoiser.train_on_batch(apply_gaussian_noise(clean, sigma, rng), clean)


def find_similar(codes, query_code, k):
    """Return the row numbers of the k codes nearest to the query, the nearest first.

    Near means a small Euclidean distance; of equally near codes the first row comes first. A
    code that equals the query is the nearest, and belongs to the result.

    codes: (n, code_size) float; query_code: (code_size,) float; k: int, 1 to n.
    Returns (k,) int, row numbers.
    """
    distances = np.square(codes - query_code).sum(axis=1)
    return np.argsort(distances, kind="stable")[:k]


def morph(encoder, decoder, image_a, image_b, steps):
    """Return pictures on the way from one image to another, through code space.

    The codes lie on the straight line between both images' codes, at equal distances; the first
    picture is what the decoder makes of image a's own code, the last that of image b's.

    encoder, decoder: keras.Model, as above; image_a, image_b: (H, W, C) float; steps: int ≥ 2.
    Returns (steps, H, W, C) float32.
    """
    code_a, code_b = encoder.predict(np.stack([image_a, image_b]), verbose=0)
    return decoder.predict(np.linspace(code_a, code_b, steps), verbose=0)


def attribute_vector(codes, has_attribute):
    """Return the step in code space that puts an attribute on a face.

    It is the mean code of the faces that have it minus the mean code of those that don't.

    codes: (n, code_size) float; has_attribute: (n,) of 0 and 1, int or bool, some of each.
    Returns (code_size,) float.
    """
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[has_it].mean(axis=0) - codes[~has_it].mean(axis=0)


def few_label_accuracy(features, labels, num_labeled, rng):
    """Return the accuracy of a linear classifier that saw the labels of only a few rows.

    Scale every column to mean 0 and standard deviation 1 over all rows, which takes no label; a
    constant column becomes 0. Draw num_labeled rows, half of them of each class. Fit
    scikit-learn's LogisticRegression, as it is but for `max_iter=1000`, to these, and score it
    on all other rows.

    features: (n, …) float, as images or codes: all axes but the first are one row's features;
    labels: (n,) of 0 and 1; num_labeled: int, even; rng: numpy.random.Generator, the only
    source of chance. Returns a float, 0 to 1.
    """
    rows = features.reshape(len(features), -1)
    spread = rows.std(axis=0)
    rows = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)
    classes = [np.flatnonzero(np.asarray(labels) == label) for label in (0, 1)]
    known = np.concatenate([rng.permutation(some)[: num_labeled // 2] for some in classes])
    others = np.setdiff1d(np.arange(len(rows)), known)
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return float(classifier.score(rows[others], labels[others]))


# --- GAN


def build_generator(noise_size, img_shape):
    """Return a network that turns noise into images; its design is yours.

    It may have at most 1,000,000 parameters at 32×32×3. Pixels stay within −0.5 and 0.5
    whatever the noise, every pixel depends on the noise, and the gradient reaches every weight.

    noise_size: int; img_shape: (H, W, C), H and W multiples of 8. Returns a keras.Model:
    (n, noise_size) float -> (n, H, W, C) float.
    """
    layers, (height, width, channels) = keras.layers, img_shape
    model = keras.Sequential([keras.Input((noise_size,))])
    model.add(layers.Dense(height // 8 * (width // 8) * 128, use_bias=False))
    model.add(layers.Reshape((height // 8, width // 8, 128)))
    for filters in (64, 32):
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        model.add(layers.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False))
    model.add(layers.BatchNormalization(momentum=0.9))
    model.add(layers.ReLU())
    model.add(layers.Conv2DTranspose(channels, 4, 2, padding="same", activation="tanh"))
    model.add(layers.Rescaling(0.5))
    return model


def build_discriminator(img_shape):
    """Return a network that says how real an image looks; its design is yours.

    It may have at most 1,000,000 parameters at 32×32×3. It gives logits: any real number, above
    0 for "real". The answer to one image depends on the whole image and on no other image of
    the batch (so no batch norm), and the gradient reaches every weight.

    img_shape: (H, W, C), H and W multiples of 8. Returns a keras.Model:
    (n, H, W, C) float -> (n, 1) float.
    """
    layers = keras.layers
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 4, 2, padding="same"))
        model.add(layers.LeakyReLU(negative_slope=0.2))
        model.add(layers.Dropout(0.3))
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model


def discriminator_loss(real_logits, fake_logits):
    """Return the discriminator's loss: cross-entropy, with "real" for real, "fake" for fake.

    That is the mean of −log σ(logit) over the real ones plus the mean of −log(1 − σ(logit))
    over the fake ones. It must be finite for logits of ±1000. Goodfellow et al. (2014).

    real_logits, fake_logits: (n, 1) and (m, 1) float arrays or tensors.
    Returns a scalar tensor.
    """
    ops = keras.ops
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


def generator_loss(fake_logits):
    """Return the generator's loss, the one that doesn't saturate: the mean of −log σ(logit).

    It must be finite for logits of ±1000. Goodfellow et al. (2014).

    fake_logits: (n, 1) float array or tensor. Returns a scalar tensor.
    """
    return keras.ops.mean(keras.ops.softplus(-fake_logits))


def gan_compute_loss(discriminator, real_images, fake_images):
    """Return the sum of both losses, in which each network's gradient comes from its own loss.

    The discriminator's loss sees the fake images as constants, and the generator's loss sees
    the discriminator's weights as constants. The discriminator is called with `training=True`.

    discriminator: keras.Model, images -> (n, 1) logits; real_images: (n, H, W, C) float tensor;
    fake_images: (m, H, W, C) float tensor that a generator has just made, so that gradients
    reach its weights through it. Returns a scalar tensor.
    """
    stop = keras.ops.stop_gradient
    real_logits = discriminator(real_images, training=True)
    fake_logits = discriminator(stop(fake_images), training=True)
    constants = [stop(weight) for weight in discriminator.trainable_variables]
    states = discriminator.non_trainable_variables
    judged, _ = discriminator.stateless_call(constants, states, fake_images, training=True)
    return discriminator_loss(real_logits, fake_logits) + generator_loss(judged)


def frechet(codes, others):
    """Return the Fréchet distance between two clouds of codes.

    That is |m₁ − m₂|² + tr(C₁ + C₂ − 2 (C₁C₂)^½), with the means m and the covariances C of
    the clouds, as `np.cov` computes them. The trace of a matrix's root is the sum of the roots
    of its eigenvalues. Heusel et al. (2017).

    codes: (n, k) float array, others: (m, k) float array; k ≥ 2. Returns a float.
    """
    gap = codes.mean(axis=0) - others.mean(axis=0)
    a, b = np.cov(codes.T), np.cov(others.T)
    roots = np.sqrt(np.linalg.eigvals(a @ b).real.clip(min=0))  # rounding may leave tiny minuses
    return float(gap @ gap + np.trace(a) + np.trace(b) - 2 * roots.sum())


def nearest_distances(images, others):
    """Return for each image the Euclidean distance to the nearest one among the others.

    All numbers of an image count, as if it were one row of them. An image that is among the
    others has the distance 0. No array of (n, m, d) numbers is needed, where d is how many
    numbers an image has: multiply out |a − b|².

    images: (n, …) float array; others: (m, …) float array, whose axes behind the first are the
    same, such as (H, W, C) or (code_size,); n, m ≥ 1. Returns an (n,) float array.
    """
    rows, known = images.reshape(len(images), -1), others.reshape(len(others), -1)
    rows, known = rows.astype("float64"), known.astype("float64")  # large numbers cancel
    squares = (rows**2).sum(axis=1)[:, None] + (known**2).sum(axis=1) - 2 * rows @ known.T
    return np.sqrt(squares.min(axis=1).clip(min=0))  # rounding may leave tiny minuses


# --- Word embeddings


def build_vocabulary(tokens, min_count):
    """Return the words of a text and how often each occurs; a word's place is its id.

    Words that occur less often than min_count are left out. The most frequent word comes first;
    words that are equally frequent stand in the order of the alphabet (that of `sorted`).

    tokens: list of str, the text word by word; min_count: int ≥ 1.
    Returns (words, counts): words, a list of str; counts, a (len(words),) int64 array.
    """
    found = Counter(tokens)
    words = [word for word, count in found.items() if count >= min_count]
    words.sort(key=lambda word: (-found[word], word))
    return words, np.array([found[word] for word in words], dtype="int64")


def skipgram_pairs(token_ids, window, keep_probability, rng):
    """Return every pair of a word, the centre, and a word near it, its context, as two arrays.

    First each token is kept, or dropped for good, by a draw of its own; what is kept closes up.
    Then each kept token is paired with up to `window` tokens to its left and as many to its
    right, but not with itself. Any order of the pairs will do. Mikolov et al. (2013).

    token_ids: (n,) int array, the text as ids; window: int ≥ 1; keep_probability: (V,) float
    array, 0 to 1, for each id the probability that one of its tokens is kept;
    rng: numpy.random.Generator, the only source of chance.
    Returns (centers, contexts): two int arrays of one length, one pair per place.
    """
    kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
    left = np.concatenate([kept[:-distance] for distance in range(1, window + 1)])
    right = np.concatenate([kept[distance:] for distance in range(1, window + 1)])
    return np.concatenate([left, right]), np.concatenate([right, left])


def negative_samples(counts, shape, rng):
    """Return ids drawn at random, each with a probability proportional to its count^(3/4).

    Each draw is independent of the others, so the same id may come again, in a row too.
    Mikolov et al. (2013).

    counts: (V,) int array, how often each id occurs, 0 allowed; shape: tuple of int;
    rng: numpy.random.Generator, the only source of chance. Returns an int array of that shape.
    """
    weights = counts**0.75
    return rng.choice(len(counts), size=shape, p=weights / weights.sum())


def sgns_loss(center_vectors, context_vectors, negative_vectors):
    """Return the loss of skip-gram with negative sampling: a scalar tensor.

    A pair's loss is −log σ(centre · context) − Σ_k log σ(−centre · negative_k), where σ is the
    sigmoid and the sum runs over its K negatives. The result is the mean over the B pairs, and
    exact also where a score is ±1000. Keras ops only, so that it can be trained on.
    Mikolov et al. (2013).

    center_vectors: (B, D); context_vectors: (B, D); negative_vectors: (B, K, D); all of them
    float32 arrays or tensors.
    """
    ops = keras.ops
    true_scores = ops.sum(center_vectors * context_vectors, axis=-1)  # (B,)
    false_scores = ops.sum(center_vectors[:, None] * negative_vectors, axis=-1)  # (B, K)
    losses = ops.softplus(-true_scores) + ops.sum(ops.softplus(false_scores), axis=-1)
    return ops.mean(losses)


def draw_examples(token_ids, counts, keep, window, num_negatives, batch_size, rng):
    """Return what one epoch of training reads: pairs in random order, each with its negatives.

    Make the pairs by `skipgram_pairs` and shuffle them; centre and context stay together.
    Leave out the few that don't fill a batch. Give each pair a row of negatives, by
    `negative_samples`.

    token_ids: (n,) int array, the text as ids; counts: (V,) int array, how often each id
    occurs; keep: (V,) float array, the probability that a token of each id is kept; window,
    num_negatives, batch_size: int ≥ 1; rng: numpy.random.Generator, the only source of chance.
    Returns [centers, contexts, negatives]: int arrays, (B,), (B,) and (B, num_negatives), where
    B is the largest multiple of batch_size that the pairs allow.
    """
    centers, contexts = skipgram_pairs(token_ids, window, keep, rng)
    order = rng.permutation(len(centers))[: len(centers) // batch_size * batch_size]
    negatives = negative_samples(counts, (len(order), num_negatives), rng)
    return [centers[order], contexts[order], negatives]


def nearest_words(vectors, index, k):
    """Return the ids of the k words whose vectors point most nearly the same way, best first.

    Nearness is the cosine of the angle between two vectors. The word itself is not among them.

    vectors: (V, D) array, one word per row, none of them zero; index: int, a word's id;
    k: int, 1 to V − 1. Returns a (k,) int array.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    cosines = vectors @ vectors[index] / lengths  # the query's own length changes no order
    cosines[index] = -np.inf
    return np.argsort(-cosines)[:k]


def analogy(vectors, a, b, c, k):
    """Return the ids of the k best words for: a is to b as c is to ?, the best first.

    Scale every vector to length one. Then take the words whose cosine with b − a + c is the
    largest, except a, b and c themselves. Mikolov, Yih and Zweig (2013).

    vectors: (V, D) array, one word per row, none of them zero; a, b, c: int, ids;
    k: int, 1 to V − 3. Returns a (k,) int array.
    """
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = unit @ (unit[b] - unit[a] + unit[c])  # one length for all: it changes no order
    scores[[a, b, c]] = -np.inf
    return np.argsort(-scores)[:k]


def context_bias(contexts, counts, num_negatives):
    """Return for each word the best score of a pair that depends on its context word alone.

    A score s says "true" with probability σ(s). At the best score, that is the share of true
    pairs among all examples with this context word. How often a word is the context of a true
    pair: its number in `contexts`, plus 1 for every word so that none has 0, divided by the sum
    of all these. As a negative: in proportion to its count^(3/4), with num_negatives of them to
    each true pair. Compare Levy and Goldberg (2014).

    contexts: (n,) int array, the context word's id of each true pair; counts: (V,) int array,
    how often each id occurs, ≥ 1; num_negatives: int ≥ 1. Returns a (V,) float array.
    """
    true = np.bincount(contexts, minlength=len(counts)) + 1
    powers = counts**0.75
    return np.log(true / true.sum()) - np.log(num_negatives * powers / powers.sum())
