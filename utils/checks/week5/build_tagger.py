"""Check of `build_tagger`: points, the mistakes people make, sound variants."""

import keras
from keras import layers

from ..check import new_check
from ._networks import build_network, facts_of_network, facts_of_sequence

build_tagger = new_check(__name__, points=2, properties=facts_of_network(facts_of_sequence))


def _both_ways(layer=layers.GRU, **options):
    return layers.Bidirectional(layer(8, return_sequences=True, **options))


@build_tagger.mistake(
    "It reads forwards alone, so a word can't know what follows it: make it bidirectional."
)
def forwards_alone(num_words, num_tags):
    return build_network(num_words, layers.GRU(8, return_sequences=True), end=num_tags, mask=True)


@build_tagger.mistake(
    "The way back begins in the padding, so a sentence's tags depend on how much of it there is; "
    "tell the embedding mask_zero=True."
)
def tagger_without_mask(num_words, num_tags):
    return build_network(num_words, _both_ways(), end=num_tags)


@build_tagger.mistake("It ends in a softmax; give logits, which the loss expects.")
def tagger_softmax(num_words, num_tags):
    return build_network(num_words, _both_ways(), end=num_tags, activation="softmax", mask=True)


@build_tagger.mistake("The last layer has a ReLU, so no score can be negative.")
def tagger_relu(num_words, num_tags):
    return build_network(num_words, _both_ways(), end=num_tags, activation="relu", mask=True)


@build_tagger.mistake(
    "It gives one answer a sentence; say return_sequences=True, so that every word gets its scores."
)
def one_tag_a_sentence(num_words, num_tags):
    return build_network(num_words, layers.Bidirectional(layers.GRU(8)), end=num_tags, mask=True)


@build_tagger.mistake("There is no recurrent layer in it: a word's neighbours don't count.")
def word_by_word(num_words, num_tags):
    return build_network(num_words, layers.Dense(8, activation="relu"), end=num_tags, mask=True)


@build_tagger.mistake(
    "It reads backwards alone, and its states come in that order: use Bidirectional."
)
def backwards_alone(num_words, num_tags):
    recurrent = layers.GRU(8, return_sequences=True, go_backwards=True)
    return build_network(num_words, recurrent, end=num_tags, mask=True)


@build_tagger.mistake("Every word gets num_tags scores.")
def scores_of_words(num_words, num_tags):
    return build_network(num_words, _both_ways(), end=num_words, mask=True)


@build_tagger.alternative
def tagger_functional(num_words, num_tags):
    words = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_words, 7, mask_zero=True)(words)
    forwards = layers.LSTM(5, return_sequences=True)
    backwards = layers.LSTM(5, return_sequences=True, go_backwards=True)
    both = layers.Bidirectional(forwards, backward_layer=backwards, merge_mode="sum")(x)
    return keras.Model(words, layers.TimeDistributed(layers.Dense(num_tags))(both))


@build_tagger.alternative
def tagger_of_two_layers(num_words, num_tags):
    return build_network(
        num_words,
        layers.Dropout(0.2),
        _both_ways(),
        _both_ways(layers.SimpleRNN),
        end=num_tags,
        mask=True,
    )
