"""The run that is prepared for a GPU, tried with tiny sizes and without what it shall not need."""

import io
import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from tests.benchmarks.cells import sources
from tests.benchmarks.gpu import cells, jpegs, prepare, stand_ins
from utils import config
from utils.datasets import make_objects

PACKAGES = ("jax[cpu]", "keras", "numpy", "matplotlib", "pillow", "h5py")
NOT_NEEDED = ("tensorflow", "IPython", "nbformat", "pooch", "latex2mathml", "sklearn")
HERE = config.ROOT / "build" / "environments" / "gpu"


def packed(images, labels):
    """Return what a file of JPEGs holds, as a dict of arrays."""
    written = []
    for image in images:
        stream = io.BytesIO()
        Image.fromarray(image).save(stream, "JPEG", quality=95)
        written.append(np.frombuffer(stream.getvalue(), np.uint8))
    lengths = np.array([len(one) for one in written], np.int32)
    names = np.array([f"class {number}" for number in range(10)])
    return {"blob": np.concatenate(written), "length": lengths, "label": labels, "classes": names}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the two files of JPEGs: drawn objects, 400 and 100."""
    folder, drawn = tmp_path_factory.mktemp("jpegs"), make_objects(0, 400, 10, 100)
    for part, name in jpegs.FILES.items():
        images, labels = getattr(drawn, f"x_{part}"), getattr(drawn, f"y_{part}")
        np.savez(folder / name, **packed(images, labels.astype(np.uint8)))
    return folder


def test_jpegs_become_the_courses_record_with_the_images_labels(folder):
    data, drawn = jpegs.read_cifar10(folder, 400), make_objects(0, 400, 10, 100)
    assert (len(data.x_train), len(data.x_val), len(data.x_test)) == (360, 40, 100)
    x, y = np.concatenate([data.x_train, data.x_val]), np.concatenate([data.y_train, data.y_val])
    order = np.random.default_rng(jpegs.ORDER_SEED).permutation(400)
    assert np.array_equal(y, drawn.y_train[order])
    assert np.abs(x.astype(float) - drawn.x_train[order]).mean() < 6  # what a JPEG loses
    assert data.class_names[3] == "class 3"


def test_made_up_data_have_the_sizes_that_they_say():
    data = stand_ins.Data(None, share=0.01)
    assert len(data.faces().x_train) == 105
    flowers = data.flowers((15, 20, 30))
    assert [len(part) for part in (flowers.x_train, flowers.x_val, flowers.x_test)] == [15, 20, 30]
    names = data.names(classes=True, most=(50, 20))
    assert len(names.names_train) == len(names.y_train) == 50
    assert set(names.y_train) == {0, 1}
    assert data.names().y_train.max() == 0
    assert len(data.captions().captions_train[0]) == stand_ins.CAPTIONS
    assert len(data.sentences().train[0]) == 20


def test_common_words_are_common_in_made_up_text():
    words = stand_ins.Data(None)._words(20_000, 2_700)
    different, counts = np.unique(words, return_counts=True)
    assert 2_000 < len(different) <= 2_700
    assert counts[different == "w1"] > 10 * np.median(counts)


@pytest.mark.parametrize("week", (3, 4, 5, 6))
def test_a_notebook_has_the_cells_that_the_run_asks_for(week):
    assert not set(cells.TRAINED[week].split()) - set(sources(week))


def test_the_folder_for_a_machine_is_filled_and_its_command_said(
    folder, tmp_path, monkeypatch, capsys
):
    asked = []
    monkeypatch.setattr(prepare, "fetch_wheels", lambda *args: asked.append(args))
    place = config.ROOT / "build" / f"gpu-{tmp_path.name}"
    try:
        assert prepare.main([str(folder), "--also", "rich"], place) == 0
        assert {path.name for path in place.iterdir()} == set(jpegs.FILES.values())
        said = capsys.readouterr().out
        assert f"--data build/{place.name}" in said
        assert asked == [(place, [*prepare.WHEELS, "rich"], "3.12")]
        monkeypatch.setattr(prepare, "LIMIT", 1)
        assert prepare.main([str(folder)], place) == 1
    finally:
        for path in place.iterdir():
            path.unlink()
        place.rmdir()


@pytest.fixture(scope="module")
def bare():
    """The Python of an environment with JAX and Keras, and nothing else of the course's."""
    python, ready = HERE / "bin" / "python", HERE / ".ready"
    if not ready.exists():
        uv = [sys.executable, "-m", "uv"]
        commands = (
            [*uv, "venv", "-q", "--clear", "--python", sys.executable, str(HERE)],
            [*uv, "pip", "install", "-q", "--python", str(python), *PACKAGES],
        )
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                pytest.skip(f"JAX can't be had here: {done.stderr.strip()[-200:]}")
        ready.touch()
    tried = "; ".join(f"assert find_spec('{name}') is None" for name in NOT_NEEDED)
    subprocess.run([python, "-c", f"from importlib.util import find_spec; {tried}"], check=True)
    return python


def run_trial(python, folder, out, *parts):
    """Run parts with tiny sizes; return what they print."""
    command = [python, "-m", "tests.benchmarks.gpu", *parts, "--trial", "--seconds", "3000"]
    settings = {key: value for key, value in os.environ.items() if not key.startswith("COURSE_")}
    done = subprocess.run(
        [*command, "--data", str(folder), "--out", str(out)],
        cwd=config.ROOT, env=settings, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_race_runs_without_tensorflow_and_jupyter(bare, folder, tmp_path):
    said = run_trial(bare, folder, tmp_path, "race", "precision")
    assert "CIFAR-10, once through JPEG" in said
    race = json.loads((tmp_path / "gpu_race.json").read_text(encoding="utf-8"))
    assert race["card"] and race["versions"]["jax"] and race["versions"]["tensorflow"] is None
    for run in race["runs"]["for a GPU"] + race["runs"]["week 3's own"]:
        lengths = {len(run[name]) for name in ("plain", "six_views", "seconds")}
        assert lengths == {run["recipe"]["epochs"]} and 0 <= run["six_views"][-1] <= 1
        assert run["learned"] == "all" and run["judged"] == "test"
    assert all(run["judged"] == "val" for run in race["choice"])  # the test images chose nothing
    found = json.loads((tmp_path / "gpu_precision.json").read_text(encoding="utf-8"))
    assert {len(runs) for runs in found["runs"].values()} == {2}
    assert any(one["what"].startswith("float32 minus") for one in found["figures"])


@pytest.mark.slow
@pytest.mark.long
def test_every_week_has_its_trainings_measured_without_tensorflow_and_jupyter(
    bare, folder, tmp_path
):
    run_trial(bare, folder, tmp_path, "steps")
    found = json.loads((tmp_path / "gpu_steps.json").read_text(encoding="utf-8"))
    assert found["problems"] == []
    trainings = found["trainings"]
    assert {one["week"] for one in trainings} == {3, 4, 5, 6}
    assert all(one["seconds"] > 0 and one["steps"] > 0 for one in trainings)
    count = {(one["week"], one["cell"]): 0 for one in trainings}
    for one in trainings:
        count[one["week"], one["cell"]] += 1
    assert count[3, "tricks-use"] == 5 and count[3, "long"] == 1
    assert count[4, "clean-train"] == 1 and count[4, "gan-train"] == 1
    assert count[6, "train"] == count[6, "experiment"] == count[6, "attend-train"] == 1
