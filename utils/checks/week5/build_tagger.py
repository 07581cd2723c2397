"""Check of `build_tagger`: both directions, scores at every word, whatever the padding."""

import keras
from keras import layers

from ..check import new_check
from ._sequence_networks import FROZEN, build_network, facts_of_network, facts_of_sequence, frozen

build_tagger = new_check(__name__, points=2, properties=facts_of_network(facts_of_sequence))


def _both_ways(layer=layers.GRU):
    return layers.Bidirectional(layer(8, return_sequences=True))


def _tagger(num_words, num_tags, layer=_both_ways, activation=None, mask=True):
    """Return a tagger with another layer in the middle, an activation, or without a mask."""
    return build_network(num_words, layer(), end=num_tags, activation=activation, mask=mask)


build_tagger.add_mistakes(
    _tagger,
    {
        "It reads only forwards, so it tags a word without knowing what follows: make it "
        "bidirectional.": {"layer": lambda: layers.GRU(8, return_sequences=True)},
        "Reading backwards starts in the padding, so a sentence's tags depend on how much "
        "padding there is; set mask_zero=True in the embedding.": {"mask": False},
        "It ends in a softmax; give logits, which the loss expects.": {"activation": "softmax"},
        "The last layer has a ReLU, so no score can be negative.": {"activation": "relu"},
        "It gives one answer per sentence; set return_sequences=True, so that every word gets "
        "its scores.": {"layer": lambda: layers.Bidirectional(layers.GRU(8))},
        "It has no recurrent layer: a word's neighbours don't count.": {
            "layer": lambda: layers.Dense(8, activation="relu")
        },
        "It reads only backwards, and its states come in that order: use Bidirectional.": {
            "layer": lambda: layers.GRU(8, return_sequences=True, go_backwards=True)
        },
    },
)


@build_tagger.mistake(FROZEN)
def frozen_tagger(num_words, num_tags):
    return frozen(_tagger(num_words, num_tags))


@build_tagger.mistake("Every word gets num_tags scores.")
def scores_of_words(num_words, num_tags):
    return _tagger(num_words, num_words)


@build_tagger.alternative
def functional(num_words, num_tags):
    words = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_words, 7, mask_zero=True)(words)
    forwards = layers.LSTM(5, return_sequences=True)
    backwards = layers.LSTM(5, return_sequences=True, go_backwards=True)
    both = layers.Bidirectional(forwards, backward_layer=backwards, merge_mode="sum")(x)
    return keras.Model(words, layers.TimeDistributed(layers.Dense(num_tags))(both))


@build_tagger.alternative
def of_two_layers(num_words, num_tags):
    middle = layers.Dropout(0.2), _both_ways(), _both_ways(layers.SimpleRNN)
    return build_network(num_words, *middle, end=num_tags, mask=True)
