"""On which inputs `build_decoder` is tried."""

import keras

from ..models import if_model, outputs, set_alike_weights
from ..recorder import probe

NAMES = ("image_bottleneck", "image_state", "words", "lstm", "bottleneck", "logits")


@probe
def build_decoder(call, rng):
    size, vocab_size = int(rng.integers(4, 8)), int(rng.integers(8, 14))
    images = rng.normal(size=(2, size)).astype("float32")
    tokens = rng.integers(0, vocab_size, size=(2, 4)).astype("int32")
    case = f"{vocab_size} tokens, images of {size} numbers"

    def look(model):
        set_alike_weights(model, rng)
        return {
            "output with given weights": outputs(model, [images, tokens]),
            "number of weights": model.count_params(),
        }

    model = call(case, vocab_size, size, then=if_model(look))
    if isinstance(model, keras.Model):
        call.observe(f"{case}: one step by the named layers", _one_step, model, images, tokens)
    call("images of 2,048 numbers by default", 6, then=if_model(_sizes))


def _one_step(model, images, tokens):
    """Return the logits of the first place, from the layers that decoding asks for by name."""
    missing = sorted(set(NAMES) - {layer.name for layer in model.layers})
    if missing:
        raise ValueError(f"There is no layer called {missing[0]}.")
    to_state, deepen, words, lstm, narrow, score = map(model.get_layer, NAMES)
    state = deepen(to_state(images))
    output, _ = lstm.cell(words(tokens[:, 0]), [state, state])
    return keras.ops.convert_to_numpy(score(narrow(output)))


def _sizes(model):
    return {"inputs": [list(item.shape) for item in model.inputs], "weights": model.count_params()}
