"""On which inputs `build_decoder` is tried."""

import keras
import numpy as np

from ..models import if_model, need_model, outputs, set_alike_weights
from ..recorder import probe
from ..sizes import sizes_from

NAMES = ("image_bottleneck", "image_state", "words", "lstm", "bottleneck", "logits")


@probe
def build_decoder(call, rng):
    size = sizes_from(rng)

    def floats(*lengths):
        return [rng.normal(size=(n, length)).astype("float32") for length in lengths]

    length, vocab_size, n = size(4, 7), size(8, 13), size(2, 3)
    (images,), tokens = floats(length), rng.integers(1, vocab_size, size=(n, size(4, 6)))
    tokens[:, 1] = 0  # a token like any other
    tokens, seed = tokens.astype("int32"), size(0, 2**32)
    case = f"{vocab_size} tokens, images of {length} numbers"

    def look(model):
        set_alike_weights(model, np.random.default_rng(seed))
        return {
            "output with given weights": outputs(model, [images, tokens]),
            "number of weights": model.count_params(),
        }

    call(case, vocab_size, length, then=if_model(look))
    given = [*floats(2048, 120), tokens, floats(100, 300, 300), *floats(300, 120)]
    case = "images of 2,048 numbers by default: the named layers, one by one"
    call.inside(case, _by_layers, vocab_size, seed, given)


def _by_layers(build, vocab_size, seed, given):
    """Return what each layer that decoding asks for by name makes of what it is given, and facts.

    given: list of arrays, in the order of NAMES; for the LSTM, its input, state and memory.
    """
    model = need_model(build(vocab_size))
    set_alike_weights(model, np.random.default_rng(seed))
    found = {layer.name: layer for layer in model.layers}
    right = _prescribed(vocab_size)
    results = {
        "inputs": _inputs(model),
        "names that no layer has": [name for name in NAMES if name not in found],
    }
    results |= {f"`{name}` is": _told(found.get(name), right[name]) for name in NAMES}
    for name, array in zip(NAMES, given):
        results[name] = _result(found.get(name), array)
    images, tokens = given[0], given[2]
    results["its output is the same each time"] = _is_the_same(model, [images, tokens])
    return results


def _inputs(model):
    """Return the shapes of a network's inputs as text, or what is right where it doesn't tell."""
    shapes = getattr(model, "input_shape", None)
    if not isinstance(shapes, (list, tuple)):
        return "(None, 2048), (None, None)"
    shapes = shapes if isinstance(shapes[0], (list, tuple)) else [shapes]
    return ", ".join(str(tuple(shape)) for shape in shapes)


def _prescribed(vocab_size):
    dense = "a Dense layer of {} units with elu"
    return {
        "image_bottleneck": dense.format(120),
        "image_state": dense.format(300),
        "words": "an Embedding of 100 numbers a token",
        "lstm": "an LSTM layer of 300 units",
        "bottleneck": dense.format(120),
        "logits": f"a Dense layer of {vocab_size} units without an activation",
    }


def _told(layer, right):
    """Return what a layer is, in words; of those that may be right in their own way, `right`."""
    kind, activation = type(layer).__name__, getattr(layer, "activation", None)
    name = getattr(activation, "__name__", "")
    if kind == "Dense":
        known = name in vars(keras.activations) and name != "linear"
        end = f"with {name}" if known else "without an activation"
        if not known and name != "linear":  # a function of their own
            end = right.partition(" units ")[2]
        bias = "" if layer.use_bias else " and without a bias"
        return f"a Dense layer of {layer.units} units {end}{bias}"
    if kind == "Embedding":
        return f"an Embedding of {layer.output_dim} numbers a token" + (
            " that hides token 0" if layer.mask_zero else ""
        )
    if kind in ("LSTM", "GRU", "SimpleRNN"):
        article = "an LSTM" if kind == "LSTM" else f"a {kind}"
        return f"{article} layer of {layer.units} units" + (
            f" with {name}" if name not in ("tanh", "") else ""
        )
    return right


def _result(layer, array):
    """Return what a named layer makes of an array, or None where it can't."""
    if layer is None:
        return None
    try:
        is_cell = isinstance(array, list)
        result = layer.cell(array[0], array[1:])[0] if is_cell else layer(array)
        return keras.ops.convert_to_numpy(result)
    except Exception:
        return None


def _is_the_same(model, inputs):
    try:
        first, second = (keras.ops.convert_to_numpy(model(inputs)) for _ in range(2))
    except Exception:  # it takes other inputs, which is said elsewhere
        return True
    return bool(np.array_equal(first, second))
