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
    (images,), tokens = floats(length), rng.integers(0, vocab_size, size=(n, size(4, 6)))
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
    """Return what each layer that decoding asks for by name makes of what it is given.

    given: list of arrays, in the order of NAMES; for the LSTM, its input, state and memory.
    """
    model = need_model(build(vocab_size))
    set_alike_weights(model, np.random.default_rng(seed))
    missing = sorted(set(NAMES) - {layer.name for layer in model.layers})
    if missing:
        raise ValueError(f"There is no layer called {missing[0]}.")
    results = {}
    for name, array in zip(NAMES, given):
        layer = model.get_layer(name)
        result = layer.cell(array[0], array[1:])[0] if name == "lstm" else layer(array)
        results[name] = keras.ops.convert_to_numpy(result)
    return results
