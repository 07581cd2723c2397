"""Check of `build_decoder`: points, the mistakes people make, sound variants."""

import keras
from keras import layers, ops

from ..check import new_check
from ..probes.week6.build_decoder import NAMES

build_decoder = new_check(__name__, points=2, rtol=1e-3, atol=1e-4)


def _decoder(
    vocab_size, size, activations=("elu", "elu", "elu"), end=None, states=lambda s: [s, s],
    sizes=(120, 300, 100, 300, 120), all_places=True, swap=False, names=NAMES,
    cell=layers.LSTM, dropout=False,
):  # fmt: skip
    """Return the decoder, with changes."""
    images, tokens = keras.Input((size,)), keras.Input((None,), dtype="int32")
    first, second, third = activations
    x = layers.Dense(sizes[0], first, name=names[0])(images)
    state = layers.Dense(sizes[1], second, name=names[1])(x)
    x = layers.Embedding(vocab_size, sizes[2], name=names[2])(tokens)
    start = {"initial_state": states(state)} if states else {}
    x = cell(sizes[3], return_sequences=all_places, name=names[3])(x, **start)
    if dropout:
        x = layers.Dropout(0.3)(x)
    if sizes[4]:
        x = layers.Dense(sizes[4], third, name=names[4])(x)
    logits = layers.Dense(vocab_size, end, name=names[5])(x)
    return keras.Model([tokens, images] if swap else [images, tokens], logits)


@build_decoder.mistake("It ends in a softmax; give logits, which the loss expects.")
def decoder_softmax(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, end="softmax")


@build_decoder.mistake("The activations are elu; yours are relu.")
def decoder_relu(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, ("relu", "relu", "relu"))


@build_decoder.mistake("The dense layers before the last have no activation; each has an elu.")
def decoder_linear(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, (None, None, None))


@build_decoder.mistake("The dense layer behind the LSTM has no activation: it has an elu, too.")
def decoder_linear_bottleneck(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, ("elu", "elu", None))


@build_decoder.mistake("image_state has no activation: both layers of the image have an elu.")
def decoder_linear_state(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, ("elu", None, "elu"))


@build_decoder.mistake(
    "The memory starts from zeros in yours; both state and memory start from the image."
)
def decoder_memory_zero(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, states=lambda s: [s, ops.zeros_like(s)])


@build_decoder.mistake(
    "The state starts from zeros in yours; both state and memory start from the image."
)
def decoder_state_zero(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, states=lambda s: [ops.zeros_like(s), s])


@build_decoder.mistake("The image isn't used: it has to become the LSTM's initial state.")
def decoder_blind(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, states=lambda s: [0 * s, 0 * s])


@build_decoder.mistake(
    "It scores only what comes after the last token; say return_sequences=True, so that every "
    "place gets its scores."
)
def decoder_last_place(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, all_places=False)


@build_decoder.mistake("The layer of 120 behind the LSTM is missing.")
def decoder_without_bottleneck(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, sizes=(120, 300, 100, 300, None))


@build_decoder.mistake("An embedding has 100 numbers; yours have 300.")
def decoder_wide_words(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, sizes=(120, 300, 300, 300, 120))


@build_decoder.mistake("Images have img_embed_size numbers; yours have 2,048 whatever it says.")
def decoder_always_2048(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, 2048)


@build_decoder.mistake("The inputs come in the order images, tokens.")
def decoder_swapped(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, swap=True)


@build_decoder.mistake(
    "Decoding asks for the layers by name: give them the names that the docstring lists."
)
def decoder_without_names(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, names=(None,) * 6)


@build_decoder.alternative
def decoder_with_dropout(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, dropout=True)


@build_decoder.alternative
def decoder_words_first(vocab_size, img_embed_size=2048):
    tokens = keras.Input(shape=(None,), dtype="int64")
    words = layers.Embedding(vocab_size, 100, name="words")(tokens)
    head = [layers.Dense(120, "elu", name="bottleneck"), layers.Dense(vocab_size, name="logits")]
    images = keras.Input(shape=(img_embed_size,))
    state = layers.Dense(120, keras.activations.elu, name="image_bottleneck")(images)
    state = layers.Dense(300, keras.activations.elu, name="image_state")(state)
    lstm = layers.LSTM(300, return_sequences=True, return_state=True, name="lstm")
    x, _, _ = lstm(words, initial_state=(state, state))
    for layer in head:
        x = layer(x)
    return keras.Model(inputs=(images, tokens), outputs=x)
