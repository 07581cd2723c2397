"""What is said of answers that no catalogue knows: of each kind, and of what only looks like it."""

import numpy as np
import pytest

from utils.checks.check import Check
from utils.checks.diagnoses import diagnose
from utils.checks.diagnoses.failures import meaning_of
from utils.checks.probes.recorder import Opaque

PLAIN = Check("sgd_step", 1, probe=None)
RNG = np.random.default_rng(0)
A, X, W = RNG.normal(size=(5, 7)), RNG.normal(size=(11, 3)), RNG.normal(size=7)
ROWS = np.exp(A) / np.exp(A).sum(axis=1, keepdims=True)  # shares of each row
COUNTS = np.array([12, 5, 31, 8])
PIXELS = COUNTS.astype("uint8")


def seen(value, inputs=None, error=None, changed=(), warnings=(), layers=None):
    return {
        "case": "a case", "facts": {}, "value": value, "error": error, "changed": list(changed),
        "warnings": list(warnings), "layers": layers, "inputs": inputs or {},
    }  # fmt: skip


def said(*pairs, check=PLAIN, inputs=None):
    """Return the diagnosis of cases, given as pairs (answer's value, right value)."""
    ours = [seen(value) for value, _ in pairs]
    return diagnose(ours, [seen(value, inputs) for _, value in pairs], check)


@pytest.mark.parametrize(
    "ours, right, inputs, words",
    [
        (A.T, A, {}, "transposed"),
        (A[None].transpose(2, 0, 1), A[None], {}, "axes are in another order"),
        (-A, A, {}, "The sign is wrong"),
        (11 * A, A, {"X": X}, "too large by a factor of the number of rows of `X`"),
        (A / 11, A, {"X": X}, "too small by a factor of the number of rows of `X`"),
        (11 / 3 * A, A, {"X": X}, "divided by the number of columns of `X`: divide by the number"),
        (11 / 10 * A, A, {"X": X}, "divided by the number of rows of `X` minus one"),
        (2 * A, A, {"X": X}, "twice the right one: a ½ is missing"),
        (-2 * A, A, {"X": X}, "and its sign is wrong"),
        (A / np.log(2), A, {}, "log2"),
        (0.3 * A, A, {"eta": 0.3}, "has the factor `eta` once too often"),
        (A / 0.3, A, {"eta": 0.3}, "lacks the factor `eta`"),
        (W - 0.3 * A, W - A, {"w": np.broadcast_to(W, A.shape), "eta": 0.3}, "Your step from `w`"),
        (A + 0.5, A - 0.5, {"A": A}, "You went the wrong way from `A`"),
        (A, A + W, {"b": W}, "The term `b` is missing"),
        (A + 2 * W, A + W, {"b": W}, "`b` is there once too often"),
        (A - 0.3 * A[::-1], A, {"l2": 0.3, "w": A[::-1]}, "The term `l2` · `w` is missing"),
        (A.max(axis=0), A.max(axis=1), {"A": A[:, :5]}, ""),
        (A.mean(axis=0), A.max(axis=0), {"A": A}, "You took the mean of `A` over axis 0; the max"),
        (A.argmin(axis=0), A.argmax(axis=0), {"A": A}, "the place of the minimum"),
        (W, W.mean(), {}, "The last step is missing: take the mean"),
        (W.mean(), W, {}, "You took the mean over everything"),
        (A.sum(axis=0), A.sum(), {}, "The last step is missing: take the sum"),
        (W[:, None] - W, W, {}, "NumPy made n×n numbers"),
        (W[:, None], W, {}, "an axis of length 1 is too many"),
        (A.ravel(), A, {}, "in another shape"),
        (np.trunc(3 * A), 3 * A, {"w": np.arange(35).reshape(5, 7)}, "`w` holds integers here"),
        (np.exp(A), A, {}, "The logarithm is missing"),
        (1 - ROWS, ROWS, {}, "one minus the right result"),
        (np.maximum(A, 0), A, {}, "What is below zero is cut off"),
        (np.exp(A) / np.exp(A).sum(axis=0), ROWS, {}, "along axis 0"),
        (A[:, ::-1], A, {}, "in reverse order along axis 1"),
        (np.roll(W, 1), W, {}, "one place too late"),
        (W[:-1], W, {}, "The end is missing"),
        (W[1:], W, {}, "The start is missing"),
        (COUNTS, np.sort(COUNTS), {}, "the smallest first"),
        (COUNTS.astype(float), COUNTS, {}, "whole numbers are due"),
        (COUNTS.astype("float32"), PIXELS, {"image": PIXELS}, "it should be uint8"),
        (A > 0, A, {}, "the outcome of a comparison"),
        (A, 3 * A**2, {"A": A}, "You returned `A` as it came"),
        ([W, A], [A, W], {}, "what you return as number 2 must come first"),
        (A, [A, W], {}, "only result number 1 of 2"),
        ([A, W, W], [A, W], {}, "You returned 3 results; only the first 2 are due"),
        ([A, W], [A, W, W], {}, "one or more are due after them"),
        (list(W), W, {}, "make an array of it"),
        (W, W - 0.3 * W[::-1], {"w": W, "eta": 0.3, "grad": W[::-1]}, "returned `w` as it came"),
        ([A], A, {}, "You put the result into a list"),
        (Opaque("an object of type map"), ["a"], {}, "only promises its items"),
        (["a", "b"], ["a", "b", "<end>"], {}, "after 'b' should come '<end>'"),
        (["b", "a"], ["a", "b"], {}, "reverse order"),
        (["a", "c", "b", "d"], ["a", "b", "c", "d"], {}, "must be sorted"),
        (["The", "cat"], ["the", "cat"], {}, "Upper and lower case"),
        ({"a": 2, "b": 3}, {"a": 1, "b": 2}, {}, "Every number is 1 too large: start at 1"),
        (None, A, {}, "without a `return`"),
    ],
)  # fmt: skip
def test_each_kind_is_told(ours, right, inputs, words):
    text = said((ours, right), inputs=inputs)
    assert (words in text) if words else not text, text


@pytest.mark.parametrize(
    "ours, right, inputs",
    [
        (0, 1, {}),  # zeros alone aren't cut off, and 1 is no term
        (np.zeros(5), RNG.uniform(size=5), {}),
        (np.zeros(7), W, {"w": W}),  # what isn't there at all lacks no term
        (3, 6, {}),  # a ratio of whole numbers says little
        (4 * A, A, {"x": np.ones((4, 9))}),  # 4 rows, or a constant of 4
        (np.array([0.0, 1.0, 1.0]), np.array([0.0, 2.0, 3.0]), {}),  # cut off at one, or at a loss
        (np.ones(4), np.array([1.0, 1.0, 2.0, 1.0]), {}),
        (np.array([1, 0, 1]), np.array([0, 1, 1]), {}),
        (RNG.normal(size=(5, 7)), A, {"A": RNG.normal(size=(5, 7))}),
        (np.full(3, np.nan), np.ones(3), {}),  # what made it, no one said
        (["a"], ["b"], {}),
        ([], ["b"], {}),
        ("text", A, {}),
        (np.array([]), A, {}),
    ],
)
def test_what_only_looks_like_a_kind_is_not_told(ours, right, inputs):
    assert said((ours, right), inputs=inputs) == ""


def test_a_sentence_must_hold_for_the_first_case_and_nearly_all():
    assert "sign" in said((-A, A), (-W, W))
    assert said((-A, A), (W + 1, W)) == ""
    assert said((W**3, W), (-A, A), (-A, A)) == ""


def test_a_coincidence_of_sizes_is_told_apart_by_the_other_cases():
    pairs = [(3 * A, A), (3 * W, W)]
    ours = [seen(value) for value, _ in pairs]
    rows = [np.ones((3, 8)), np.ones((9, 8))]
    right = [seen(value, {"x": x}) for (_, value), x in zip(pairs, rows)]
    assert diagnose(ours, right, PLAIN) == ""


def test_the_part_that_differs_is_named():
    assert said(([A, -W], [A, W])).startswith("Item 1 of the result: The sign is wrong")
    assert said(({"loss": -W}, {"loss": W})).startswith("Loss: The sign is wrong")


def test_a_sentence_about_many_items_holds_for_nearly_all():
    captions = [RNG.integers(2, 99, size) for size in (4, 3, 5, 4, 6)]
    longer = [np.append(caption, 1) for caption in captions]
    assert "one is too many at the end" in said((longer, captions))
    assert said(([longer[0], *(caption + 7 for caption in captions[1:])], captions)) == ""


def test_nan_is_told_with_what_made_it():
    ours = seen(np.full(3, np.nan), warnings=["overflow encountered in exp"])
    assert "you took exp of a large number" in diagnose([ours], [seen(np.ones(3))], PLAIN)


def test_where_only_one_kind_of_call_fails_its_own_sentence_is_said():
    error = {"type": "ValueError", "message": "name 'x' is not defined", "line": None, "text": ""}
    alone = {"alone": "Kernels need not be square."}
    right = [seen(A), seen(W) | {"facts": alone}, seen(W)]
    assert diagnose([seen(A), seen(None, error=error), seen(W)], right, PLAIN) == alone["alone"]
    assert "`x`" in diagnose([seen(None, error=error)] * 2 + [seen(W)], right, PLAIN)


def test_a_modified_input_is_told():
    ours, right = seen(W, changed=["w"]), seen(W)
    assert "You changed the caller's `w` in place" in diagnose([ours], [right], PLAIN)
    ours["value"] = None
    assert "in place and returned nothing" in diagnose([ours], [right], PLAIN)


def test_what_a_check_says_of_a_fact_comes_first():
    check = Check("sgd_step", 1, probe=None, sentences={"sorted": "Sort them."})
    facts = {"sorted": True, "how many": 3}
    assert said((facts | {"sorted": False}, facts), check=check) == "Sort them."
    assert said((facts | {"how many": 4}, facts), check=check) == ""


def test_a_sentence_gets_the_whole_fact():
    sentences = {"sizes": lambda ours, theirs: f"{ours}, not {theirs}.", "text": "No."}
    check = Check("sgd_step", 1, probe=None, sentences=sentences)
    facts = {"sizes": [4, 4, 1], "loss": 3.0}
    for sizes in ([4, 4, 4], [4, 4, 1, 1], []):
        expected = f"{sizes}, not [4, 4, 1]."
        assert said((facts | {"sizes": sizes}, facts), check=check) == expected
        nested = {"training": facts}, {"training": facts | {"sizes": sizes}}
        assert said(nested[::-1], check=check) == expected


DENSE, RELU = {"kind": "Dense", "units": 64, "use_bias": True}, {"kind": "ReLU"}


@pytest.mark.parametrize(
    "rows, words",
    [
        ([DENSE | {"units": 32}, RELU, DENSE], "layer number 1 should have 64 units; yours has 32"),
        ([DENSE, RELU, DENSE, RELU], "There is a ReLU after Dense that shouldn't be there"),
        ([DENSE, DENSE], "There should be a ReLU after Dense; it is missing"),
        ([DENSE, {"kind": "tanh"}, DENSE], "There should be a ReLU after Dense; yours is a tanh"),
        ([DENSE | {"use_bias": False}, RELU, DENSE], ""),  # not prescribed
    ],
)
def test_the_first_layer_that_differs_is_told(rows, words):
    check = Check("sgd_step", 1, probe=None, layers=("units",))
    ours, right = seen(A, layers=rows), seen(W, layers=[DENSE, RELU, DENSE])
    text = diagnose([ours], [right], check)
    assert (words in text) if words else not text, text


@pytest.mark.parametrize(
    "kind, message, words",
    [
        ("NameError", "name 'loss' is not defined", "`loss`, which nothing defines"),
        ("ValueError", "shapes (3,4) and (3,4) not aligned", "The matrices that you multiply"),
        ("ValueError", "truth value of an array with more than one element is ambiguous", "`if`"),
        ("ValueError", "too many values to unpack (expected 2)", "`X.T`"),
        ("KeyError", "'x'", "`.get` takes"),
        ("TypeError", "'list' object cannot be interpreted as an integer", "one list of arrays"),
        ("ZeroDivisionError", "division by zero", "You divided by 0"),
        ("RuntimeError", "something else", None),
    ],
)  # fmt: skip
def test_errors_are_put_into_words(kind, message, words):
    text = meaning_of({"type": kind, "message": message, "text": "np.stack(a, b)"})
    assert (words in text) if words else text is None
