"""Check of `build_tagger`: both directions, scores at every word, whatever the padding."""

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

FORWARDS = (
    "It reads only forwards, so it tags a word without knowing what follows: make it bidirectional."
)
BACKWARDS = "It reads only backwards, and its states come in that order: use Bidirectional."
NO_MASK = (
    "Reading backwards starts in the padding, so a sentence's tags depend on how much padding "
    "there is; set mask_zero=True in the embedding."
)
ONE_ANSWER = (
    "It gives one answer per sentence; set return_sequences=True, so that every word gets its "
    "scores."
)
NUMBER = "Every word gets num_tags scores; padding is counted in num_tags already."
NO_RECURRENT = "It has no recurrent layer, which reads a sentence from one end to the other."


def _which_count(ours):
    if ours.endswith("reverse order"):
        return BACKWARDS
    if "all before, none after" in ours:
        return FORWARDS
    if "none before, all after" in ours:
        return "It reads only backwards, so a word's tag doesn't depend on the words before it."
    if "none before, none after" in ours:
        return "A word's neighbours don't count; its scores depend on all words around it."
    if "the nearest" in ours:
        return "Only the nearest words count; a word's scores depend on all words around it."
    if "all before, some after" in ours:
        return (
            "The states of the way back stand in reverse order, as go_backwards=True leaves them, "
            "so most words get those of others: turn them round, or use Bidirectional."
        )
    return "A word's scores depend on all words around it; in yours, not all of them count."


build_tagger = new_check(
    __name__,
    points=2,
    properties=facts_of_network(3, "its own token, all before, all after", tokens_of_places),
    sentences=sentences(
        number=NUMBER,
        axes=ONE_ANSWER,
        no_recurrent=NO_RECURRENT,
        depends=_which_count,
        padded=(
            NO_MASK,
            "Padding changes the scores, although the embedding marks it: the mark is lost on the "
            "way, as by `ops.flip` or a convolution, which don't hand it on.",
        ),
    ),
)


def _both_ways(layer=layers.GRU):
    return layers.Bidirectional(layer(8, return_sequences=True))


def _tagger(num_words, num_tags, layer=_both_ways, activation=None, mask=True):
    """Return a tagger with another layer in the middle, an activation, or without a mask."""
    return build_network(num_words, layer(), end=num_tags, activation=activation, mask=mask)


build_tagger.add_mistakes(
    _tagger,
    {
        FORWARDS: {"layer": lambda: layers.GRU(8, return_sequences=True)},
        NO_MASK: {"mask": False},
        SOFTMAX: {"activation": "softmax"},
        BACKWARDS: {"layer": lambda: layers.GRU(8, return_sequences=True, go_backwards=True)},
    },
)


@build_tagger.mistake(FROZEN)
def frozen_tagger(num_words, num_tags):
    return frozen(_tagger(num_words, num_tags))


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
