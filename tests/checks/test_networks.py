"""Networks leave a box as text, whole; a text that isn't an honest network does nothing."""

import copy
import functools
import importlib
import json
import random
import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import layers, ops

from tests.support.networks import HONEST
from utils.checks.probes.networks import (
    BadNetwork,
    CannotLeave,
    can_leave,
    pack,
    unpack,
)
from utils.checks.probes.networks import arrive as arriving
from utils.checks.probes.networks import network_bounds as bounds
from utils.checks.probes.networks.leave import layers_of


@functools.cache
def text_of(name):
    return pack(HONEST[name]())


def head_of(name):
    return json.loads(text_of(name))


def inputs_of(model):
    rng = np.random.default_rng(0)

    def draw(tensor):
        shape = [2] + [5 if side is None else side for side in tensor.shape[1:]]
        if "int" in tensor.dtype:
            return rng.integers(0, 5, shape).astype("int32")
        return rng.normal(size=shape).astype("float32")

    struct = model.inputs[0] if isinstance(model, keras.Sequential) else model._inputs_struct
    return keras.tree.map_structure(draw, struct)


@pytest.mark.parametrize("name", HONEST)
def test_honest_networks_arrive_whole(name):
    model = HONEST[name]()
    text = pack(model, weights=True)
    arrived = unpack(text)
    assert type(arrived) is type(model) and arrived.built == model.built
    flags = [[layer.trainable for layer in layers_of(each)] for each in (model, arrived)]
    assert flags[0] == flags[1]
    weights = [[(w.path, tuple(w.shape), w.trainable) for w in m.weights] for m in (model, arrived)]
    assert weights[0] == weights[1]
    assert pack(arrived, weights=True) == text
    inputs = inputs_of(model) if model.built else np.ones((2, 3, 4), "float32")
    if not model.built:
        model(inputs), arrived(inputs)
        arrived.set_weights(model.get_weights())
    outputs = [keras.tree.flatten(each(inputs, training=False)) for each in (model, arrived)]
    for one, other in zip(*outputs, strict=True):
        np.testing.assert_allclose(
            *(np.array(ops.convert_to_numpy(each), "float32") for each in (one, other)), rtol=1e-5
        )


def test_weights_stay_at_home_unless_asked():
    model = HONEST["dense"]()
    text = pack(model)
    assert "\n" not in text
    arrived = unpack(text)
    assert not np.array_equal(arrived.get_weights()[0], model.get_weights()[0])


class OwnLayer(layers.Layer):
    def call(self, x):
        return x


class OwnDense(layers.Dense):
    pass


class OwnModel(keras.Model):
    def call(self, x):
        return x


class OwnInitializer(keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return ops.ones(shape)


def own_function(x):
    return x * ops.sin(x)


def relu(x):
    return ops.maximum(x, 0.1 * x)


def _dense(*args, **options):
    return keras.Sequential([keras.Input((4,)), layers.Dense(3, *args, **options)])


def _in_two_networks():
    dense, start = layers.Dense(4), keras.Input((4,))
    inner = keras.Sequential([dense, layers.ReLU()])
    return keras.Model(start, dense(inner(start)))


CANNOT_LEAVE = {
    "layer of its own class `OwnLayer`": lambda: keras.Sequential([OwnLayer()]),
    "layer of its own class `OwnDense`": lambda: keras.Sequential([layers.Flatten(), OwnDense(3)]),
    "network of its own class `OwnModel`": OwnModel,
    "`Lambda` layer": lambda: keras.Sequential([layers.Lambda(lambda x: x + 1)]),
    "`own_function` as activation": lambda: _dense(own_function),
    "`relu` as activation": lambda: _dense(relu),
    "`<lambda>` as activation": lambda: _dense(lambda x: x + 1),
    "`OwnInitializer`": lambda: _dense(kernel_initializer=OwnInitializer()),
    "stands in several of its networks": _in_two_networks,
}


@pytest.mark.parametrize("reason", CANNOT_LEAVE)
def test_what_cannot_leave_says_why(reason):
    model = CANNOT_LEAVE[reason]()
    with pytest.raises(CannotLeave, match=reason):
        pack(model)
    assert reason in can_leave(model)


def test_activations_stay_as_they_are():
    function = lambda x: ops.maximum(x, 0)  # noqa: E731
    model = _dense(function)
    assert '"activation": "relu"' in pack(model)
    assert model.layers[0].activation is function


def _parts(item):
    """Yield every dict and list in a JSON value."""
    if isinstance(item, (dict, list)):
        yield item
        for value in item.values() if isinstance(item, dict) else item:
            yield from _parts(value)


def _find(head, name):
    """Return the first part of class `name` in a network's text."""
    return next(p for p in _parts(head) if isinstance(p, dict) and p.get("class_name") == name)


@pytest.fixture
def never_keras(monkeypatch):
    """Have Keras's deserializer fail the test: it must never see what is refused."""

    def saw(*args, **options):
        pytest.fail("Keras saw the text")

    monkeypatch.setattr(arriving.keras.saving, "deserialize_keras_object", saw)


def refuse(head):
    with pytest.raises(BadNetwork) as caught:
        unpack(head if isinstance(head, str) else json.dumps(head))
    message = str(caught.value)
    assert message.endswith(".") and "\n" not in message and len(message) < 300


COMMAND = "touch {path}"
CALLS = [  # what earlier or later versions of Keras would have called, or loaded
    {"module": "os", "class_name": "function", "config": "system", "registered_name": "system"},
    {"module": "os", "class_name": "system", "config": {"command": COMMAND}},
    {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "eval"},
    {"class_name": "__lambda__", "config": {"value": ["4wAAAAA=", None, None]}},
    {"class_name": "__typespec__", "module": "os", "spec_name": "system", "config": [],
     "registered_name": None},
    {"module": "keras.layers", "class_name": "Lambda", "config": {"function": COMMAND}},
    {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "{path}"}},
    {"module": "keras.layers", "class_name": "StringLookup", "config": {"vocabulary": "{path}"}},
    {"module": "keras.layers", "class_name": "TextVectorization",
     "config": {"vocabulary": "{path}"}},
    {"module": "keras.utils", "class_name": "get_file", "config": {"origin": "file://{path}"}},
    {"module": "keras.models", "class_name": "load_model", "config": {"filepath": "{path}"}},
    {"module": "keras.src.saving.saving_lib", "class_name": "KerasFileEditor", "config": {}},
    {"module": "keras.src.ops.core", "class_name": "Map", "config": {}},
    {"module": "subprocess", "class_name": "Popen", "config": {"args": COMMAND, "shell": True}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"units": 3},
     "registered_name": "os>system"},
    {"module": "keras.layers.core", "class_name": "Dense", "config": {"units": 3}},
    {"class_name": "Dense", "config": {"units": 3}},
    {"module": ["keras.layers"], "class_name": {"a": 1}, "config": {}},
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=lambda call: str(call["class_name"])[:20])
@pytest.mark.parametrize("place", ["layer", "initializer", "activation", "argument"])
def test_nothing_is_called(call, place, never_keras, tmp_path):
    path = tmp_path / "called"
    call = json.loads(json.dumps(call).replace("{path}", str(path)))
    head = head_of("sum")
    dense = _find(head, "Dense")
    if place == "layer":
        for key in ("registered_name", "module"):
            dense.pop(key)
        dense.update(call)
    elif place == "argument":
        dense["inbound_nodes"][0]["kwargs"]["training"] = call
    else:
        dense["config"]["kernel_initializer" if place != "activation" else place] = call
    refuse(head)
    assert not path.exists()


def test_registered_classes_are_not_reached(never_keras):
    known = dict(keras.saving.get_custom_objects())
    keras.saving.register_keras_serializable("here", "Dense")(OwnLayer)
    try:
        head = head_of("dense")
        _find(head, "Dense")["registered_name"] = "here>Dense"
        refuse(head)
    finally:
        keras.saving.get_custom_objects().clear()
        keras.saving.get_custom_objects().update(known)


def test_unknown_keys_never_arrive(monkeypatch, tmp_path):
    head = head_of("functional inside")
    for part in list(_parts(head["network"])):
        if isinstance(part, dict) and "module" in part:
            part["compile_config"] = {"optimizer": dict(CALLS[0]), "loss": dict(CALLS[0])}
            part["build_config"] = {"input_shape": dict(CALLS[0])}
            part["shared_object_id"] = part["extra"] = 3
    head["network"]["config"]["custom_objects"] = dict(CALLS[0])
    seen = []
    real = keras.saving.deserialize_keras_object

    def look(item, **options):
        seen.append(json.dumps(item))
        return real(item, **options)

    monkeypatch.setattr(arriving.keras.saving, "deserialize_keras_object", look)
    assert isinstance(unpack(json.dumps(head)), keras.Sequential)
    for word in ("build_config", "compile_config", "shared", "extra", "custom", "system"):
        assert word not in seen[0]


@pytest.mark.parametrize(
    "key, value",
    [
        ("units", 10**9), ("units", -(10**30)), ("units", {"a": 1}), ("activation", "system"),
        ("activation", "../../etc/passwd"), ("kernel_initializer", "http://example.org"),
        ("dtype", "object"), ("dtype", "int8_from_float32"), ("weights", [[1.0]]),
        ("function", "system"), ("name", "a" * 1000), ("name", 3), ("__class__", 1), ("os", 1),
        ("kernel_regularizer", {"module": "keras.layers", "class_name": "Dense", "config": {}}),
    ],
)  # fmt: skip
def test_options_are_bounded(key, value, never_keras):
    head = head_of("dense")
    _find(head, "Dense")["config"][key] = value
    refuse(head)


def test_texts_are_bounded(never_keras):
    refuse("")
    refuse("[" * 100_000)
    refuse('{"network": ' * 20_000)
    refuse('{"network": ' + "9" * 10_000 + "}")
    refuse(" " * (bounds.TEXT + 1))
    refuse(json.dumps(3))
    refuse({"network": head_of("dense")["network"]})
    head = head_of("dense")
    stack = head["network"]["config"]["layers"]
    stack += [copy.deepcopy(stack[1]) for _ in range(bounds.LAYERS)]
    refuse(head)
    head = head_of("dense")
    for _ in range(bounds.DEPTH):
        network = copy.deepcopy(head["network"])
        network["config"]["layers"] = [head["network"]]
        head["network"] = network
    refuse(head)


def test_a_call_needs_a_symbolic_tensor(never_keras):
    head = head_of("reshape")
    _find(head, "Reshape")["inbound_nodes"] = [{"args": [[1.0, 2.0]], "kwargs": {}}]
    refuse(head)


def test_large_networks_are_counted_before_they_are_made(monkeypatch):
    monkeypatch.setattr(arriving, "initialize_all_variables", lambda: pytest.fail("made"))
    wide = head_of("dense")
    _find(wide, "InputLayer")["config"]["batch_shape"] = [None, 200_000]
    _find(wide, "Dense")["config"]["units"] = 100_000
    refuse(wide)
    image = head_of("convolutions")
    _find(image, "InputLayer")["config"]["batch_shape"] = [None, 400_000, 400_000, 3]
    refuse(image)
    table = head_of("embedding")
    _find(table, "Embedding")["config"].update(input_dim=4_000_000, output_dim=1000)
    refuse(table)
    repeat = head_of("convolutions")
    _find(repeat, "RepeatVector")["config"]["n"] = 200_000
    _find(repeat, "UpSampling2D")["config"]["size"] = [100_000, 100_000]
    refuse(repeat)
    assert not keras.src.backend.common.global_state.get_global_attribute("uninitialized_variables")


def test_unbuilt_networks_are_guessed():
    head = head_of("unbuilt")
    _find(head, "Dense")["config"]["units"] = 9000
    refuse(head)
    _find(head, "Dense")["config"]["units"] = 4096
    assert not unpack(json.dumps(head)).built


def test_weights_must_fill_the_network():
    text = pack(HONEST["dense"](), weights=True)
    head, kernel, bias = text.split("\n")
    for lines in ([kernel], [kernel, bias, bias], [bias, kernel], [kernel, "%%"], [kernel, ""]):
        refuse("\n".join([head, *lines]))
    unpack(text)


def _mutate(head, rng):
    """Change one place in a JSON value to something else from it, or to something odd."""
    parts = [part for part in _parts(head) if part]
    part, other = rng.choice(parts), rng.choice(parts)
    key = rng.choice(list(part)) if isinstance(part, dict) else rng.randrange(len(part))
    odd = [None, True, -1, 0, 2, 10**40, 1e308, float("nan"), "", "relu", "\0", [], {}, [[]]]
    values = [copy.deepcopy(other), rng.choice(odd), rng.choice(CALLS)]
    if isinstance(part, dict) and rng.random() < 0.3:
        del part[key]
    elif isinstance(part, dict) and rng.random() < 0.2:
        part[rng.choice(["config", "module", "class_name", "name", "units"])] = rng.choice(values)
    else:
        part[key] = rng.choice(values)


def test_random_changes_do_nothing_worse_than_be_refused(monkeypatch):
    rng = random.Random(0)
    heads = [head_of(name) for name in ("sum", "operations", "bidirectional", "embedding", "parts")]
    heads.append(head_of("frozen"))
    for head in heads:
        unpack(json.dumps(head))
    monkeypatch.setattr(importlib, "import_module", _only_loaded(importlib.import_module))
    before = set(sys.modules)
    refused = 0
    for _ in range(400):
        head = copy.deepcopy(rng.choice(heads))
        for _ in range(rng.choice([1, 1, 2, 4])):
            _mutate(head, rng)
        try:
            assert isinstance(unpack(json.dumps(head)), keras.Model)
        except BadNetwork:
            refused += 1
    assert 100 < refused < 400
    assert set(sys.modules) - before == set()


def _only_loaded(real):
    def load(name, package=None):
        assert name in sys.modules, name
        return real(name, package)

    return load


def test_box_sees_the_package_alone(tmp_path):
    """A box has no course, only the folder of probes."""
    folder = importlib.import_module("utils.checks.probes").__path__[0]
    (tmp_path / "probes").symlink_to(folder)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import keras\nfrom probes.networks import pack, unpack\n"
        "text = pack(keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]))\n"
        "assert pack(unpack(text)) == text\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'utils']\n"
    )
    env = {"PATH": "", "KERAS_BACKEND": keras.backend.backend()}
    subprocess.run([sys.executable, "-P", "-c", code], check=True, cwd=tmp_path, env=env)
