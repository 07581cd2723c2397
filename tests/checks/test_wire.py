"""The wall between a probe and what a learner wrote: values cross it, and nothing else does."""

import io
import json
import struct
import sys

import numpy as np
import pytest

from tests.support.apart import apart, stream_to
from utils.checks.probes import trial
from utils.checks.probes.recorder import Opaque, Recorder
from utils.checks.probes.wire import MAX_MESSAGE, Apart, Gone, Stream

VALUES = [
    None,
    True,
    3,
    2**100,
    -0.5,
    1 + 2j,
    "Zoé",
    [1, [2.0, "a"]],
    (1, (), [2]),
    {"a": 1, 2: (3, 4)},
    np.arange(6, dtype="int16").reshape(2, 3),
    np.float32(1.5),
    np.array(["a", "bc"]),
    np.zeros((0, 3)),
    range(2, 9, 3),
]


def same(a, b):
    """Whether two values are the same, types included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_plain_values_cross_both_ways_as_they_are(value):
    with apart(lambda x: (x, type(x).__name__)) as echo:
        back, kind = echo(value)
    assert same(back, value) and kind == type(value).__name__


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "an object of type object"),
        ({1, 2}, "an object of type set"),
        (len, "an object of type builtin_function_or_method"),
        (np.array([object()]), "an array of 1 items of dtype object"),
        (10**5000, "a very large int"),
    ],
    ids=["object", "set", "function", "objects", "int"],
)
def test_what_is_no_value_stays_and_is_named(value, words):
    with apart(lambda: value) as give:
        back = give()
    assert isinstance(back, Opaque) and back == words


def test_an_error_comes_with_the_learners_own_line():
    def broken(x):
        y = x + 1
        return y / 0

    with apart(broken) as function:
        call = Recorder(function)
        call("a number", 2)
    (seen,) = call.evidence
    assert seen["error"]["type"] == "ZeroDivisionError" and seen["error"]["text"] == "return y / 0"


def test_arguments_are_copies_and_a_change_is_named():
    array, rng = np.ones(3), np.random.default_rng(1)

    def change(x, rng):
        x += 1
        return rng.random()

    expected = np.random.default_rng(1).random()
    for stands in (change, None):
        with apart(change) as remote:
            call = Recorder(stands or remote)
            assert call("ones", array, rng) == expected
        assert call.evidence[0]["changed"] == ["x"] and array.sum() == 3
    assert rng.random() == expected  # nobody drew from this one


def test_items_and_steps_are_served_one_at_a_time():
    log = []

    def source():
        for number in range(10):
            log.append(f"take {number}")
            yield number

    def step(number):
        log.append(f"step {number}")
        return number * number

    def squares(items, step):
        for item in items:
            yield step(item)

    with apart(squares) as remote:
        found = remote(source(), step)
        assert log == []
        log.append(f"got {next(found)}")
        log.append(f"got {next(found)}")
    assert log == ["take 0", "step 0", "got 0", "take 1", "step 1", "got 1"]


def test_an_error_of_what_is_served_is_raised_in_the_learners_code():
    def refuse(_):
        raise KeyError("no such word")

    def tries(step):
        try:
            return step(1)
        except KeyError as error:
            return f"caught {error.args[0]}"

    with apart(tries) as remote:
        assert "no such word" in remote(refuse)


def double_inside(function, x):
    """A recipe."""
    return 2 * function(x)


def test_a_recipe_runs_beside_the_function():
    sys.modules["utils.checks.probes._for_test"] = sys.modules[__name__]
    double_inside.__module__ = "utils.checks.probes._for_test"
    try:
        with apart(lambda x: x + 1) as remote:
            call = Recorder(remote)
            assert call.inside("three", double_inside, 3) == 8
    finally:
        del sys.modules["utils.checks.probes._for_test"]


def frame(message):
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    return struct.pack(">I", len(data)) + data


HELLO = frame({"interface": {"kind": "function", "parameters": None}, "exercise": "x"})
REPLY = {"error": None, "changed": [], "warnings": []}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        struct.pack(">I", MAX_MESSAGE + 1),
        frame(b"{"),
        frame([]),
        frame({"value": 1}),
        frame({**REPLY, "value": {"callable": 0}}),
        frame({**REPLY, "value": {"unknown": 0}}),
        frame({**REPLY, "value": {"array": ["|O", [1], ""]}}),
        frame({**REPLY, "value": {"array": ["<f8", [10**12], ""]}}),
        frame({**REPLY, "value": {"a": 1, "b": 2}}),
        frame({**REPLY, "value": {"dict": [[[], 1]]}}),
        frame({**REPLY, "value": {"network": "{}"}}),
        frame({**REPLY, "value": {"generator": {"dict": []}}}),
        frame({**REPLY, "value": {"range": [0, 1, 0]}}),
        frame({**REPLY, "error": "oh", "value": 1}),
        frame({**REPLY, "changed": [1], "value": 1}),
        frame(b"[" * 100_000),
    ],
)
def test_what_a_box_should_not_send_ends_the_exercise(data):
    stream = Stream(io.BytesIO(HELLO + data), io.BytesIO())
    with pytest.raises(Gone):
        Apart(stream, "x").attempt((1,))


def test_what_is_left_of_an_exercise_that_failed_is_skipped():
    left = frame({"interface": None, "exercise": "w"}) + frame({**REPLY, "value": 1})
    assert Apart(Stream(io.BytesIO(left + HELLO), io.BytesIO()), "x").about


def test_an_exercise_that_ends_early_is_told():
    """The clean side answers the grader whatever the box does."""
    request = {"week": 1, "exercise": "sgd_step", "seed": 1}
    for said in (b"", frame({"interface": None, "exercise": "sgd_step"}), b"x" * 1000):
        found = trial.answer(request, Stream(io.BytesIO(said), io.BytesIO()))
        assert found["problem"].endswith(".")
    with stream_to(lambda w, grad, eta: w - eta * grad, "sgd_step") as stream:
        assert "evidence" in trial.answer(request, stream)
