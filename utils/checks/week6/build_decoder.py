"""Check of `build_decoder`: its layers, what the image starts, the names of the layers."""

import keras
from keras import layers, ops

from ..check import new_check
from ..probes.week6.build_decoder import NAMES

build_decoder = new_check(__name__, points=2, rtol=1e-3, atol=1e-4)


def _decoder(
    vocab_size, img_embed_size=2048, activations=("elu", "elu", "elu"), end=None,
    start=lambda state: [state, state], words=100, bottleneck=120, image_size=None,
    all_places=True, inputs=list, names=NAMES,
):  # fmt: skip
    """Return the decoder, with changes."""
    images = keras.Input((image_size or img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    x = layers.Dense(120, activations[0], name=names[0])(images)
    state = layers.Dense(300, activations[1], name=names[1])(x)
    x = layers.Embedding(vocab_size, words, name=names[2])(tokens)
    lstm = layers.LSTM(300, return_sequences=all_places, name=names[3])
    x = layers.Dropout(0.3)(lstm(x, initial_state=start(state)))
    if bottleneck:
        x = layers.Dense(bottleneck, activations[2], name=names[4])(x)
    logits = layers.Dense(vocab_size, end, name=names[5])(x)
    return keras.Model(inputs([images, tokens]), logits)


build_decoder.add_mistakes(
    _decoder,
    {
        "It ends in a softmax; give logits, which the loss expects.": {"end": "softmax"},
        "The activations are elu; yours are relu.": {"activations": ("relu", "relu", "relu")},
        "The dense layers before the last have no activation; each needs an elu.": {
            "activations": (None, None, None)
        },
        "The dense layer after the LSTM has no activation: it needs an elu, too.": {
            "activations": ("elu", "elu", None)
        },
        "image_state has no activation: both layers of the image need an elu.": {
            "activations": ("elu", None, "elu")
        },
        "Your memory starts from zeros; both state and memory start from the image.": {
            "start": lambda state: [state, ops.zeros_like(state)]
        },
        "Your state starts from zeros; both state and memory start from the image.": {
            "start": lambda state: [ops.zeros_like(state), state]
        },
        "The image isn't used: it has to become the LSTM's initial state.": {
            "start": lambda state: [0 * state, 0 * state]
        },
        "It scores only the token after the last one; set return_sequences=True, so that every "
        "place gets its scores.": {"all_places": False},
        "The layer of 120 units after the LSTM is missing.": {"bottleneck": None},
        "An embedding has 100 numbers; yours have 300.": {"words": 300},
        "Images have img_embed_size numbers; yours always have 2,048.": {"image_size": 2048},
        "The inputs come in the order images, tokens.": {"inputs": lambda both: both[::-1]},
        "Decoding asks for the layers by name: give them the names that the docstring lists.": {
            "names": [None] * 6
        },
    },
)


build_decoder.alternative(_decoder)


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
