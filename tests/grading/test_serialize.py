"""Evidence as text: what goes in comes out, and nothing else comes out."""

import json

import numpy as np
import pytest

from utils import config
from utils.checks.probes import serialize
from utils.checks.probes.recorder import Opaque

CALL = {"case": "a case", "facts": {}, "error": None, "changed": [], "warnings": []}
CALL |= {"layers": None, "inputs": {}}
SENT = {**CALL, "facts": {"dict": []}, "inputs": {"dict": []}}  # as a kernel writes it


def through(value):
    return serialize.decode(serialize.encode([{**CALL, "value": value}]))[0]["value"]


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -2.5, "é", 1 + 2j, [1, [2.0, None]], {"a": [1], "b": {}}, Opaque("a thing")],
)
def test_plain_values_come_back(value):
    """With their types."""
    assert through(value) == value
    assert type(through(value)) is type(value)


@pytest.mark.parametrize("dtype", ["f4", "f8", "i8", "u1", "?", "c8", "U3"])
@pytest.mark.parametrize("shape", [(), (3,), (0, 4), (2, 1, 3)])
def test_arrays_come_back(dtype, shape):
    """With dtype and shape; scalars of NumPy stay such."""
    array = np.ones(shape, dtype)[()]
    back = through(array)
    assert np.asarray(back).dtype == array.dtype and np.shape(back) == np.shape(array)
    assert np.array_equal(back, array)
    assert isinstance(back, np.ndarray) == isinstance(array, np.ndarray)


def test_values_that_are_not_finite_come_back():
    """nan and the infinities, alone and in arrays."""
    assert np.isnan(through(float("nan"))) and through(float("-inf")) == -np.inf
    assert np.isnan(through(np.array([np.nan, 1]))[0])


BAD = {
    "no list": {"a": 1},
    "a call too short": [{"case": "x"}],
    "a name for the case": [{**SENT, "case": 3, "value": 1}],
    "facts that are a list": [{**SENT, "facts": [], "value": 1}],
    "inputs that are a list": [{**SENT, "inputs": [], "value": 1}],
    "layers that are no rows": [{**SENT, "layers": [1], "value": 1}],
    "layers without a kind": [{**SENT, "layers": [{"dict": [["units", 3]]}], "value": 1}],
    "objects": [{**SENT, "value": {"array": ["O", [1], "AAAAAAAAAAA="]}}],
    "a size that is a lie": [{**SENT, "value": {"array": ["<f8", [10**9], ""]}}],
    "a negative size": [{**SENT, "value": {"array": ["<f8", [-1, -1], "AAAAAAAAAAA="]}}],
    "records": [{**SENT, "value": {"array": ["V8", [1], "AAAAAAAAAAA="]}}],
    "an unknown kind": [{**SENT, "value": {"pickle": "gASVAA=="}}],
    "two kinds": [{**SENT, "value": {"opaque": "a", "complex": [1, 2]}}],
    "a huge int": [{**SENT, "value": 10**30}],
    "an error of numbers": [{**SENT, "value": None, "error": {"type": 1}}],
    "not base64": [{**SENT, "value": {"array": ["<f8", [1], "é"]}}],
    "too many calls": [{**SENT, "value": 1}] * 2_000,
    "characters that are none": [{**SENT, "value": {"array": ["<U1", [1], "////fw=="]}}],
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused(name):
    """With one kind of error, whatever was sent; a call that is in order is read."""
    assert serialize.decode(json.dumps([{**SENT, "value": 1}])) == [{**CALL, "value": 1}]
    with pytest.raises(serialize.BadEvidence):
        serialize.decode(json.dumps(BAD[name]))


def test_notes_are_few_and_short():
    """Arguments that changed, and warnings: whatever a kernel sends, little is left to read."""
    sent = [{**SENT, "value": 1, "changed": ["x" * 500] * 50, "warnings": ["y" * 9_000] * 50}]
    seen = serialize.decode(json.dumps(sent))[0]
    assert len(seen["changed"]) == len(seen["warnings"]) == 20
    assert {len(word) for word in seen["changed"]} == {100}


@pytest.mark.parametrize("text", ["", "[" * 100_000, "nope", "9" * 10_000, '[{"value": ' * 5_000])
def test_broken_text_is_refused(text):
    """Also what would exhaust a reader."""
    with pytest.raises(serialize.BadEvidence):
        serialize.decode(text)


def test_interfaces_come_back():
    """Parameters with kinds and defaults."""

    def function(a, b=1, *args, c, **more):
        pass

    about = json.loads(json.dumps(serialize.interface(function)))
    assert about["kind"] == "function"
    assert str(serialize.signature(about["parameters"])) == "(a, b=None, *args, c, **more)"
    assert serialize.interface(3)["kind"] == "int"
    for bad in ([["a", 99, False]], [[1, 1, False]], "x", [["not a name", 1, False]]):
        with pytest.raises(serialize.BadEvidence):
            serialize.signature(bad)


def test_the_probes_import_nothing_else_of_the_course():
    """A box is given this folder alone."""
    for path in (config.ROOT / "utils" / "checks" / "probes").glob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [line for line in lines if line.lstrip().startswith(("import ", "from "))]
        assert not [line for line in found if "from .." in line or "utils" in line], path.name
