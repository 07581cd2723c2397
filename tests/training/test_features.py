"""Features on disk: right, resumed after kills, and never a damaged or foreign file."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from tests.support.closed import SOMEBODY, closed, given_away, in_box, needs_root, obeying
from tests.support.helpers import environment
from utils import config, places
from utils.datasets.images import EditedImages, ImageFiles
from utils.errors import CourseError
from utils.training.features import extract

SIZE, BATCH = (6, 6), 4


class Model:
    """Stands for a Keras model: a matrix as its one weight; it notes the batches that it sees."""

    layers = ()

    def __init__(self, weight=2.0):
        self.weights = [np.full((3, 2), weight, "float32")]
        self.seen = []

    def compute_output_shape(self, shape):
        return (shape[0], shape[1], 2)

    def predict_on_batch(self, batch):
        assert len(batch) == BATCH, "the last batch too"
        self.seen.append(batch[:, 0, 0, 0].tolist())
        return batch.mean(axis=2) @ self.weights[0]


def scale(batch):
    return batch / 255


@pytest.fixture
def files(tmp_path):
    """Eleven images, number i in grey level 10·i."""
    paths = [tmp_path / f"{number}.png" for number in range(11)]
    for number, path in enumerate(paths):
        Image.new("RGB", (9, 7), (10 * number,) * 3).save(path)
    return ImageFiles(paths)


@pytest.fixture
def run(files, tmp_path):
    """Extract, with any argument replaced; return the array and the model."""

    def run(**changes):
        model = changes.pop("model", None) or Model()
        settings = {"images": files, "preprocess": scale, "size": SIZE, "batch_size": BATCH}
        settings |= {"folder": tmp_path / "features", "key": "grey", "dtype": "float32", **changes}
        return extract(model, **settings), model

    return run


def test_the_features_are_those_of_predict(run):
    features, model = run()
    assert features.shape == (11, 6, 2) and features.dtype == np.float32
    np.testing.assert_allclose(features[:, 0, 0], np.arange(11) * 10 / 255 * 6, rtol=1e-6)
    assert len(model.seen) == 3
    with pytest.raises(ValueError, match="read-only"):
        features[0] = 0


def test_a_second_call_reads_the_file(run, capsys):
    first, _ = run()
    assert capsys.readouterr().out.startswith("11 of 11 images · ████")
    second, model = run(batch_size=2)
    assert model.seen == [] and np.array_equal(first, second)
    assert capsys.readouterr().out == ""


def test_arrays_and_half_precision_work_too(run):
    images = np.arange(5 * 6 * 6 * 3, dtype=np.uint8).reshape(5, 6, 6, 3)
    features, _ = run(images=images, dtype="float16")
    assert features.dtype == np.float16
    expected = (images / 255).mean(axis=2) @ np.full((3, 2), 2.0)
    np.testing.assert_allclose(features, expected, rtol=2e-3)


def test_edited_images_are_seen_edited(run, files):
    bright, model = run(images=EditedImages(files, lambda image: image + 5))
    assert bright[0, 0, 0] == pytest.approx(5 / 255 * 6)
    assert len(EditedImages(files, scale)[2:5]) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"model": Model(weight=3.0)},
        {"preprocess": lambda batch: batch / 127.5},
        {"size": (8, 6)},
        {"key": "other"},
        {"dtype": "float16"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_changes_the_result_changes_the_file(run, changes):
    run()
    _, model = run(**changes)
    assert len(model.seen) == 3


def test_another_image_of_the_same_name_is_noticed(run, files):
    run()
    Image.new("RGB", (9, 7), "white").save(files.paths[10])
    features, model = run()
    assert len(model.seen) == 3 and features[10, 0, 0] == pytest.approx(6)


class TwoOutputs(Model):
    """The same with a dict of outputs."""

    def compute_output_shape(self, shape):
        return {"grid": (shape[0], shape[1], 2), "mean": (shape[0], 2)}

    def predict_on_batch(self, batch):
        grid = super().predict_on_batch(batch)
        return {"grid": grid, "mean": grid.mean(axis=1)}


def test_several_outputs_are_fields_of_one_file(run, tmp_path):
    one, _ = run()
    features, model = run(model=TwoOutputs())
    assert len(model.seen) == 3 and features.shape == (11,)
    assert features.dtype.names == ("grid", "mean") and features["grid"].dtype == np.float32
    np.testing.assert_array_equal(features["grid"], one)
    np.testing.assert_allclose(features["mean"], one.mean(axis=1), rtol=1e-6)
    damage(max((tmp_path / "features").glob("grey-*[0-9a-f].npy"), key=os.path.getmtime))
    again, model = run(model=TwoOutputs())
    assert len(model.seen) == 1 and np.array_equal(again["mean"], features["mean"])


def file_of(tmp_path):
    (path,) = [
        path for path in (tmp_path / "features").glob("*.npy") if "sums" not in path.suffixes[0]
    ]
    return path


def damage(path):
    with path.open("r+b") as stream:
        stream.seek(-20, os.SEEK_END)  # in the last image's row
        stream.write(b"\xff")


@pytest.mark.parametrize(
    "harm, batches",
    [
        (damage, 1),
        (lambda path: path.write_bytes(b"something else"), 3),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), 3),
        (lambda path: np.save(path, np.zeros((11, 6, 2))), 3),
        (lambda path: np.save(path, np.zeros((11, 6, 2), "float32")), 3),
        (lambda path: path.with_suffix(".sums.npy").unlink(), 3),
        (lambda path: path.unlink(), 3),
    ],
    ids=["a byte", "foreign", "cut", "other dtype", "zeros", "no sums", "gone"],
)
def test_what_is_damaged_is_done_again(run, tmp_path, harm, batches):
    first, _ = run()
    right = np.array(first)
    del first
    harm(file_of(tmp_path))
    again, model = run()
    assert len(model.seen) == batches and np.array_equal(again, right)


def test_no_images_and_no_room_are_said(run, files, tmp_path, monkeypatch):
    with pytest.raises(CourseError, match="no images to extract 'grey' from"):
        run(images=files[:0])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    usage = type("Usage", (), {"free": 100})
    monkeypatch.setattr("utils.training.features.shutil.disk_usage", lambda path: usage)
    with pytest.raises(CourseError, match="features can't be written: 528 bytes are needed, and 1"):
        run()
    assert not list(tmp_path.rglob("*.npy"))


# --- folders that can't be written


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The user's own folder for features; it doesn't exist yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "_said", set())
    return tmp_path / "home" / places.COURSE / "features"


@obeying
@pytest.mark.parametrize("inside", ["the cache", "another folder"])
def test_in_a_closed_folder_they_are_kept_in_the_users_own(
    inside, run, own, tmp_path, monkeypatch, capsys
):
    folder = tmp_path / "features"
    cache = tmp_path if inside == "the cache" else tmp_path / "elsewhere"
    monkeypatch.setenv("COURSE_DATA", str(cache))
    right, _ = run(folder=tmp_path / "open")
    capsys.readouterr()
    folder.mkdir()
    with closed(folder):
        first, model = run()
        assert len(model.seen) == 3 and np.array_equal(first, right)
        again, model = run()
        assert model.seen == [] and np.array_equal(again, right)
    words = f"{folder} can't be written: you have no permission. What belongs there is kept in"
    kept_in = own.parent if inside == "the cache" else own
    said = capsys.readouterr().out
    assert said.startswith(f"{words} {kept_in} instead.\n") and said.count("can't be") == 1
    assert len(list(own.glob("grey-*[0-9a-f].npy"))) == 1 and not list(folder.iterdir())
    run()  # it can be written now
    assert file_of(tmp_path).is_file()


@obeying
def test_features_in_a_closed_folder_are_read(run, own, tmp_path):
    first, _ = run()
    with closed(tmp_path / "features"):
        again, model = run()
    assert model.seen == [] and np.array_equal(again, first) and not own.exists()


@needs_root
@obeying
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_what_another_account_left_there(mode, run, own, tmp_path):
    """Files that only it can read stay as they are; a part that it began is no hindrance."""
    right = np.array(run()[0])
    path = file_of(tmp_path)
    for place in (path, path.with_suffix(".sums.npy")):
        given_away(place, mode)
    found, model = run()
    assert np.array_equal(found, right) and path.stat().st_uid == SOMEBODY
    assert bool(model.seen) == (mode == 0o600) == own.exists()
    for place in (path, path.with_suffix(".sums.npy")):
        place.unlink()
    part = path.with_suffix(".part.npy")
    np.save(part, right)
    given_away(part, mode)
    found, _ = run(folder=tmp_path / "features")
    assert np.array_equal(found, right) and path.exists() and not part.exists()


def test_a_disk_that_has_no_room_kills_nothing(tmp_path):
    """Other files may fill a disk meanwhile; a mapped file without room would end the process."""
    code = """
import os, sys, tempfile
from pathlib import Path
import numpy as np
from tests.training.test_features import BATCH, SIZE, Model, scale
from utils.training import extract
folder, images = Path(os.environ["ASKED"]), np.zeros((2000, 6, 6, 3), np.uint8)

class Filling(Model):
    def predict_on_batch(self, batch):
        try:
            with open(folder / "filler", "ab", buffering=0) as file:
                while file.write(bytes(4096)):
                    pass
        except OSError:
            print("full", flush=True) if not self.seen else None
        return super().predict_on_batch(batch)

print(extract(Filling(), images, scale, SIZE, BATCH, folder, "full", "float32").shape)
print(extract(Model(), images, scale, SIZE, BATCH, folder, "later", "float32").shape)
print(sorted(path.name[:5] + path.suffix for path in folder.iterdir()))
"""
    folder = tmp_path / "small"
    folder.mkdir()
    said = in_box(code, "--size", 400_000, "--tmpfs", folder, ASKED=str(folder),
                  XDG_CACHE_HOME=str(tmp_path / "home"), MPLCONFIGDIR=str(tmp_path))  # fmt: skip
    assert said.startswith("full\n") and said.count("(2000, 6, 2)") == 2
    assert f"{folder} can't be written: there is no space left. What belongs there is kept" in said
    assert said.count("full-.npy") == 2 and "later.npy" not in said.splitlines()[-1]


# Imports once, then forks: each child extracts until it is killed.
KILLED = """
import os, sys, time
import numpy as np
from pathlib import Path
from tests.training.test_features import BATCH, SIZE, Model, scale
from utils.training import extract

folder, images = Path(sys.argv[1]), np.arange(40, dtype=np.uint8)[:, None, None, None]
images = np.broadcast_to(images, (40, 6, 6, 3)).copy()

class Slow(Model):
    def predict_on_batch(self, batch):
        time.sleep(0.05)
        with open(folder / "log", "a") as log:
            log.write(f"{os.getpid()} {round(batch[0, 0, 0, 0] * 255)}\\n")
        return super().predict_on_batch(batch)

print("ready", flush=True)
for command in sys.stdin:
    child = os.fork()
    if child == 0:
        found = extract(Slow(), images, scale, SIZE, BATCH, folder, "killed", "float32")
        assert np.allclose(found[:, 0, 0], np.arange(40) / 255 * 6, atol=1e-6)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def test_killed_anywhere_it_goes_on_where_it_was(tmp_path):
    log = tmp_path / "log"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=config.ROOT,
        env=environment(TF_CPP_MIN_LOG_LEVEL="3"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:

        def line():
            return next(text for text in parent.stdout if not text[0].isdigit() or " " not in text)

        def child(kill_after=None):
            """Let a child extract; kill it once the log has that many more lines."""
            parent.stdin.write("go\n")
            parent.stdin.flush()
            number, begun = int(line()), len(lines())
            while kill_after is not None and len(lines()) < begun + kill_after:
                time.sleep(0.004)
            if kill_after is not None:
                time.sleep(0.007 * kill_after)  # now between two batches, now in one
                os.kill(number, signal.SIGKILL)
            return int(line())

        def lines():
            return log.read_text().splitlines() if log.exists() else []

        assert line() == "ready\n"
        kills = [child(kill_after=after) for after in (1, 3, 0, 2, 1)]
        assert kills == [-signal.SIGKILL] * 5
        assert not list(tmp_path.glob("killed-????????????????.npy")), "it was not whole yet"
        assert child() == 0
        seen = [int(text.split()[1]) for text in lines()]
        assert set(seen) == set(range(0, 40, 4)), "no image is left out, no batch begins elsewhere"
        assert len(seen) <= 10 + len(kills), "only the batch of the kill is done twice"
        assert seen == sorted(seen)
        before = len(lines())
        assert child() == 0 and len(lines()) == before
