"""Check of `build_language_model`: the cell asked for, forwards, scores at every place."""

import keras
from keras import layers

from ..check import new_check
from ._sequence_networks import FROZEN, build_network, facts_of_network, facts_of_sequence, frozen

build_language_model = new_check(__name__, points=2, properties=facts_of_network(facts_of_sequence))


def _layer(cell, units):
    return getattr(layers, cell)(units, return_sequences=True)


def _language_model(num_tokens, cell, units, layer=_layer, activation=None):
    """Return a language model with another layer in the middle, or an activation at the end."""
    return build_network(num_tokens, layer(cell, units), end=num_tokens, activation=activation)


SAME_CELL = "It has the same cell whatever `cell` says."

build_language_model.add_mistakes(
    _language_model,
    [
        (
            "It reads in both directions, so it sees the very letter that it should predict; a "
            "language model reads forwards.",
            {"layer": lambda cell, units: layers.Bidirectional(_layer(cell, units))},
        ),
        (
            "It scores only what comes after the last token; set return_sequences=True, so that "
            "every place gets its scores.",
            {"layer": lambda cell, units: getattr(layers, cell)(units)},
        ),
        ("It ends in a softmax; give logits, which the loss expects.", {"activation": "softmax"}),
        ("The last layer has a ReLU, so no score can be negative.", {"activation": "relu"}),
        (
            "It has no recurrent layer: each place sees only its own token, as in a bigram table.",
            {"layer": lambda cell, units: layers.Dense(units, activation="tanh")},
        ),
        (SAME_CELL, {"layer": lambda cell, units: _layer("LSTM", units)}),
        (SAME_CELL, {"layer": lambda cell, units: _layer("GRU", units)}),
        (
            "The recurrent layer must have as many units as `units` says.",
            {"layer": lambda cell, units: _layer(cell, 64)},
        ),
    ],
)


@build_language_model.mistake(FROZEN)
def frozen_language_model(num_tokens, cell, units):
    return frozen(_language_model(num_tokens, cell, units))


@build_language_model.mistake("Every place gets num_tokens scores, one for each token.")
def scores_of_units(num_tokens, cell, units):
    return build_network(num_tokens, _layer(cell, units), end=units)


@build_language_model.mistake("The dense layer is missing: the states aren't scores of tokens yet.")
def states_alone(num_tokens, cell, units):
    inputs = keras.Input((None,), dtype="int32")
    return keras.Model(inputs, _layer(cell, units)(layers.Embedding(num_tokens, 8)(inputs)))


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
