"""Live curves in a real kernel: two displays, updated in place, that tell the whole history."""

import re

from tests.support.helpers import lesson, run_cells

MODEL = """
import keras
from utils.display import LiveCurves, plot

plot.use_style()
x = np.random.default_rng(0).normal(size=(200, 4))
model = keras.Sequential([keras.layers.Dense(1)])
model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
"""
FIT = """
history = model.fit(x, x[:, :1], epochs=3, verbose=0, validation_split=0.2,
                    callbacks=[LiveCurves(("loss", "mae"))])
"""


def test_a_notebook_shows_one_line_and_one_picture_to_the_end():
    notebook = lesson(MODEL, FIT)
    texts = run_cells(notebook, COURSE_PROFILE="tiny")
    assert texts[:3] == [texts[0], "", ""], "importing TensorFlow is silent"
    line, picture = notebook.cells[-1].outputs
    assert re.fullmatch(
        r"epoch 3 of 3 · █{12} · loss \d\.\d{3} · mae \d\.\d{3} · val_loss \d\.\d{3} · "
        r"val_mae \d\.\d{3} · done in \d+ s",
        line["data"]["text/plain"],
    )
    assert picture["data"]["text/plain"] == "Curves of loss and mae by epoch"
    assert 'alt="Curves of loss and mae by epoch"' in picture["data"]["text/html"]


def test_a_script_gets_one_line_an_epoch(capsys):
    import keras

    from utils.display.curves import LiveCurves

    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    x = keras.ops.ones((8, 2))
    model.fit(x, x[:, :1], epochs=2, verbose=0, callbacks=[LiveCurves()])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1 of 2 · ██████░░░░░░ · loss ")
    assert first.endswith(" left")
    assert second.startswith("epoch 2 of 2 · ████████████ · loss ")
    assert " · done in " in second


TWICE = """
live = LiveCurves(("loss", "no such metric"))
for epochs in (1, 2):
    model.fit(x, x[:, :1], epochs=epochs, verbose=0, callbacks=[live])
"""
EARLY = """
stop = keras.callbacks.EarlyStopping("loss", min_delta=100)
model.fit(x, x[:, :1], epochs=9, verbose=0, callbacks=[stop, LiveCurves()]);
"""
RESUMED = """
live = LiveCurves("loss")
live.take_up({"loss": [3.0, 2.0]})
model.fit(x, x[:, :1], epochs=3, initial_epoch=2, verbose=0, callbacks=[live])
print(sorted(live.history["loss"]))
"""


def test_one_callback_serves_two_fits_and_a_resumed_one_and_early_stopping():
    notebook = lesson(MODEL, TWICE, EARLY, RESUMED)
    texts = run_cells(notebook, COURSE_PROFILE="tiny")
    first, _, second, _ = notebook.cells[3].outputs
    assert first["data"]["text/plain"].startswith("epoch 1 of 1")
    assert second["data"]["text/plain"].startswith("epoch 2 of 2")
    line, picture = notebook.cells[4].outputs
    assert re.search(r"epoch 2 of 9 .* · stopped after \d+ s$", line["data"]["text/plain"])
    assert picture["data"]["text/plain"] == "Curves of loss by epoch"
    assert "[1, 2, 3]" in texts[5]


def test_a_loop_of_ones_own_has_the_same_display():
    loop = """
from utils.display import LiveLoop
live = LiveLoop(2)
live.update(loss=2.0, accuracy=0.5)
live.update(loss=1.0, accuracy=0.75)
"""
    notebook = lesson("", loop)
    run_cells(notebook, COURSE_PROFILE="tiny")
    line, picture = notebook.cells[-1].outputs
    assert line["data"]["text/plain"].startswith("epoch 2 of 2 · ████████████ · loss 1.000 · acc")
    assert picture["data"]["text/plain"] == "Curves of loss and accuracy by epoch"
