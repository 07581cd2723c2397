"""Check of `build_language_model`: the cell asked for, forwards, scores at every place."""

import keras
from keras import layers

from ..check import new_check
from ._answers_in_words import tokens_of_places
from ._sequence_networks import (
    FROZEN,
    SOFTMAX,
    build_network,
    facts_of_network,
    frozen,
    sentences,
)

LAST_ALONE = (
    "It scores only what comes after the last token; set return_sequences=True, so that every "
    "place gets its scores."
)
BOTH_WAYS = (
    "It reads in both directions, so it sees the very letter that it should predict; a language "
    "model reads forwards."
)
NO_RECURRENT = (
    "It has no recurrent layer, which carries a state from place to place: a dense layer, for one, "
    "sees only one place."
)
NUMBER = "Every place gets num_tokens scores, one for each token, from a dense layer of that size."
BACKWARDS = "It reads from the end to the front; a language model reads forwards."


def _which_count(ours):
    if ours.endswith("reverse order") or "none before, all after" in ours:
        return BACKWARDS
    if "the nearest after" in ours:
        return (
            'It looks one place ahead, as a convolution with padding="same" does, so it sees the '
            "very token that it should predict."
        )
    if "none after" not in ours:
        return BOTH_WAYS
    if ours.startswith("not"):
        return "The scores at a place don't see its own token; they depend on it and all before."
    return "The scores must depend on all tokens before; in yours, not all of them count."


build_language_model = new_check(
    __name__,
    points=2,
    properties=facts_of_network(3, "its own token, all before, none after", tokens_of_places),
    sentences=sentences(
        number=NUMBER,
        axes=LAST_ALONE,
        no_recurrent=NO_RECURRENT,
        depends=_which_count,
        padded=("More padding behind changes scores; they depend on what comes before alone.",) * 2,
    ),
)


def _layer(cell, units):
    return getattr(layers, cell)(units, return_sequences=True)


def _language_model(num_tokens, cell, units, layer=_layer, activation=None, **options):
    """Return a language model with another layer in the middle, or an activation at the end."""
    return build_network(
        num_tokens, layer(cell, units), end=num_tokens, activation=activation, **options
    )


# What the facts tell needs no more mistakes here: each would be built whenever an answer is wrong.
build_language_model.add_mistakes(
    _language_model,
    {
        BOTH_WAYS: {"layer": lambda cell, units: layers.Bidirectional(_layer(cell, units))},
        LAST_ALONE: {"layer": lambda cell, units: getattr(layers, cell)(units)},
        SOFTMAX: {"activation": "softmax"},
    },
)


@build_language_model.mistake(FROZEN)
def frozen_language_model(num_tokens, cell, units):
    return frozen(_language_model(num_tokens, cell, units))


@build_language_model.alternative
def functional(num_tokens, cell, units):
    kind = {"SimpleRNN": layers.SimpleRNN, "LSTM": layers.LSTM, "GRU": layers.GRU}[cell]
    inputs = keras.Input(shape=(None,), dtype="int64")
    x = layers.Embedding(num_tokens, units, mask_zero=True)(inputs)
    x = kind(units, return_sequences=True, dropout=0.2, recurrent_dropout=0.2)(x)
    x = layers.TimeDistributed(layers.Dense(num_tokens))(x)
    return keras.Model(inputs, x)


@build_language_model.alternative
def by_cell(num_tokens, cell, units):
    recurrent = layers.RNN(getattr(layers, f"{cell}Cell")(units), return_sequences=True)
    return build_network(num_tokens, recurrent, layers.LayerNormalization(), end=num_tokens)
