"""Settings that a notebook leaves behind change no verdict: precision, order of axes, epsilon."""

import keras
import pytest

from tests.checks.test_checks import ALL
from utils.checks import week2
from utils.checks.probes.settings import default_settings

SETTINGS = {
    "mixed_float16": lambda: keras.config.set_dtype_policy("mixed_float16"),
    "mixed_bfloat16": lambda: keras.mixed_precision.set_global_policy("mixed_bfloat16"),
    "float64": lambda: (
        keras.config.set_floatx("float64"), keras.config.set_dtype_policy("float64")
    ),
    "channels_first": lambda: keras.config.set_image_data_format("channels_first"),
    "epsilon": lambda: keras.config.set_epsilon(0.1),
}  # fmt: skip


def in_force():
    config = keras.config
    return config.floatx(), config.dtype_policy().name, config.image_data_format(), config.epsilon()


@pytest.fixture
def setting(request):
    with default_settings():
        SETTINGS[request.param]()
        yield in_force()


@pytest.mark.parametrize("setting", ["mixed_float16"], indirect=True)
def test_right_answers_pass_under_mixed_precision(setting):
    _all_pass(setting)


@pytest.mark.slow
@pytest.mark.parametrize("setting", list(SETTINGS), indirect=True)
def test_right_answers_pass_under_each_setting(setting):
    _all_pass(setting)


def _all_pass(setting):
    for check in ALL:
        verdict = check.examine(check.reference, 0)
        assert verdict.ok, f"{check.name}: {verdict.text}"
    assert in_force() == setting  # and the notebook keeps its own


@pytest.mark.parametrize("setting", ["mixed_float16"], indirect=True)
def test_a_mistake_is_named_all_the_same(setting):
    for mistake in week2.dense_forward.mistakes:
        assert week2.dense_forward.examine(mistake.function, 0).mistake == mistake.explanation
