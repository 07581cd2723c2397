"""Week 5 beyond its checks: known counts, agreement of its parts, and the data of two classes."""

import re

import keras
import numpy as np
import pytest
from scipy.special import log_softmax

from tests.benchmarks.cells import run_cells
from tests.benchmarks.week5 import LANGUAGE, SAMPLES
from utils import registry
from utils.checks import week5
from utils.checks.exercise import load_solutions
from utils.datasets.cards import (
    fetch_names_and_cards,
    make_names_and_titles,
    split_by_stem,
    stem_of,
)
from utils.datasets.synthetic_names import make_names
from utils.download import sources

reference = load_solutions(5)


@pytest.fixture(scope="module")
def names():
    data = make_names()
    return data.names_train + data.names_val + data.names_test


def test_names_survive_the_way_into_numbers_and_back(names):
    tokens, ids = reference.build_vocabulary(names)
    matrix = reference.names_to_matrix(names, ids, max(map(len, names)) + 2)
    assert tokens[:3] == ["<pad>", "<start>", "<end>"]
    back = ["".join(tokens[i] for i in row if i > 2) for row in matrix]
    assert back == names and (matrix[:, 0] == 1).all() and ((matrix == 2).sum(axis=1) == 1).all()


def test_the_bigram_table_gives_no_chance_to_padding_and_start(names):
    tokens, ids = reference.build_vocabulary(names)
    matrix = reference.names_to_matrix(names, ids, 16)
    table = reference.bigram_probabilities(matrix, len(tokens), 0.1)
    assert (table[:, :2] == 0).all() and (table[:, 2:] > 0).all()
    np.testing.assert_allclose(table.sum(axis=1), 1)


def test_the_gradient_by_hand_is_that_of_a_whole_network():
    rng = np.random.default_rng(0)
    inputs, h0 = rng.normal(size=(3, 6, 4)), rng.normal(size=(3, 5))
    Wx, Wh, b = rng.normal(size=(4, 5)), rng.normal(size=(5, 5)) / 2, rng.normal(size=5)
    Wy, targets = rng.normal(size=(5, 7)), rng.integers(0, 7, size=(3, 6))

    def loss(Wh):
        scores = reference.rnn_forward(inputs, h0, Wx, Wh, b)[:, 1:] @ Wy
        return -np.take_along_axis(log_softmax(scores, axis=-1), targets[..., None], -1).mean()

    h = reference.rnn_forward(inputs, h0, Wx, Wh, b)
    scores = h[:, 1:] @ Wy
    grad_h = np.zeros_like(h)
    probabilities = np.exp(log_softmax(scores, axis=-1))
    grad_h[:, 1:] = (probabilities - np.eye(7)[targets]) @ Wy.T / targets.size
    _, grad_Wh, _, _ = reference.rnn_backward(grad_h, inputs, h, Wx, Wh)
    nudge = 1e-6 * rng.normal(size=Wh.shape)
    assert loss(Wh + nudge) - loss(Wh - nudge) == pytest.approx(
        2 * np.sum(grad_Wh * nudge), rel=1e-5
    )


@pytest.mark.parametrize("cell", ["LSTM", "GRU"])
def test_steps_along_a_sequence_are_keras_layers(cell):
    layer = getattr(keras.layers, cell)(6)
    inputs = np.random.default_rng(1).normal(size=(2, 9, 4)).astype("float32")
    theirs = keras.ops.convert_to_numpy(layer(inputs))
    weights = layer.get_weights()
    h = c = np.zeros((2, 6))
    for x in inputs.transpose(1, 0, 2):
        if cell == "LSTM":
            h, c = reference.lstm_step(x, h, c, *weights)
        else:
            h = reference.gru_step(x, h, *weights)
    np.testing.assert_allclose(h, theirs, rtol=1e-4, atol=1e-5)


def test_the_masked_loss_is_what_fit_minimises():
    """`fit` hands targets over as floats; the notebook's loss casts them back."""
    model = reference.build_language_model(9, "GRU", 4)

    def loss(targets, logits):
        return reference.masked_loss(logits, keras.ops.cast(targets, "int32"), 0)

    model.compile("sgd", loss)
    rows = np.array([[1, 4, 5, 2, 0, 0], [1, 3, 3, 7, 8, 2]])
    found = model.evaluate(rows[:, :-1], rows[:, 1:], verbose=0)
    logits = keras.ops.convert_to_numpy(model(rows[:, :-1]))
    log_p = np.take_along_axis(log_softmax(logits, axis=-1), rows[:, 1:, None], -1)[..., 0]
    assert found == pytest.approx(-log_p[rows[:, 1:] != 0].mean(), rel=1e-5)


def test_a_name_grows_by_what_was_drawn_until_its_end():
    ids = {"<pad>": 0, "<start>": 1, "<end>": 2, "a": 3, "b": 4}
    heard = []

    def next_logits(numbers):
        heard.append(numbers)
        return np.array([0, 0, 99, 0, 0]) if len(numbers) > 1 else np.array([0, 0, 0, 0, 99])

    name = reference.sample_name(next_logits, ids, "", 1.0, 9, np.random.default_rng(0))
    assert name == "b" and heard == [[1], [1, 4]]


def test_a_wrong_gradient_is_told_even_where_it_is_no_known_mistake():
    def rnn_backward(grad_h, inputs, h, Wx, Wh):
        gradients = list(reference.rnn_backward(grad_h, inputs, h, Wx, Wh))
        gradients[1] = gradients[1] * 1.01
        return gradients

    verdict = week5.rnn_backward.examine(rnn_backward, 0)
    assert not verdict.ok and "in item 1 of the result" in verdict.text


def test_a_loss_by_numpy_is_told_that_no_gradient_passes():
    mistake = next(m for m in week5.masked_loss.mistakes if "NumPy" in m.explanation)
    assert "no gradient can pass through it" in week5.masked_loss.examine(mistake.function, 3).text


def test_parts_of_names_and_titles_share_no_stem():
    data = make_names_and_titles()
    parts = [data.names_train, data.names_val, data.names_test]
    stems = [set(map(stem_of, part)) for part in parts]
    assert not stems[0] & stems[1] and not stems[0] & stems[2] and not stems[1] & stems[2]
    assert data.synthetic and data.class_names == ("title", "name")
    assert min(map(len, parts)) > 50 and 0.6 < data.y_train.mean() < 0.85


def test_what_is_in_both_lists_is_left_out():
    data = split_by_stem([f"Nam{c}" for c in "abcdefgh"] + ["Rose"], ["Rose", "Old Oak"], (), "")
    every = data.names_train + data.names_val + data.names_test
    assert "Rose" not in every and len(every) == 9
    assert stem_of("O'Hara") == "ohar" and stem_of("An Oak") == "anoa"


def test_cards_come_without_colour_and_type(tmp_path, monkeypatch):
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyz"
    first_names = [f"{letter.upper()}nn{letter}" for letter in letters]
    (mirror / "names.txt").write_text("\n".join(first_names))
    cards = [f"[1{letter}] Creature, Elf: {letter.upper()}ld: the Oak" for letter in letters]
    (mirror / "mtg_card_names.txt").write_text("\n".join(cards))
    monkeypatch.setenv("COURSE_MIRROR", str(mirror))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_PROFILE", "cpu")
    monkeypatch.setattr(registry, "lookup", lambda name: registry.Entry(name))
    data = fetch_names_and_cards()
    sources._mirrors.clear()
    every = data.names_train + data.names_val + data.names_test
    assert len(every) == 52 and "Ald: the Oak" in every and "Anna" in every
    assert data.class_names == ("card", "first name") and not data.synthetic
    assert data.y_train.sum() + data.y_val.sum() + data.y_test.sum() == 26


def test_windows_that_are_read_one_after_the_other_cost_what_the_whole_rows_cost(names):
    """The state that is handed on is all that later windows need of earlier ones."""
    tokens, ids = reference.build_vocabulary(names)
    rows = reference.names_to_matrix(names[:5], ids, 16)
    rng = np.random.default_rng(0)
    shapes = (len(tokens), 4), (4, 4), 4, (4, len(tokens)), len(tokens)
    weights = [rng.normal(size=shape) for shape in shapes]
    whole, _, last = reference.loss_and_gradients(weights, rows, np.zeros((5, 4)))
    total, h = 0.0, np.zeros((5, 4))
    for start in range(0, 15, 4):
        window = rows[:, start : start + 5]
        loss, _, h = reference.loss_and_gradients(weights, window, h)
        total += loss * max(1, np.sum(window[:, 1:] != 0))
    assert total / np.sum(rows[:, 1:] != 0) == pytest.approx(whole)
    np.testing.assert_allclose(h, last)


def test_names_are_learned_by_hand_and_better_than_by_a_table():
    """What the notebook says of its first training, over seeds."""
    data = make_names()
    tokens, ids = reference.build_vocabulary(data.names_train + data.names_val + data.names_test)
    train, test = (
        reference.names_to_matrix(part, ids, 16) for part in (data.names_train, data.names_test)
    )
    table = reference.bigram_probabilities(train, len(tokens), 0.1)
    bar = -np.log(table[test[:, :-1], test[:, 1:]][test[:, 1:] > 0]).mean()
    rng = np.random.default_rng(1)
    shapes = (len(tokens), 32), (32, 32), 32, (32, len(tokens)), len(tokens)
    weights = [rng.normal(size=shape) / np.sqrt(32) for shape in shapes]
    speeds = [0.0] * 5

    def update(weights, gradients):
        speeds[:] = [0.9 * speed + gradient for speed, gradient in zip(speeds, gradients)]
        return [weight - 0.1 * speed for weight, speed in zip(weights, speeds)]

    for _ in range(12):
        weights = reference.train_epoch(weights, train, 16, 15, update, rng)
    nats = reference.loss_and_gradients(weights, test, np.zeros((len(test), 32)))[0]
    assert nats < bar


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_what_the_notebook_says_of_windows_and_gates_holds_in_tiny(seed, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    by_hand = "hand-data", "hand-train-define", "hand-train", "hand-compare", "hand-windows"
    v = run_cells(5, (*by_hand, "notes-data", "notes-figure"), seed)
    assert max(v["by_hand"], v["found"]) < min(v["scores"])  # even in windows of one
    assert abs(np.log(len(v["small_ids"])) - v["untrained"]) < 0.3
    assert np.mean(v["errors"]["SimpleRNN"]) > 10 * np.mean(v["errors"]["GRU"])
    assert np.mean(v["errors"]["GRU"]) < 0.1


@pytest.mark.slow
def test_what_the_notebook_says_of_slips_and_duplicates_holds_in_tiny(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    v = run_cells(5, (*LANGUAGE, *SAMPLES), 1)
    tables = [v["nats"][name] for name in ("bigram", "trigram", "4-gram")]
    assert max(v["nats"][cell] for cell in v["CELLS"]) < min(tables) == tables[0]
    next_letter, one_after, *_ = (v["hurt"] - v["clean"])[v["SLIP"] :]
    assert next_letter > 0.2 and abs(one_after) < next_letter / 2
    low, *higher = map(float, re.findall(r"([\d.]+)% duplicates", capsys.readouterr().out))
    assert low > 5 and max(higher) < 2
