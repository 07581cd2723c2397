"""Check of `build_decoder`: its layers, what the image starts, the names of the layers."""

import keras
from keras import layers, ops

from ..check import new_check
from ..probes.week6.build_decoder import NAMES


def _of_inputs(ours, _):
    if ours == "(None, None), (None, 2048)":
        return "The inputs come in the order images, tokens."
    if ours.startswith("(None, 2048), (None, "):
        return "Captions may have any length: give the tokens `keras.Input((None,))`."
    if ours.startswith("(None, 2048), (None,)"):
        return "A caption is a row of tokens: give the tokens `keras.Input((None,))`."
    if ours.count("(") == 1:
        return "There are two inputs, [images, tokens]; yours has one."
    return None


def _of_names(ours, _):
    if ours == ["image_bottleneck", "image_state"]:
        return (
            "Of `image_bottleneck` and `image_state` nothing reaches the output: the image has to "
            "become the LSTM's initial state. Or have these layers other names?"
        )
    return (
        f"No layer is called {' or '.join(f'`{name}`' for name in ours)}: decoding asks for the "
        "layers by the names that the docstring lists."
    )


def _of_layer(name):
    return lambda ours, theirs: f"The layer `{name}` should be {theirs}; yours is {ours}."


MORE_WEIGHTS = {
    120 * 300 + 300: "One more layer of 300 units than asked for: the same numbers, those of "
    "`image_state`, start both the LSTM's state and its memory.",
    100: "An Embedding has as many rows as there are tokens, vocab_size; yours has one more.",
    -120: "A layer of 120 units lacks its bias.",
    -300: "The layer of 300 units lacks its bias.",
    4 * 300 * (300 + 300 + 1): "There is one LSTM; yours has a second one.",
}


def _of_count(ours, theirs):
    return MORE_WEIGHTS.get(ours - theirs)


build_decoder = new_check(
    __name__,
    points=2,
    rtol=1e-3,
    atol=1e-4,
    sentences={
        "inputs": _of_inputs,
        "names that no layer has": _of_names,
        **{f"`{name}` is": _of_layer(name) for name in NAMES},
        "number of weights": _of_count,
        "its output is the same each time": (
            "Your dropout acts outside training, too: leave out `training=True` where you call it."
        ),
    },
)


def _decoder(
    vocab_size, img_embed_size=2048, activations=("elu", "elu", "elu"), end=None,
    start=lambda state: [state, state], words=100, bottleneck=120, image_size=None,
    all_places=True, inputs=list, names=NAMES, finish=lambda x: x, hides=False,
):  # fmt: skip
    """Return the decoder, with changes."""
    images = keras.Input((image_size or img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    x = layers.Dense(120, activations[0], name=names[0])(images)
    state = layers.Dense(300, activations[1], name=names[1])(x)
    x = layers.Embedding(vocab_size, words, mask_zero=hides, name=names[2])(tokens)
    lstm = layers.LSTM(300, return_sequences=all_places, name=names[3])
    x = layers.Dropout(0.3)(lstm(x, initial_state=start(state)))
    if bottleneck:
        x = layers.Dense(bottleneck, activations[2], name=names[4])(x)
    logits = layers.Dense(vocab_size, end, name=names[5])(x)
    return keras.Model(inputs([images, tokens]), finish(logits))


build_decoder.add_mistakes(
    _decoder,
    {
        "It ends in a softmax; give logits, which the loss expects.": {"end": "softmax"},
        "There is a softmax after the logits; give the logits, which the loss expects.": {
            "finish": layers.Softmax()
        },
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
        "Token 0 is hidden from the LSTM: without mask_zero=True it is a token like any other.": {
            "hides": True
        },
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
