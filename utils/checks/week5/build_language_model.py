"""Check of `build_language_model`: points, the mistakes people make, sound variants."""

import keras
from keras import layers

from ..check import new_check
from ._networks import build_network, facts_of_network, facts_of_sequence

build_language_model = new_check(__name__, points=2, properties=facts_of_network(facts_of_sequence))


def _layer(cell, units):
    return getattr(layers, cell)(units, return_sequences=True)


@build_language_model.mistake(
    "It reads in both directions, so a score can look up the very letter that it should guess; a "
    "language model reads forwards."
)
def reads_ahead(num_tokens, cell, units):
    return build_network(num_tokens, layers.Bidirectional(_layer(cell, units)), end=num_tokens)


@build_language_model.mistake(
    "It scores only what comes after the last token; say return_sequences=True, so that every "
    "place gets its scores."
)
def last_place_alone(num_tokens, cell, units):
    return build_network(num_tokens, getattr(layers, cell)(units), end=num_tokens)


@build_language_model.mistake("It ends in a softmax; give logits, which the loss expects.")
def language_softmax(num_tokens, cell, units):
    return build_network(num_tokens, _layer(cell, units), end=num_tokens, activation="softmax")


@build_language_model.mistake("The last layer has a ReLU, so no score can be negative.")
def language_relu(num_tokens, cell, units):
    return build_network(num_tokens, _layer(cell, units), end=num_tokens, activation="relu")


@build_language_model.mistake(
    "There is no recurrent layer in it: each place sees its own token alone, like a bigram table."
)
def no_memory(num_tokens, cell, units):
    return build_network(num_tokens, layers.Dense(units, activation="tanh"), end=num_tokens)


@build_language_model.mistake("It has the same cell whatever `cell` says.")
def always_lstm(num_tokens, cell, units):
    return build_network(num_tokens, _layer("LSTM", units), end=num_tokens)


@build_language_model.mistake("It has the same cell whatever `cell` says.")
def always_gru(num_tokens, cell, units):
    return build_network(num_tokens, _layer("GRU", units), end=num_tokens)


@build_language_model.mistake("The recurrent layer has as many units as `units` says.")
def always_64(num_tokens, cell, units):
    return build_network(num_tokens, _layer(cell, 64), end=num_tokens)


@build_language_model.mistake("Every place gets num_tokens scores, one for each token.")
def scores_of_units(num_tokens, cell, units):
    return build_network(num_tokens, _layer(cell, units), end=units)


@build_language_model.mistake("The dense layer is missing: the states are no scores of tokens yet.")
def states_alone(num_tokens, cell, units):
    inputs = keras.Input((None,), dtype="int32")
    return keras.Model(inputs, _layer(cell, units)(layers.Embedding(num_tokens, 8)(inputs)))


@build_language_model.alternative
def language_functional(num_tokens, cell, units):
    kind = {"SimpleRNN": layers.SimpleRNN, "LSTM": layers.LSTM, "GRU": layers.GRU}[cell]
    inputs = keras.Input(shape=(None,), dtype="int64")
    x = layers.Embedding(num_tokens, units, mask_zero=True)(inputs)
    x = kind(units, return_sequences=True, dropout=0.2, recurrent_dropout=0.2)(x)
    x = layers.TimeDistributed(layers.Dense(num_tokens))(x)
    return keras.Model(inputs, x)


@build_language_model.alternative
def language_by_cell(num_tokens, cell, units):
    recurrent = layers.RNN(getattr(layers, f"{cell}Cell")(units), return_sequences=True)
    return build_network(num_tokens, recurrent, layers.LayerNormalization(), end=num_tokens)
