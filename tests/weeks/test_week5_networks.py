"""What the checks of week 5 say of networks that differ from what is asked in one way."""

import keras
import pytest
from keras import layers, ops

from utils.checks import week5


def tagger(*middle, rows=0, mask=True, length=None, more=0, activation=None):
    """Return a `build_tagger` of these layers between its embedding and its last layer."""

    def build_tagger(num_words, num_tags):
        words = keras.Input((length,), dtype="int32")
        x = layers.Embedding(num_words + rows, 6, mask_zero=mask)(words)
        for make in middle:
            x = make(x)
        return keras.Model(words, layers.Dense(num_tags + more, activation=activation)(x))

    return build_tagger


def both_ways(x):
    return layers.Bidirectional(layers.GRU(5, return_sequences=True))(x)


def not_turned_round(x):
    way_back = layers.GRU(5, return_sequences=True, go_backwards=True)(x)
    return ops.concatenate([layers.GRU(5, return_sequences=True)(x), way_back], axis=-1)


def from_the_end(x):
    return ops.flip(layers.GRU(5, return_sequences=True, go_backwards=True)(x), axis=1)


def joined_as_rows(x):
    return ops.concatenate([x, x], axis=0)


def always_dropping(x):
    return layers.Dropout(0.5)(x, training=True)


@pytest.mark.parametrize(
    "build, said",
    [
        (tagger(both_ways, more=1), "Every word gets num_tags scores"),
        (tagger(both_ways, rows=-1), "The embedding has too few rows"),
        (tagger(both_ways, length=9), "rows of one length only"),
        (tagger(both_ways, activation="sigmoid"), "ends in a sigmoid"),
        (tagger(both_ways, activation="tanh"), "ends in a tanh"),
        (tagger(both_ways, activation="relu"), "The last layer has a ReLU"),
        (tagger(both_ways, activation="elu"), "cuts off negative scores"),
        (tagger(both_ways, always_dropping), "Chance acts outside training"),
        (tagger(not_turned_round), "stand in reverse order"),
        (tagger(both_ways, joined_as_rows), "another number of rows"),
        (tagger(from_the_end), "It reads only backwards, so a word's tag"),
        (tagger(both_ways, mask=False), "Reading backwards starts in the padding"),
        (tagger(both_ways), ""),
    ],
)
def test_a_tagger_is_told_what_differs(build, said):
    build.__name__ = "build_tagger"
    for seed in range(2):
        verdict = week5.build_tagger.examine(build, seed)
        assert verdict.ok == (not said) and said in verdict.mistake, verdict.text


def test_a_language_model_of_two_layers_or_another_cell_is_told():
    def build_language_model(num_tokens, cell, units):
        kind = getattr(layers, cell)
        return keras.Sequential(
            [
                keras.Input((None,), dtype="int32"),
                layers.Embedding(num_tokens, 6),
                kind(units, return_sequences=True),
                kind(units, return_sequences=True),
                layers.Dense(num_tokens),
            ]
        )

    def swapped(num_tokens, cell, units):
        other = {"GRU": "LSTM", "LSTM": "GRU", "SimpleRNN": "SimpleRNN"}[cell]
        return week5.build_language_model.reference(num_tokens, other, units)

    check = week5.build_language_model
    assert "more than one recurrent layer" in check.examine(build_language_model, 0).mistake
    assert "isn't of the kind that `cell` names" in check.examine(swapped, 0).mistake


@pytest.mark.parametrize("always", ["SimpleRNN", "LSTM", "GRU"])
def test_a_language_model_that_ignores_the_cell_is_told(always):
    """Whichever it always builds: each of the three cells is asked for, on every seed."""

    def build_language_model(num_tokens, cell, units):
        return keras.Sequential(
            [
                keras.Input((None,), dtype="int32"),
                layers.Embedding(num_tokens, 6),
                getattr(layers, always)(units, return_sequences=True),
                layers.Dense(num_tokens),
            ]
        )

    for seed in range(3):
        verdict = week5.build_language_model.examine(build_language_model, seed)
        assert not verdict.ok, f"seed {seed}"
        assert "isn't of the kind that `cell` names" in verdict.mistake


def test_a_network_may_come_compiled():
    def build_classifier(num_tokens, num_classes):
        model = week5.build_classifier.reference(num_tokens, num_classes)
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        return model

    assert week5.build_classifier.examine(build_classifier, 0).ok


def test_a_network_without_an_input_layer_is_right():
    def build_classifier(num_tokens, num_classes):
        return keras.Sequential(
            [
                layers.Embedding(num_tokens, 6, mask_zero=True),
                layers.LSTM(5),
                layers.Dense(num_classes),
            ]
        )

    verdict = week5.build_classifier.examine(build_classifier, 0)
    assert verdict.ok, verdict.text
