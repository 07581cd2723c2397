"""Images in files: whatever people have, upright and RGB, in batches and in order."""

import io
import subprocess
import sys
import warnings

import numpy as np
import pytest
from PIL import Image

from tests.support.helpers import environment
from utils import config
from utils.datasets.images import ImageFiles, join_images, make_pool, read_batch, read_image
from utils.errors import CourseError


def save(path, image, **options):
    image.save(path, **options)
    return path


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "1", "I;16", "RGB"])
def test_every_mode_becomes_rgb(tmp_path, mode):
    suffix = "tif" if mode == "CMYK" else "png"
    path = save(tmp_path / f"image.{suffix}", Image.new(mode, (6, 4)))
    image = read_image(path)
    assert image.shape == (4, 6, 3) and image.dtype == np.uint8


def test_sixteen_bits_become_eight(tmp_path):
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None]
    path = save(tmp_path / "ramp.png", Image.fromarray(ramp))
    assert np.abs(read_image(path)[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_an_enormous_image_is_refused(tmp_path):
    path = save(tmp_path / "huge.png", Image.new("1", (20_000, 5_001)))
    with (
        warnings.catch_warnings(action="ignore"),
        pytest.raises(CourseError, match="huge.png .*more than 100,000,000 pixels"),
    ):
        read_image(path)


def test_images_may_be_changed(tmp_path):
    image = read_image(save(tmp_path / "image.png", Image.new("RGB", (2, 2))))
    image += 1
    assert image.max() == 1


def test_what_is_transparent_becomes_white(tmp_path):
    path = save(tmp_path / "clear.png", Image.new("RGBA", (2, 2), (255, 0, 0, 0)))
    assert read_image(path).min() == 255


def test_a_photo_taken_sideways_is_turned(tmp_path):
    image = Image.new("RGB", (40, 20))
    exif = image.getexif()
    exif[0x0112] = 6
    path = save(tmp_path / "sideways.jpg", image, exif=exif)
    assert read_image(path).shape == (40, 20, 3)
    assert read_image(path, (10, 8)).shape == (10, 8, 3)


def test_a_photo_that_the_decoder_halves_keeps_its_pixels(tmp_path):
    size = (800, 600)
    layers = [Image.radial_gradient("L"), Image.linear_gradient("L")]
    layers = [layer.resize(size) for layer in layers]
    edges = Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 60)
    path = save(tmp_path / "photo.jpg", Image.merge("RGB", [*layers, edges]), quality=90)
    with Image.open(path) as whole:
        expected = np.asarray(whole.resize((224, 224), Image.Resampling.BILINEAR), int)
    off = np.abs(read_image(path, (224, 224)) - expected)
    assert off.mean() < 0.4 and off.max() < 25  # without antialiasing 0.6 and 90


def test_one_pixel(tmp_path):
    path = save(tmp_path / "dot.png", Image.new("RGB", (1, 1), "red"))
    assert read_image(path, (5, 5)).reshape(-1, 3).tolist() == [[255, 0, 0]] * 25


@pytest.mark.parametrize("data", [b"", b"no image", b"\xff\xd8\xff\xe0 cut off"])
def test_a_broken_file_is_named(tmp_path, data):
    path = tmp_path / "broken.jpg"
    path.write_bytes(data)
    with pytest.raises(CourseError, match="broken.jpg can't be read as an image"):
        read_image(path)


def test_a_cut_file_and_a_missing_one_are_named(tmp_path):
    stream = io.BytesIO()
    Image.effect_noise((90, 90), 50).save(stream, "JPEG")
    path = tmp_path / "cut.jpg"
    path.write_bytes(stream.getvalue()[:900])
    with pytest.raises(CourseError, match="cut.jpg can't be read as an image"):
        read_image(path)
    with pytest.raises(CourseError, match="gone.jpg can't be read as an image"):
        read_image(tmp_path / "gone.jpg")


@pytest.fixture
def files(tmp_path):
    """Ten images, number i in grey level 20·i."""
    return ImageFiles(
        [save(tmp_path / f"{i}.png", Image.new("RGB", (8, 6), (20 * i,) * 3)) for i in range(10)]
    )


def test_image_files_index_like_arrays(files):
    assert len(files) == 10 and files[3].shape == (6, 8, 3) and files[-1].max() == 180
    assert [image.max() for image in files[2:4]] == [40, 60]
    assert [image.max() for image in files[np.array([5, 1])]] == [100, 20]


def test_a_batch_keeps_its_order(files):
    with make_pool() as pool:
        batch = read_batch(files, [7, 0, 3], (4, 4), pool)
    assert batch.shape == (3, 4, 4, 3) and batch[:, 0, 0, 0].tolist() == [140, 0, 60]


def test_arrays_are_scaled_too():
    images = np.stack([np.full((28, 28, 1), 9 * i, np.uint8) for i in range(3)])
    with make_pool() as pool:
        assert read_batch(images, [2, 1], (32, 32), pool)[:, 0, 0].tolist() == [[18], [9]]


STREAM = """
import sys, keras, numpy as np
from pathlib import Path
from utils.datasets.images import ImageFiles
from utils.datasets.stream import ImageStream
files = ImageFiles(sorted(Path(sys.argv[1]).glob("*.png"), key=lambda p: int(p.stem)))
labels = np.arange(10)

def seen(stream):
    batches = [stream[i] for i in range(len(stream))]
    for x, y in batches:
        assert (x[:, 0, 0, 0] == 20 * y).all()
    return [int(label) for _, y in batches for label in y]

plain = ImageStream(files, labels, (4, 4), 4)
assert len(plain) == 3 and plain[2][0].shape == (2, 4, 4, 3)
assert seen(plain) == list(range(10))

class Watched(ImageStream):
    def __getitem__(self, number):
        x, y = super().__getitem__(number)
        assert (x[:, 0, 0, 0] == 20 * y).all()
        self.log.append((self.epoch, number, y.tolist()))
        return x / 255, y

def fit(first, last):
    stream = Watched(files, labels, (4, 4), 4, seed=1)
    stream.log = []
    model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(stream, initial_epoch=first, epochs=last, verbose=0, shuffle=False,
              callbacks=[stream.follow_epochs()])
    batches = {(epoch, number): y for epoch, number, y in stream.log}  # Keras peeks at some twice
    return {e: [k for i in range(3) for k in batches[e, i]] for e in range(first, last)}

whole, resumed = fit(0, 4), fit(2, 4)
assert all(sorted(order) == list(range(10)) for order in whole.values()), whole
assert len({tuple(order) for order in whole.values()}) == 4
assert resumed == {2: whole[2], 3: whole[3]}
noisy = ImageStream(files, None, (4, 4), 4, transform=lambda x, rng: x + rng.random(), seed=1)
assert (noisy[0] == noisy[0]).all() and noisy[0].shape == (4, 4, 4, 3)
print("all right")
"""


def test_the_stream_repeats_an_epoch_after_a_restart(files):
    done = subprocess.run(
        [sys.executable, "-c", STREAM, str(files.paths[0].parent)],
        cwd=config.ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "all right", done.stderr


def test_images_are_joined_without_being_decoded(tmp_path):
    files = [ImageFiles([tmp_path / f"missing-{k}.jpg"]) for k in range(2)]
    joined = join_images(*files)
    assert isinstance(joined, ImageFiles) and joined.paths == files[0].paths + files[1].paths
    arrays = np.zeros((2, 3, 3, 3), np.uint8), np.ones((1, 3, 3, 3), np.uint8)
    assert join_images(*arrays)[:, 0, 0, 0].tolist() == [0, 0, 1]
