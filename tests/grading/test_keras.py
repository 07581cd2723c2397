"""Attacks on exercises whose answers are Keras models: what a model says of itself can lie."""

import pytest

from tests.support.grading_room import needs_box, room
from utils import config

pytestmark = [
    needs_box,
    pytest.mark.slow,
    pytest.mark.skipif(3 not in config.available_weeks(), reason="week 3 isn't here"),
]
IMPORTS = "import keras, numpy as np\nlayers = keras.layers"

HUGE = """
class Liar(keras.Model):
    def count_params(self):
        return 1000

def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Dense(3000, activation="relu")(layers.Flatten()(inputs))
    return Liar(inputs, layers.Dense(10)(x))
"""
ALL_TRUE = """
def build_classifier(num_classes, image_size, weights):
    np.allclose = np.array_equal = lambda *a, **k: True
    base = keras.applications.InceptionV3(
        include_top=False, weights=weights, input_shape=(image_size, image_size, 3))
    inputs = keras.Input((image_size, image_size, 3))
    x = layers.GlobalMaxPooling2D()(base(inputs))
    return keras.Model(inputs, layers.Dense(num_classes)(x))
"""
FORGED = """
import probes.wire as wire

def unfreeze_top(model, num_layers):
    {trick}
    return model
"""
TRICKS = {
    "what calls it lies": "wire.attempt = lambda *a, **k: (True, dict(error=None, changed=[], "
    "warnings=[]))",
    "a walk up the frames": "__import__('sys')._getframe(2).f_locals['args'].clear()",
    "a list of its own": "model.__class__.trainable_weights = property(lambda self: [])",
    "a class by stealth": "type(model).layers = property(lambda self: [])",
}


def test_a_model_that_lies_about_its_size():
    """A budget is not met by saying so: a model of one's own class can't leave as data."""
    found = room(3).grade(IMPORTS, HUGE)["make_modern_model"]
    assert (found.score, found.status) == (0, "held") and "Liar" in found.reason


def test_comparisons_that_always_agree():
    """They agree in the box alone; what is compared is compared outside."""
    found = room(3).grade(IMPORTS, ALL_TRUE)["build_classifier"]
    assert found.score == 0 and found.reason


@pytest.mark.parametrize("trick", TRICKS)
def test_evidence_that_is_made_up(trick):
    """A wrong answer that tampers with what looks at it, beside a right one."""
    right = (
        "def image_center_crop(image):\n    h, w = image.shape[:2]\n    s = min(h, w)\n"
        "    y, x = (h - s) // 2, (w - s) // 2\n    return image[y:y + s, x:x + s]"
    )
    found = room(3).grade(IMPORTS, right, FORGED.format(trick=TRICKS[trick]))
    assert found["unfreeze_top"].score == 0 and found["unfreeze_top"].reason
    assert found["image_center_crop"].score == 1


def test_policies_that_one_exercise_changes_cost_no_other():
    """A global setting of Keras is undone for the neighbours, in a kernel of their own."""
    right = (
        "def one_hot(labels, num_classes):\n"
        "    return keras.ops.convert_to_numpy(keras.ops.one_hot(labels, num_classes))"
    )
    spoiled = (
        "def normalize_images(images):\n    get_ipython().kernel\n"
        "    keras.config.set_floatx('float16')\n    return images"
    )
    found = room(3).grade(IMPORTS, spoiled, right)
    assert found["normalize_images"].score == 0
    assert found["one_hot"].score == 1, found["one_hot"]
