"""Reference solutions of week 6. Stuck? Open the hints in the notebook first."""

import re
from collections import Counter
from itertools import takewhile

import keras
import numpy as np
from scipy.special import log_softmax

PAD, UNK, START, END = "#PAD#", "#UNK#", "#START#", "#END#"
PAD_ID = 1  # the place of #PAD# in every sorted vocabulary


def split_sentence(sentence):
    """Return the tokens of a sentence: its runs of word characters, in lower case.

    Word characters are letters of any language, digits and the underscore. All else, such as
    spaces, hyphens and apostrophes, separates tokens and is left out.

    sentence: str. Returns a list of str, empty where there are no tokens.
    """
    return re.findall(r"\w+", sentence.lower())


def generate_vocabulary(captions, min_count=5):
    """Return the number of each token that occurs at least min_count times in all captions.

    The special tokens "#PAD#", "#UNK#", "#START#" and "#END#" belong to it, too. All are sorted
    together, and numbered from 0 in that order.

    captions: list with one item per image, each a list of str; min_count: int ≥ 1.
    Returns a dict from token to number.
    """
    sentences = (sentence for of_image in captions for sentence in of_image)
    counts = Counter(token for sentence in sentences for token in split_sentence(sentence))
    frequent = [token for token, count in counts.items() if count >= min_count]
    tokens = sorted([*frequent, PAD, UNK, START, END])
    return {token: number for number, token in enumerate(tokens)}


def caption_tokens_to_indices(captions, vocab):
    """Return each caption as a list of numbers: start, its tokens, end.

    A token missing from the vocabulary becomes "#UNK#".

    captions: list with one item per image, each a list of str; vocab: dict from token to
    number. Returns a list with one item per image: a list with one list of int per caption.
    """

    def to_indices(sentence):
        return [vocab.get(token, vocab[UNK]) for token in (START, *split_sentence(sentence), END)]

    return [[to_indices(sentence) for sentence in of_image] for of_image in captions]


def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    """Return captions as rows of numbers, with padding after the shorter ones.

    There are as many columns as the longest caption has numbers, but at most max_len: of longer
    captions the first max_len numbers are kept.

    batch_captions: list of lists of int; pad_idx: int, the number of padding; max_len: int, or
    None for no limit. Returns (number of captions, columns) int32.
    """
    longest = max(map(len, batch_captions), default=0)
    columns = longest if max_len is None else min(longest, max_len)
    matrix = np.full((len(batch_captions), columns), pad_idx, dtype="int32")
    for row, caption in zip(matrix, batch_captions):
        row[: len(caption)] = caption[:columns]
    return matrix


def bleu(references, candidates, max_n=4):
    """Return BLEU-1 to BLEU-max_n of a whole corpus, unsmoothed. Papineni et al. (2002).

    Precision n: of all n-grams (runs of n tokens) of all candidates, the share that is found in
    their references. An n-gram that a candidate repeats counts at most as often as it occurs
    in the one of its references that has it most often. A precision is 0 without n-grams.
    BLEU-n: the geometric mean of the precisions 1 to n, times the brevity penalty, which is
    exp(1 − r / c) where c < r, else 1. c: the length of all candidates together; r: the length
    of one reference for each candidate, added up: of the one that is nearest to the candidate
    in length, and of two equally near the shorter.

    references: list with one item per candidate, a list of at least one token list;
    candidates: list of token lists. Returns a list of max_n floats, 0 to 1.
    """
    found, possible = np.zeros(max_n), np.zeros(max_n)
    c = r = 0
    for of_candidate, candidate in zip(references, candidates, strict=True):
        lengths = [len(reference) for reference in of_candidate]
        c += len(candidate)
        r += min(lengths, key=lambda length: (abs(length - len(candidate)), length))
        for n in range(1, max_n + 1):
            most = Counter()
            for reference in of_candidate:
                most |= _count_ngrams(reference, n)  # the larger count of each
            counts = _count_ngrams(candidate, n)
            found[n - 1] += (counts & most).total()  # the smaller count of each
            possible[n - 1] += counts.total()
    with np.errstate(divide="ignore"):
        logs = np.log(found / np.maximum(possible, 1))
    penalty = min(0.0, 1 - r / max(c, 1))
    return [float(np.exp(penalty + logs[:n].mean())) for n in range(1, max_n + 1)]


def _count_ngrams(tokens, n):
    """Return how often each run of n tokens occurs, as a Counter."""
    return Counter(zip(*(tokens[start:] for start in range(n))))


def build_decoder(vocab_size, img_embed_size=2048):
    """Return a network that scores the next token after every token of captions.

    The image passes through a dense layer of 120 (elu), "image_bottleneck", and one of 300
    (elu), "image_state"; the result is both the first state and the first memory of "lstm",
    which has 300 units. It reads "words", embeddings of 100 numbers per token. Its states pass
    through a dense layer of 120 (elu), "bottleneck", and one of vocab_size, "logits". Dropout
    may act in training. With 8,769 tokens and images of 2,048 numbers it has 2,737,449 weights.

    Decoding asks for these six layers by their names. Activations are part of the layers.

    vocab_size, img_embed_size: int. Returns a keras.Model from [images, tokens], (n,
    img_embed_size) float and (n, time) int of any length, to (n, time, vocab_size) logits.
    """
    layers = keras.layers
    images, tokens = keras.Input((img_embed_size,)), keras.Input((None,), dtype="int32")
    x = layers.Dense(120, activation="elu", name="image_bottleneck")(images)
    state = layers.Dense(300, activation="elu", name="image_state")(x)
    words = layers.Dropout(0.5)(layers.Embedding(vocab_size, 100, name="words")(tokens))
    lstm = layers.LSTM(300, return_sequences=True, name="lstm")
    x = layers.Dropout(0.5)(lstm(words, initial_state=[state, state]))  # (n, time, 300)
    x = layers.Dense(120, activation="elu", name="bottleneck")(x)
    return keras.Model([images, tokens], layers.Dense(vocab_size, name="logits")(x))


def caption_loss(targets, logits, pad_idx):
    """Return the mean cross-entropy over all targets that aren't padding, in nats.

    It runs inside `fit`: write it with `keras.ops`, so that gradients can pass.

    targets: (batch, time) int tensor, the right token at each position, pad_idx where there
    is none; at least one is real; logits: (batch, time, vocab_size) float tensor of any finite
    values; pad_idx: int. Returns a float scalar tensor.
    """
    ops = keras.ops
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    is_real = ops.cast(targets != pad_idx, losses.dtype)  # (batch, time)
    return ops.sum(losses * is_real) / ops.sum(is_real)


def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    """Return a random batch: different images, each with one of its captions.

    All images are equally probable, and so are all captions of an image.

    images_embeddings: (n, …) float array; indexed_captions: list of n, each a list of captions
    as lists of int; batch_size: int, at most n; rng: numpy Generator, the only source of
    randomness; max_len: as for `batch_captions_to_matrix`, with 1 as the number of padding.
    Returns (images, captions): (batch_size, …) float and (batch_size, columns) int.
    """
    rows = rng.choice(len(images_embeddings), size=batch_size, replace=False)
    chosen = [indexed_captions[row][rng.integers(len(indexed_captions[row]))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(chosen, PAD_ID, max_len)


def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    """Compile a decoder, train it by `fit`, and return what `fit` returns.

    The loss is `caption_loss` with pad_idx as padding. Adam minimises it; the gradients of all
    weights together are clipped to a norm of 1 (its `global_clipnorm`), and its rate is
    `rise_and_fall(peak_rate, steps)`, where steps counts those of all rounds.

    decoder: keras.Model from (images, tokens) to logits; batches: a sequence, as long as a
    round, of ((images, tokens), next tokens); rounds: int ≥ 1; peak_rate: float; pad_idx: int;
    fit: function (model, batches, rounds) that trains a compiled model.
    """

    def loss(targets, logits):
        return caption_loss(keras.ops.cast(targets, "int32"), logits, pad_idx)

    rate = _rise_and_fall(peak_rate, rounds * len(batches))
    decoder.compile(keras.optimizers.Adam(rate, global_clipnorm=1.0), loss)
    return fit(decoder, batches, rounds)


def _rise_and_fall(peak, steps):
    """Return a learning rate that rises for a tenth of the steps, then falls to 0."""
    return keras.optimizers.schedules.CosineDecay(
        0.0, 9 * steps // 10, warmup_target=peak, warmup_steps=steps // 10
    )


def decoder_step(decoder, token_ids, state):
    """Return a decoder's scores after one more token, for all captions at once.

    The token's embedding and the state go through one step of the LSTM; its output goes
    through the two dense layers that follow. All these are layers of the decoder, with the
    names that `build_decoder` gave them. There is no dropout.

    decoder: keras.Model; token_ids: (n,) int, the last token of each caption; state: [h, c],
    the LSTM's state and its memory, (n, units) float each.
    Returns (logits, [h, c]): (n, vocab_size) float, and the next state, (n, units) float each.
    """
    names = "words", "lstm", "bottleneck", "logits"
    embed, lstm, narrow, score = map(decoder.get_layer, names)
    output, state = lstm.cell(embed(token_ids), state)
    return score(narrow(output)), state


def greedy_caption(step, start_state, start_id, end_id, max_len):
    """Return one caption per image, of the most probable tokens, for all images at once.

    A caption is over at its end token, or when it has max_len tokens.

    step: function (token_ids, state) -> (logits, state), from (n,) int, the last token of each
    caption, and the state to (n, vocab_size) float and the next state; start_state: list of
    arrays with one row per image; start_id, end_id: int; max_len: int ≥ 1.
    Returns a list of n lists of int, without start and end.
    """
    state, tokens = start_state, np.full(_num_rows(start_state), start_id)
    columns, is_over = [], np.zeros(len(tokens), bool)
    while len(columns) < max_len and not is_over.all():
        logits, state = step(tokens, state)
        tokens = np.argmax(keras.ops.convert_to_numpy(logits), axis=1)
        columns.append(tokens)
        is_over |= tokens == end_id
    return _up_to_end(columns, end_id)


def _num_rows(state):
    return len(keras.tree.flatten(state)[0])


def _up_to_end(columns, end_id):
    """Return rows of tokens, each cut before its first end token. columns: list of (n,) int."""
    rows = np.stack(columns, axis=1).tolist() if columns else []
    return [list(takewhile(lambda token: token != end_id, row)) for row in rows]


def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    """Return one caption per image, each token drawn by its probability, for all at once.

    The probabilities are softmax(logits / temperature). A caption is over when its end token is
    drawn, or when it has max_len tokens. Each image has draws of its own.

    step, start_state, start_id, end_id, max_len: as for `greedy_caption`; temperature: float
    > 0; rng: numpy Generator, the only source of randomness.
    Returns a list of n lists of int, without start and end.
    """

    def noisy_step(tokens, state):
        logits, state = step(tokens, state)
        scores = keras.ops.convert_to_numpy(logits) / temperature
        return scores + rng.gumbel(size=scores.shape), state  # the largest is a draw (Gumbel)

    return greedy_caption(noisy_step, start_state, start_id, end_id, max_len)


def beam_search(step, start_state, start_id, end_id, width, max_len):
    """Return one caption per image, the most probable that a beam finds, for all at once.

    A beam holds `width` captions of an image; at the start it holds one, empty. In each step
    every caption in it is continued by every token, and one that is over stays as it is; of all
    these the `width` with the largest sum of log-probabilities are the next beam. A caption is
    over at its end token, whose log-probability counts too, or when it has max_len tokens.

    step, start_state, start_id, end_id, max_len: as for `greedy_caption`; one call of step gets
    the rows of all images, at most `width` per image; width: int ≥ 1.
    Returns a list of n lists of int, the best of each beam, without start and end.
    """
    n = _num_rows(start_state)
    first = np.arange(n)[:, None] * width  # the first row of each image
    state = _take_rows(start_state, np.repeat(np.arange(n), width))
    captions = np.full((n, width, 1), start_id)
    scores = np.tile([0.0] + [-np.inf] * (width - 1), (n, 1))  # at the start one counts
    for _ in range(max_len):
        logits, state = step(captions[:, :, -1].ravel(), state)
        more = log_softmax(keras.ops.convert_to_numpy(logits).astype(float), axis=-1)
        more = more.reshape(n, width, -1)  # (image, caption, next token)
        is_over = captions[:, :, -1] == end_id
        more[is_over] = np.where(np.arange(more.shape[2]) == end_id, 0.0, -np.inf)
        totals = (scores[:, :, None] + more).reshape(n, -1)
        scores, best = map(keras.ops.convert_to_numpy, keras.ops.top_k(totals, width))
        parents, tokens = np.divmod(best, more.shape[2])
        captions = np.take_along_axis(captions, parents[:, :, None], axis=1)
        captions = np.concatenate([captions, tokens[:, :, None]], axis=2)
        state = _take_rows(state, (first + parents).ravel())
        if (tokens == end_id).all():
            break
    return _up_to_end(list(captions[:, 0, 1:].T), end_id)


def _take_rows(state, rows):
    """Return a state with other rows. rows: (m,) int."""
    return keras.tree.map_structure(lambda array: keras.ops.take(array, rows, axis=0), state)


def attention(query, grid, W_query, W_grid, v):
    """Return what a query sees of a grid, and how much it looks at each place.

    The score of a place is v · tanh(query W_query + place W_grid); the weights are the softmax
    of the scores over all places, and the context is the sum of the places by their weights.
    Bahdanau et al. (2015). Write it with `keras.ops`, so that gradients can pass.

    query: (batch, q) float tensor, or (batch, words, q) for several queries per image;
    grid: (batch, places, channels) float tensor; W_query: (q, units); W_grid: (channels,
    units); v: (units,). Returns (context, weights): (batch, channels) and (batch, places), or
    (batch, words, channels) and (batch, words, places).
    """
    ops = keras.ops
    is_one = len(query.shape) == 2
    asked = ops.matmul(ops.expand_dims(query, 1) if is_one else query, W_query)
    asked, keys = ops.expand_dims(asked, 2), ops.expand_dims(ops.matmul(grid, W_grid), 1)
    scores = ops.sum(ops.tanh(asked + keys) * v, axis=-1)  # (batch, words, places)
    weights = ops.softmax(scores, axis=-1)
    context = ops.matmul(weights, grid)  # (batch, words, channels)
    return (context[:, 0], weights[:, 0]) if is_one else (context, weights)
