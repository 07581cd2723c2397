"""Probes of week 6: on which inputs each exercise is tried."""

import keras
import numpy as np

from .core import probe
from .models import if_model, outputs, set_alike_weights, try_masked_loss

PAD, UNK, START, END = "#PAD#", "#UNK#", "#START#", "#END#"
PAD_ID = 1
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def _new_words(rng, count):
    """Return different words of two to six letters."""
    found = set()
    while len(found) < count:
        found.add("".join(rng.choice(LETTERS, size=rng.integers(2, 7))))
    return sorted(found)


@probe
def split_sentence(call, rng):
    one, two, three, four = rng.permutation(_new_words(rng, 4))
    call("a plain sentence with a word twice", f"{one} {two} {three} {one}")
    call("capitals, a comma and a full stop", f"A {one.title()} {two.upper()}, {three}.")
    call("a hyphen, an apostrophe and a slash", f"{one}-{two} {three}'s {one}/{four}")
    call("numbers and an underscore", f"{one} 42 {two}3 {three}_{four}")
    call("letters with accents", f"Café {one} naïve ÜBER {two}")
    call("several spaces, a tab and a new line", f"  {one}   {two}\t{three}\n{four} ")
    call("brackets right beside words", f'("{one}") [{two}]; {three}!? {four}...')
    call("one letter", "A")
    call("only punctuation", " ... !")
    call("nothing", "")


def _sentences(rng, words, counts):
    """Return captions of images, in which each word occurs as often as its count says."""
    tokens = rng.permutation(np.repeat(words, counts)).tolist()
    tokens = [token.title() if rng.random() < 0.3 else token for token in tokens]
    captions = []
    while tokens:
        take = int(rng.integers(1, 6))
        captions.append(" ".join(tokens[:take]) + (" ." if take % 2 else ","))
        tokens = tokens[take:]
    edges = np.sort(rng.integers(0, len(captions) + 1, size=3))
    return [part.tolist() for part in np.split(np.array(captions, dtype=object), edges)]


@probe
def generate_vocabulary(call, rng):
    words = rng.permutation(_new_words(rng, 9)).tolist()
    counts = np.array([1, 4, 5, 6, 5, 2, 9, 3, 4])
    captions = _sentences(rng, words, counts)
    call("nine words; at least 5 times", captions)
    call("the same; at least 3 times", captions, 3)
    call("the same; every word", captions, 1)
    call("a word five times in one caption", [[" ".join([words[0]] * 5)], [words[1]] * 4])
    call("numbers and capitals", [["2 Dogs", "10 dogs"], ["DOGS: 2 or 10"]], 2)
    call("an image without captions", [[], [words[2]]], 1)
    call("no images", [])


def _vocabulary(words):
    tokens = sorted([*words, PAD, UNK, START, END])
    return {token: number for number, token in enumerate(tokens)}


@probe
def caption_tokens_to_indices(call, rng):
    known, unknown = np.split(rng.permutation(_new_words(rng, 9)), [6])
    vocab = _vocabulary(known.tolist())

    def sentence(count, words=known):
        return " ".join(rng.choice(words, size=count))

    call("two images with two captions each", [[sentence(3), sentence(4)] for _ in "ab"], vocab)
    mixed = [f"{known[0].title()} {unknown[0]}, {known[1]}.", f"{unknown[1]} {unknown[1]}"]
    call("capitals, a comma, and unknown tokens", [mixed], vocab)
    call("three images with 1, 3 and no captions", [[sentence(2)], [sentence(1)] * 3, []], vocab)
    shuffled = dict(zip(vocab, rng.permutation(len(vocab)).tolist()))
    call("a vocabulary with other numbers", [[sentence(5), str(unknown[2])]], shuffled)
    call("an empty caption, and one of punctuation", [["", "..."]], vocab)
    call("a very long caption", [[sentence(200)]], vocab)
    call("no images", [], vocab)


@probe
def batch_captions_to_matrix(call, rng):
    def captions(*lengths):
        return [rng.integers(2, 50, size=length).tolist() for length in lengths]

    call("three captions of 3, 5 and 2", captions(3, 5, 2), 1)
    call("padding is 7", captions(2, 4, 1, 4), 7)
    call("at most 3 numbers", captions(2, 5, 3, 6), 1, 3)
    call("at most 9 numbers, which is more than needed", captions(4, 2), 0, 9)
    call("as long as allowed", captions(4, 2), 1, 4)
    call("an empty caption", captions(0, 2), 1)
    call("one caption", captions(4), 1)


# --- bleu


def _altered(rng, tokens, words, share):
    """Return tokens of which a share is replaced, dropped or doubled."""
    result = []
    for token in tokens:
        kind = rng.random()
        if kind < share / 2:
            result.append(str(rng.choice(words)))
        elif kind < 0.8 * share:
            result.extend([token, token])
        elif kind > share:
            result.append(token)
    return result or [words[0]]


def _corpus(rng, count, min_refs=2, shift=0, share=0.4):
    """Return references and candidates that share much; shift makes candidates longer."""
    words = _new_words(rng, 8)
    references, candidates = [], []
    for _ in range(count):
        base = rng.choice(words, size=rng.integers(9, 15)).tolist()
        several = range(int(rng.integers(min_refs, 6)))
        references.append([_altered(rng, base, words, share) for _ in several])
        length = max(5, len(base) + shift)
        candidates.append(_altered(rng, (base * 2)[:length], words, share / 3)[:30])
    return references, candidates


@probe
def bleu(call, rng):
    call("six candidates", *_corpus(rng, 6))
    call("candidates that are too short", *_corpus(rng, 5, shift=-5))
    call("candidates that are too long", *_corpus(rng, 5, shift=3))
    references, candidates = _corpus(rng, 4, shift=-3)
    call("n-grams up to 2", references, candidates, 2)
    one, two, three, four, five, six = rng.permutation(_new_words(rng, 6)).tolist()
    clipped = [[one, two, three, four], [one, two, one, two, five]]
    call("a token that is repeated", [clipped], [[one] * 4 + [two, three, four]])
    ties = [[one, two, three, four], [one, two, three, four, five, six]]
    call("two references equally near in length", [ties, ties], [[one, two, three, four, six]] * 2)
    apart = [[one, two, three], [one, two, three, four, five, six, one, three]]
    call("references of 3 and 8 tokens", [apart], [[one, two, three, four, five, six, two]])
    call("a perfect candidate", [[[one, two, three, four, five]]], [[one, two, three, four, five]])
    call("no common run of three", [[[one, two, three, four]]], [[one, two, four, three, five]])
    call("only candidates of two tokens", [[[one, two, three]]] * 2, [[one, two], [two, three]])
    call("nothing in common", [[[one, two, three, four]]], [[five, six, five, six]])
    call("an empty candidate", [[[one, two]]], [[]])


# --- the decoder


NAMES = ("image_bottleneck", "image_state", "words", "lstm", "bottleneck", "logits")


@probe
def build_decoder(call, rng):
    size, vocab_size = int(rng.integers(4, 8)), int(rng.integers(8, 14))
    images = rng.normal(size=(2, size)).astype("float32")
    tokens = rng.integers(0, vocab_size, size=(2, 4)).astype("int32")
    case = f"{vocab_size} tokens, images of {size} numbers"

    def look(model):
        set_alike_weights(model, rng)
        return {
            "what it answers, with given weights": outputs(model, [images, tokens]),
            "number of weights": model.count_params(),
        }

    model = call(case, vocab_size, size, then=if_model(look))
    if isinstance(model, keras.Model):
        call.observe(f"{case}: one step by the named layers", _one_step, model, images, tokens)
    call("images of 2,048 numbers, unless told", 6, then=if_model(lambda model: _sizes(model)))


def _one_step(model, images, tokens):
    """Return the logits of the first place, from the layers that decoding asks for by name."""
    missing = sorted(set(NAMES) - {layer.name for layer in model.layers})
    if missing:
        raise ValueError(f"There is no layer called {missing[0]}.")
    to_state, deepen, words, lstm, narrow, score = map(model.get_layer, NAMES)
    state = deepen(to_state(images))
    output, _ = lstm.cell(words(tokens[:, 0]), [state, state])
    return keras.ops.convert_to_numpy(score(narrow(output)))


def _sizes(model):
    return {"inputs": [list(item.shape) for item in model.inputs], "weights": model.count_params()}


@probe
def caption_loss(call, rng):
    try_masked_loss(call, rng, "caption", PAD_ID, lambda *args: args)


DRAWN = 60  # batches drawn, to see what chance does


@probe
def generate_batch(call, rng):
    """Numbers tell where a caption comes from: 10·image + place, then more of the same."""
    embeddings = (np.arange(9)[:, None] + np.array([0, 0.25, 0.5])).astype("float32")
    captions = [
        [[10 * image + place + 2] * int(rng.integers(2, 6)) for place in range(1 + image % 4)]
        for image in range(len(embeddings))
    ]
    embeddings, seed = embeddings[:, rng.permutation(3)], int(rng.integers(2**32))

    def try_on(case, batch_size, number, *max_len):
        generator = np.random.default_rng([seed, number])

        def look(batch):
            images, matrix = batch
            return {"images": np.asarray(images), "captions": np.asarray(matrix)}

        call(case, embeddings, captions, batch_size, generator, *max_len, then=look)

    try_on("4 of 9 images", 4, 0)
    try_on("the same generator again", 4, 0)
    try_on("another generator", 4, 1)
    try_on("all 9 images", 9, 2)
    try_on("at most 3 numbers a caption", 9, 3, 3)
    try_on("one image", 1, 4)
    case = f"{DRAWN} batches of 5"
    call.observe(case, _draw_many, call.function, embeddings, captions, seed)
    grids = np.arange(4 * 2 * 2 * 3, dtype="float16").reshape(4, 2, 2, 3)
    same = [[[7, 8]]] * 4
    call("grids, with one caption each", grids, same, 4, np.random.default_rng(seed), then=_grids)


def _draw_many(generate, embeddings, captions, seed):
    rng = np.random.default_rng([seed, 9])
    pairs = []
    for _ in range(DRAWN):
        images, matrix = generate(embeddings, captions, 5, rng)
        pairs.append(np.column_stack([np.floor(np.min(images, axis=1)), np.asarray(matrix)[:, 0]]))
    return {"image and first number": np.stack(pairs).astype(int)}


def _grids(batch):
    images, matrix = batch
    order = np.sort(np.asarray(images)[:, 0, 0, 0])
    return {"first numbers of the grids": order, "shape": list(np.shape(images)),
            "captions": np.asarray(matrix)}  # fmt: skip


# --- decoding


class _Machine:
    """A little recurrent network in NumPy whose `step` decoders are tried with.

    end_bias: float, added to the score of the end; it grows by `hurry` a step. sure: None, or the
    score that the best token gets, where all others get 0. calls: how often `step` was called.
    """

    def __init__(self, rng, vocab_size, end_id, end_bias, hurry=0.5, scale=2.0, sure=None):
        units = 5
        self.words = 1.5 * rng.normal(size=(vocab_size, units))
        self.turn = 1.5 * rng.normal(size=(units, units)) / np.sqrt(units)
        self.score = scale * rng.normal(size=(units, vocab_size))
        self.end_id, self.end_bias, self.hurry = end_id, end_bias, hurry
        self.sure, self.calls = sure, 0

    def start(self, rng, n):
        """Return a first state of n images: a list of two arrays."""
        return [rng.normal(size=(n, self.words.shape[1])), np.zeros((n, 1))]

    def step(self, token_ids, state):
        self.calls += 1
        token_ids = np.asarray(token_ids)
        h, time = (np.asarray(array, dtype=float) for array in state)
        if token_ids.ndim != 1:
            raise ValueError(f"token_ids should be (n,); shape {token_ids.shape} came.")
        if len(h) != len(token_ids):
            raise ValueError(f"the state has {len(h)} rows, token_ids {len(token_ids)}.")
        h = np.tanh(h @ self.turn + self.words[token_ids])
        logits = h @ self.score
        logits[:, self.end_id] += self.end_bias + self.hurry * time[:, 0]
        if self.sure is not None:
            logits = self.sure * (logits == logits.max(axis=1, keepdims=True))
        return logits, [h, time + 1]


def _lists(captions):
    """Return captions as arrays of numbers with -1 behind each: an empty one is an array, too."""
    if not isinstance(captions, (list, tuple)):
        return captions
    return [np.array([*caption, -1]) for caption in captions]


def _decode(
    call, rng, case, n, vocab_size, max_len, end_bias, before=(), after=(), **options
):  # fmt: skip
    """Try a decoder on a new machine; note what it returned and how it went about it."""
    start_id, end_id = (int(number) for number in rng.permutation(vocab_size)[:2])
    machine = _Machine(rng, vocab_size, end_id, end_bias, **options)

    def look(captions):
        return {
            "captions": _lists(captions),
            "step is called for all images at once": machine.calls <= max_len,
        }

    state = machine.start(rng, n)
    call(case, machine.step, state, start_id, end_id, *before, max_len, *after, then=look)


DECODED = (  # the case, images, tokens, max_len, bias of the end
    ("fifteen images", 15, 8, 20, -3.0),
    ("nine images", 9, 7, 20, -2.0),
    ("six images, cut at 3 tokens", 6, 9, 3, -2.0),
    ("one image", 1, 7, 8, -1.0),
    ("captions that end at once", 3, 6, 5, 40.0),
    ("one token at most", 4, 6, 1, -1.0),
)


@probe
def greedy_caption(call, rng):
    for case in DECODED:
        _decode(call, rng, *case)


DRAWS = 800  # of one token, to see how frequent each is
TEMPERATURES = (0.5, 1.0, 2.0)
SURE = 60.0  # a score so much above the others that chance has no say


@probe
def sample_caption(call, rng):
    def generator():
        return np.random.default_rng(int(rng.integers(2**32)))

    for case, *sizes in DECODED:
        sure = f"a network that is sure: {case}"
        _decode(call, rng, sure, *sizes, before=(1.0,), after=(generator(),), sure=SURE)
    extreme = {"before": (0.1,), "after": (generator(),), "sure": 2000.0}
    _decode(call, rng, "scores of 2,000 at temperature 0.1", 5, 8, 6, -1.0, **extreme)
    logits = np.append(rng.permutation([0.0, 1.0, 2.0, 3.0]), [-SURE, -SURE])
    for temperature in TEMPERATURES:
        case = f"{DRAWS} images with the same scores at temperature {temperature:g}"
        call.observe(case, _frequencies, call.function, logits, temperature, generator())
    call.observe("the same generator, and another", _same_again, call.function, rng)


def _flat(logits):
    """Return a step that always gives the same scores."""
    return lambda token_ids, state: (np.tile(logits, (len(token_ids), 1)), state)


def _frequencies(sample, logits, temperature, rng):
    """Return how frequent each token is among captions of one token, and what decides it."""
    captions = sample(_flat(logits), [np.zeros((DRAWS, 1))], 5, 4, temperature, 1, rng)
    tokens = [int(caption[0]) for caption in captions if len(caption) == 1]
    frequencies = np.bincount(tokens, minlength=len(logits))[: len(logits)] / DRAWS
    return {"frequencies": frequencies, "logits": logits, "temperature": temperature}


def _same_again(sample, rng):
    seed, step, state = int(rng.integers(2**32)), _flat(np.zeros(6)), [np.zeros((12, 1))]
    first, again, other = (
        [list(map(int, caption)) for caption in sample(step, state, 5, 4, 1.0, 6, generator)]
        for generator in map(np.random.default_rng, (seed, seed, seed + 1))
    )
    return {
        "the same generator gives the same captions": first == again,
        "another gives others": first != other,
        "images draw on their own": any(caption != first[0] for caption in first),
    }


@probe
def beam_search(call, rng):
    flat = {"scale": 0.9, "hurry": 0.25}
    _decode(call, rng, "width 3, twenty images", 20, 7, 7, -0.5, (3,), **flat)
    _decode(call, rng, "width 2, nine images, cut at 4 tokens", 9, 8, 4, -1.0, (2,), **flat)
    _decode(call, rng, "width 4, sixteen images that end soon", 16, 6, 9, 0.5, (4,), **flat)
    _decode(call, rng, "width 1", 5, 7, 7, -0.5, (1,), **flat)
    _decode(call, rng, "one image", 1, 9, 6, -0.5, (3,), **flat)
    _decode(call, rng, "a beam wider than there are tokens", 3, 4, 4, -0.5, (10,), **flat)
    _decode(call, rng, "captions that end at once", 3, 6, 5, 40.0, (3,))
    _decode(call, rng, "one token at most", 6, 6, 1, 0.0, (3,), **flat)


# --- attention


@probe
def attention(call, rng):
    def inputs(batch, words, places, channels, units, scale=1.0):
        """Return float32 tensors: query, grid, W_query, W_grid, v. words: int, or None for one."""
        q = channels + 1
        query = (batch, q) if words is None else (batch, words, q)
        shapes = query, (batch, places, channels), (q, units), (channels, units)
        arrays = [rng.normal(size=shape) for shape in shapes] + [scale * rng.normal(size=units)]
        return [keras.ops.convert_to_tensor(array.astype("float32")) for array in arrays]

    def both(result):
        context, weights = result
        return {"context": context, "weights": weights}

    call("a batch of three", *inputs(3, None, 5, 4, 6), then=both)
    call("as many images as places", *inputs(4, None, 4, 3, 5), then=both)
    call("one image with one place", *inputs(1, None, 1, 3, 4), then=both)
    call("three words, as many as images", *inputs(3, 3, 6, 4, 5), then=both)
    call("a query for each of three words", *inputs(2, 3, 6, 4, 5), then=both)
    call("very large scores", *inputs(2, None, 5, 3, 4, scale=1000), then=both)
    args = inputs(2, None, 5, 3, 4)
    call.observe("a step of `fit`", _fit_attention, call.function, args)


def _fit_attention(attend, args):
    """Return the weights of attention after one step of gradient descent."""
    query, grid, *weights = (keras.ops.convert_to_numpy(array) for array in args)

    class Layer(keras.layers.Layer):
        def build(self, input_shape):
            start = keras.initializers.Constant
            self.parts = [self.add_weight(shape=w.shape, initializer=start(w)) for w in weights]

        def call(self, inputs):
            context, looks = attend(*inputs, *self.parts)
            return keras.ops.concatenate([context, looks], axis=-1)

    inputs = [keras.Input(array.shape[1:]) for array in (query, grid)]
    model = keras.Model(inputs, Layer()(inputs))
    targets = np.zeros((len(query), grid.shape[1] + grid.shape[2]), "float32")
    model.compile(keras.optimizers.SGD(0.5), "mean_squared_error", run_eagerly=True)
    model.train_on_batch([query, grid], targets)
    return [keras.ops.convert_to_numpy(weight) for weight in model.layers[-1].parts]
