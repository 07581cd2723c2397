"""Week 4, faces: what trainings cost and say doesn't hang on how many faces an archive holds."""

import io

import keras
import numpy as np
import pytest
from PIL import Image
from sklearn.decomposition import PCA

from tests.benchmarks.cells import run_cells
from tests.benchmarks.notebook import with_constants
from tests.support import fake_mirror
from utils import registry
from utils.datasets import make_faces, vary_faces
from utils.download import sources

SHORT = {  # constants for a test: one short round of each training
    **{f"{name}_ROUNDS": 1 for name in ("LINEAR", "DEEP", "CURVE", "CLEAN", "GAN")},
    "CURVE_SIZES": (64,),
    "ROUND_SIZE": 128,
    "MAX_VAL": 10,
}
BASE = ("imports", "constants", "data", "samples-figure", "pca", "train-pair")
REST = ("linear-train", "deep-build", "deep-train", "curve", "similar-define")
REST += ("noise-use", "clean-pca", "clean-train", "gan-build", "frechet")
REST += ("gan-class", "gan-callback", "gan-train", "gan-samples", "score")
EACH = 3  # photos of each person


def photo(face):
    """Return the JPEG of a drawn face, (32, 32, 3) uint8, as large as the publisher's photos."""
    stream = io.BytesIO()
    Image.fromarray(face).resize((250, 250)).save(stream, "JPEG")
    return stream.getvalue()


def write_archive(path, people):
    """Write faces of so many people in the publisher's layout."""
    faces = iter(make_faces(1, people * EACH, 1, 1).x_train)
    names = [f"P_{person:04d}/P_{person:04d}_{number:04d}.jpg"
             for person in range(people) for number in range(1, EACH + 1)]  # fmt: skip
    files = {f"lfw_funneled/{name}": photo(next(faces)) for name in names}
    fake_mirror.write_tar(path, files)


def run(names, people, folder):
    """Run cells of the notebook on an archive of so many people; return their variables."""
    write_archive(folder / "lfw-funneled.tgz", people)
    found = {"__name__": "week4"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PROFILE", "cpu")
        patch.setenv("COURSE_MIRROR", str(folder))
        patch.setenv("COURSE_DATA", str(folder / "cache"))
        patch.setenv("COURSE_CHECKPOINTS", str(folder / "saved"))
        patch.setenv("COURSE_SOLUTIONS", "1")
        patch.setattr(registry, "lookup", lambda name: registry.Entry(name))
        for cell in with_constants(4, SHORT).cells:
            if cell.id in {*BASE, *names} or cell.id.startswith("exercise-"):
                exec(compile(cell.source, f"<{cell.id}>", "exec"), found)
    sources._mirrors.clear()
    return found


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    return run(REST, 100, tmp_path_factory.mktemp("many"))


def steps(model):
    return int(keras.ops.convert_to_numpy(model.optimizer.iterations))


def test_the_size_of_an_archive_sets_no_number_of_steps(trained):
    assert len(trained["x_train_twice"]) == 480  # an epoch would be 8 steps, or 15 of the GAN
    models = [trained[name] for name in ("linear", "autoencoder", "denoiser", "gan")]
    assert [steps(model) for model in models] == [2, 2, 2, 4]


def test_few_faces_make_as_many_steps(tmp_path):
    found = run(("linear-train",), 20, tmp_path)
    assert len(found["x_train_twice"]) == 96 and steps(found["linear"]) == 2


def test_a_training_tells_its_rounds_and_the_drawn_faces_their_epochs(trained, capsys):
    pair, images = trained["build_pca_autoencoder"]((32, 32, 3), 8), trained["x_val"]
    trained["train_pair"]("told", pair, images, images, 2, steps=3)
    assert "round 2 of 2" in capsys.readouterr().out
    trained["train_pair"]("told", pair, images, images, 2, steps=None)
    assert "epoch 2 of 2" in capsys.readouterr().out


def test_validation_faces_are_bounded_and_spread_over_all_people(trained):
    faces, chosen = trained["faces"].x_val, trained["x_val"]
    assert len(faces) == 30 and len(chosen) == 10
    np.testing.assert_array_equal(chosen, trained["to_floats"](faces[::3]))


def test_the_bar_is_the_best_linear_code(trained):
    """No projection on 32 directions leaves less of the training faces than the notebook's PCA."""
    train = trained["flat"](trained["x_train"]).astype("float64")
    mean = train.mean(axis=0)
    directions = np.linalg.svd(train - mean, full_matrices=False)[2][: trained["CODE_SIZE"]]
    test = trained["flat"](trained["x_test"]) - mean
    best = np.mean((test - test @ directions.T @ directions) ** 2)
    assert trained["bar"] == pytest.approx(best, rel=1e-3)


def test_more_held_out_faces_than_samples_still_get_a_distance(trained):
    """The whole archive's validation part, unbounded, holds more faces than the GAN draws."""
    samples, score = trained["samples"], trained["score"]
    trained["samples"] = samples[:6]
    try:
        assert np.isfinite([score(samples[:6]), score(trained["x_val"])]).all()
    finally:
        trained["samples"] = samples


def test_the_film_has_a_picture_a_round(trained):
    film = keras.ops.convert_to_numpy(trained["gan"].film)
    assert film.shape == (1, 16, 32, 32, 3) and film.any()


def test_twice_the_components_leave_more_than_half_of_the_error():
    """The notebook has the reader predict it."""
    faces = make_faces(1, 600, 1, 1).x_train.reshape(600, -1) / 255
    pca, unseen = PCA(64, random_state=0).fit(faces[:400]), faces[400:]
    codes, left = pca.transform(unseen), {}
    for k in (32, 64):
        left[k] = np.mean((codes[:, :k] @ pca.components_[:k] + pca.mean_ - unseen) ** 2)
    assert 0.5 < left[64] / left[32] < 0.9


def test_varied_faces_keep_size_and_kind_and_come_from_the_generator():
    faces = np.random.default_rng(0).uniform(-0.5, 0.5, (12, 16, 32, 3)).astype("float32")
    kept = faces.copy()
    first, again, other = (vary_faces(faces, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.shape == faces.shape and first.dtype == np.float32
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(faces, kept)
    assert not np.array_equal(first, other) and not np.array_equal(first, faces)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_codes_save_labels_up_to_half_of_them(seed, monkeypatch):
    """What the notebook says of twenty labels, in `tiny`; for the look the gain is largest."""
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    monkeypatch.setenv("COURSE_SOLUTIONS", "1")
    monkeypatch.setenv("COURSE_CHECKPOINTS", "")
    cells = ("data", "samples-figure", "pca", "train-pair", "deep-build", "deep-train")
    found = run_cells(4, (*cells, "similar-define", "drawn-train", "agree", "few"), seed)
    names, few = found["drawn"].attribute_names, found["few"]
    gains = dict(zip(names, np.subtract(few["code"], few["pixels"]), strict=True))
    assert np.mean(few["code"]) > np.mean(few["pixels"]) + 0.03
    assert gains["looking left"] > 0.1 and abs(gains["dark skin"]) < 0.05
    twice = np.mean(found["by_attribute"](found["flat"](found["unseen"]), 40))
    assert twice > np.mean(few["code"]) - 0.02
