"""Week 4, word embeddings: the notebook's own training, and answers that are right or wrong."""

import tracemalloc

import numpy as np
import pytest
from sklearn.decomposition import TruncatedSVD

from tests.benchmarks.cells import run_cells
from utils.checks import week4
from utils.checks.exercise import load_solutions

solutions = load_solutions(4)
CELLS = ("words-data", "vocabulary-use", "keep", "pairs-use", "counting", "planted")
CELLS += ("skipgram-model", "sgns-gradients", "skipgram-class", "word-loss")
CELLS += ("word-train-define", "word-train", "word-score")
CELLS += ("text-data", "bias", "text-train")


@pytest.fixture(scope="module")
def trained():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PROFILE", "tiny")
        patch.setenv("COURSE_SOLUTIONS", "1")
        patch.setenv("COURSE_CHECKPOINTS", "")  # `run_cells` sets it: put back with the others
        return run_cells(4, CELLS, seed=7)


@pytest.mark.parametrize("name", ["PMI and SVD", "skip-gram"])
def test_planted_neighbours_and_analogies_come_out(trained, name):
    near, solved = trained["results"][name]
    assert near >= 0.9 and solved >= 0.9


def test_vectors_from_counting_are_those_of_the_full_table(trained):
    ids, num_words = trained["token_ids"], len(trained["counted"])
    centers, contexts = solutions.skipgram_pairs(
        ids, 2, np.ones(num_words), np.random.default_rng(0)
    )
    together = np.zeros((num_words, num_words))
    np.add.at(together, (centers, contexts), 1)
    totals = together.sum(axis=0)
    ratio = together * together.sum() / np.outer(totals, totals)
    table = np.log(np.maximum(ratio, 1))  # 0 also where two words never met
    svd = TruncatedSVD(trained["COUNT_SIZE"], random_state=trained["SEED"])
    expected = svd.fit_transform(table) / np.sqrt(svd.singular_values_)
    found = trained["count_vectors"](centers, contexts, num_words)
    assert np.linalg.norm(found - expected) < 0.01 * np.linalg.norm(expected)


def test_counting_needs_no_cell_for_pairs_that_never_met(trained):
    """As in text8, which has some ten thousand words: a full table of these would take 3.6 GB."""
    rng, num_words = np.random.default_rng(0), 30_000
    ids = np.concatenate([np.arange(num_words), rng.integers(num_words, size=100_000)])
    near = np.roll(ids, 1)
    tracemalloc.start()
    pairs = np.concatenate([ids, near]), np.concatenate([near, ids])
    vectors = trained["count_vectors"](*pairs, num_words)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert vectors.shape == (num_words, trained["COUNT_SIZE"]) and np.isfinite(vectors).all()
    assert peak < 1e9


def test_the_held_out_loss_is_below_that_of_a_bias(trained):
    assert trained["text_loss"] < trained["bias_loss"] - 0.1


def test_the_bias_is_the_best_one(trained):
    """Moving it anywhere must not make the loss on the training pairs smaller."""
    read, counts, keep = (trained[name] for name in ("read", "counts", "keep"))
    pairs = examples(trained, read, counts, keep)
    ones = np.ones((len(pairs[0]), 1), "float32")

    def loss(bias):
        return float(solutions.sgns_loss(ones, bias[pairs[1]], bias[pairs[2]]))

    best, rng = loss(trained["bias"]), np.random.default_rng(1)
    for _ in range(3):
        moved = trained["bias"] + rng.normal(scale=0.3, size=trained["bias"].shape)
        assert loss(moved.astype("float32")) > best


def test_examples_fill_whole_batches_and_are_shuffled(trained):
    read, counts, keep = (trained[name] for name in ("read", "counts", "keep"))
    drawn = examples(trained, read, counts, keep)
    rows, batch = len(drawn[0]), trained["WORD_BATCH"]
    assert rows > 0 and rows % batch == 0
    assert drawn[2].shape == (rows, trained["NUM_NEGATIVES"])
    assert len(set(drawn[0][:batch].tolist())) > 100


def examples(trained, *text):
    """Return one epoch's examples of a text, in the sizes of the notebook."""
    sizes = [trained[name] for name in ("WINDOW", "NUM_NEGATIVES", "WORD_BATCH")]
    return trained["draw_examples"](*text, *sizes, np.random.default_rng(0))


def test_gradients_by_hand_are_those_of_the_loss(trained):
    """Along each number of both tables, by differences; a word may come more than once."""
    rng, step = np.random.default_rng(0), 1e-2
    tables = rng.normal(size=(2, 6, 4))
    centers, contexts, negatives = (rng.integers(5, size=(2, count)) for count in (3, 3, 5))

    def loss(tables):
        pairs = centers.ravel(), contexts.ravel(), np.repeat(negatives, 3, axis=0)
        return 6 * float(solutions.sgns_loss(*trained["look_up"](tables, *pairs)))

    slopes = trained["sgns_gradients"](tables, centers, contexts, negatives)
    for place in np.ndindex(tables.shape):
        above, below = tables.copy(), tables.copy()
        above[place] += step
        below[place] -= step
        assert np.isclose((loss(above) - loss(below)) / (2 * step), slopes[place], atol=2e-3)


def test_a_step_is_adagrads_and_leaves_words_that_are_not_in_it(trained):
    rng, model = np.random.default_rng(0), trained["SkipGram"](7)
    batch = [rng.integers(5, size=(4, count)) for count in (6, 6, 3)]
    model.tables[:] = rng.normal(size=model.tables.shape)
    before, squares = model.tables.copy(), model.squares.copy()
    slopes = trained["sgns_gradients"](before, *batch)
    model.step(batch, rate=0.1)
    assert np.allclose(model.squares, squares + slopes**2)
    expected = before - 0.1 * slopes / np.sqrt(squares + slopes**2)
    assert np.allclose(model.tables, expected, atol=1e-6)
    assert (model.center[5:] == before[0, 5:]).all() and (model.context[5:] == before[1, 5:]).all()


def test_draws_for_other_ids_are_caught():
    def negative_samples(counts, shape, rng):
        return solutions.negative_samples(np.sort(counts), shape, rng)

    assert not week4.negative_samples.examine(negative_samples, 0).ok


def test_windows_that_shrink_at_random_are_caught():
    def skipgram_pairs(token_ids, window, keep_probability, rng):
        kept = token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]
        reach = rng.integers(1, window + 1, size=len(kept))
        near = [
            (i, j) for i in range(len(kept)) for j in range(len(kept)) if 0 < abs(i - j) <= reach[i]
        ]
        return tuple(kept[np.array(near, dtype=int).reshape(-1, 2)].T)

    assert not week4.skipgram_pairs.examine(skipgram_pairs, 0).ok


def test_a_query_that_is_changed_is_named():
    def nearest_words(vectors, index, k):
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return solutions.nearest_words(vectors, index, k)

    assert "it modified its input `vectors`" in week4.nearest_words.examine(nearest_words, 0).text
