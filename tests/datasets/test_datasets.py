"""Every loader, on a mirror of tiny archives; on the real one where `COURSE_MIRROR` names it."""

import os
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from tests.support import fake_mirror
from tests.support.helpers import environment
from utils import config, registry
from utils.datasets import preview
from utils.datasets.captions import fetch_captioned_images
from utils.datasets.cards import fetch_names_and_cards
from utils.datasets.choice import SETS
from utils.datasets.cifar10 import fetch_cifar10
from utils.datasets.corpus import fetch_corpus
from utils.datasets.faces import fetch_faces
from utils.datasets.flowers import fetch_flowers
from utils.datasets.images import scaled
from utils.datasets.mnist import fetch_mnist
from utils.datasets.names import fetch_names
from utils.datasets.tags import fetch_tagged_sentences
from utils.download import sources
from utils.download.cache import DownloadError
from utils.errors import CourseError

REAL = os.environ.get("COURSE_MIRROR", "")
FETCHES = {
    "mnist": fetch_mnist,
    "cifar10": fetch_cifar10,
    "flowers": fetch_flowers,
    "faces": fetch_faces,
    "names": fetch_names,
    "classes": partial(fetch_names, classes=True),
    "tags": fetch_tagged_sentences,
    "corpus": fetch_corpus,
    "captions": fetch_captioned_images,
}


@pytest.fixture
def data(mirror, tmp_path, monkeypatch):
    """An empty cache, the tiny mirror, and the profile cpu: real loaders, tiny unpacking."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_MIRROR", str(mirror))
    monkeypatch.setenv("COURSE_PROFILE", "cpu")
    yield tmp_path / "cache"
    sources._mirrors.clear()


def test_mnist(data):
    found = fetch_mnist()
    assert found.x_train.shape == (60, 28, 28, 1) and found.x_val.shape == (10_000, 28, 28, 1)
    assert found.x_test.shape == (30, 28, 28, 1) and found.x_train.dtype == np.uint8
    assert found.y_train.dtype == np.int64 and found.num_classes == 10 and not found.synthetic


def test_cifar10(data):
    found = fetch_cifar10()
    assert found.x_train.shape == (50, 32, 32, 3) and found.x_val.shape == (5_000, 32, 32, 3)
    assert found.x_train[3, 5, 5].tolist() == [200, 0, 0], "channels come last"
    assert found.x_train[3, 0, 5].tolist() == [200, 0, 7], "rows come first"
    assert found.class_names[3] == "class3" and found.x_train.flags.c_contiguous


def test_a_batch_that_would_run_code_is_refused(data, mirror, tmp_path):
    import pickle

    from utils.datasets import cifar10

    class Evil:
        def __reduce__(self):
            return os.system, ("touch " + str(tmp_path / "owned"),)

    (tmp_path / "batch").write_bytes(pickle.dumps({b"data": Evil()}))
    with pytest.raises(CourseError, match="asks for posix.system, which no batch needs"):
        cifar10._read(tmp_path, "batch")
    assert not (tmp_path / "owned").exists()


def test_flowers_without_their_test_part(data, capsys):
    found = fetch_flowers()
    assert (len(found.x_train), len(found.x_val), len(found.x_test)) == (306, 204, 204)
    for labels in (found.y_train, found.y_val, found.y_test):
        assert np.bincount(labels, minlength=102).min() == len(labels) // 102
    assert found.x_train[0].shape == (30, 40, 3)
    assert "its validation part stands in for the test part; 2 images" in found.source
    assert "2 of 716 images are missing from the archive" in capsys.readouterr().out
    paths = [{p.name for p in x.paths} for x in (found.x_train, found.x_val, found.x_test)]
    assert len(set.union(*paths)) == 714
    assert len(found.class_names) == 102 and found.class_names[53] == "sunflower"


def test_flowers_with_their_test_part(data, tmp_path, monkeypatch):
    (tmp_path / "whole").mkdir()
    fake_mirror.flowers(tmp_path / "whole", with_test=True)
    monkeypatch.setenv("COURSE_MIRROR", str(tmp_path / "whole"))
    monkeypatch.setattr(registry, "lookup", lambda name: registry.Entry(name))
    found = fetch_flowers()
    assert (len(found.x_train), len(found.x_val), len(found.x_test)) == (510, 204, 2)
    assert found.y_test.tolist() == [4, 5] and "stands in" not in found.source


def test_flowers_may_be_bounded(data):
    whole, found = fetch_flowers(), fetch_flowers((306, 102, 51))
    assert found.x_train.paths == whole.x_train.paths and len(found.y_train) == 306
    assert np.bincount(found.y_val, minlength=102).tolist() == [1] * 102, "evenly spread"
    assert len(found.x_test) == len(found.y_test) == len(set(found.y_test.tolist())) == 51
    rows = [whole.x_test.paths.index(path) for path in found.x_test.paths]
    np.testing.assert_array_equal(whole.y_test[rows], found.y_test)
    assert found.source == (
        f"{whole.source}; 102 of 204 validation images are used; 51 of 204 test images are used"
    )
    assert fetch_flowers((9999, 9999, 9999)).source == whole.source


def test_faces(data):
    found = fetch_faces()
    again = fetch_faces()
    sizes = [len(x) for x in (found.x_train, found.x_val, found.x_test)]
    assert sum(sizes) == 60 and min(sizes) > 0
    assert found.x_train.shape[1:] == (32, 32, 3) and found.a_train.shape == (sizes[0], 0)
    np.testing.assert_array_equal(found.x_test, again.x_test)
    people = [set(x[:, 0, 0, 0] // 8) for x in (found.x_train, found.x_val, found.x_test)]
    assert not people[0] & people[1] and not people[0] & people[2] and not people[1] & people[2]


def test_names(data):
    found = fetch_names()
    parts = found.names_train, found.names_val, found.names_test
    assert [len(part) for part in parts] == [160, 20, 20]
    assert len({name for part in parts for name in part}) == 200
    order = np.random.RandomState(42).permutation(200)
    every = sorted(name for part in parts for name in part)
    assert found.names_test == [every[i] for i in order[:20]]


def test_classes_of_names(data):
    found = fetch_names(classes=True)
    assert found.class_names == ("female", "male")
    assert len(found.names_train) + len(found.names_val) + len(found.names_test) == 180
    for name, label in zip(found.names_train, found.y_train, strict=True):
        place = (ord(name[4]) - 97) * 26 + ord(name[5]) - 97
        assert label == (place >= 100) and not 100 <= place < 120


def test_no_more_names_than_asked_for(data):
    whole, short = fetch_names(classes=True), fetch_names(classes=True, most=(60, 5))
    assert [len(short.names_train), len(short.names_val), len(short.names_test)] == [60, 5, 5]
    label = dict(zip(whole.names_train, whole.y_train, strict=True))
    assert [label[name] for name in short.names_train] == short.y_train.tolist()
    rows = [whole.names_train.index(name) for name in short.names_train]
    assert rows == sorted(rows) and max(np.diff(rows)) <= 3, "evenly spread"
    assert short.source == f"{whole.source}; 70 of 180 names"


@pytest.mark.parametrize("classes", [False, True])
def test_names_that_are_few_enough_stay_as_they_are(data, classes):
    whole, same = fetch_names(classes), fetch_names(classes, most=(160, 20))
    assert (same.names_train, same.names_test) == (whole.names_train, whole.names_test)
    np.testing.assert_array_equal(same.y_train, whole.y_train)
    assert same.source == whole.source


def test_no_more_cards_than_asked_for(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    whole, short = fetch_names_and_cards(), fetch_names_and_cards(most=(100, 10))
    assert [len(short.names_train), len(short.names_val), len(short.names_test)] == [100, 10, 10]
    label = dict(zip(whole.names_test, whole.y_test, strict=True))
    assert [label[name] for name in short.names_test] == short.y_test.tolist()
    assert short.source.startswith(f"{whole.source}; 120 of ")


def test_tagged_sentences(data):
    found = fetch_tagged_sentences()
    sentences = found.train + found.val + found.test
    assert len(sentences) == len({tuple(s) for s in sentences}) == 40, "no sentence twice"
    words, tags = zip(*sentences[0], strict=True)
    assert words[0] == "the" and words[5] == "i/o" and words[-1] == "."
    assert tags == ("DET", "NOUN", "VERB", ".", "DET", "X", ".")
    assert "X" in found.tag_names


def test_corpus(data):
    assert fetch_corpus().tokens[:4] == ["anarchism", "originated", "as", "a"]
    assert len(fetch_corpus(max_tokens=7).tokens) == 7
    words = fetch_corpus("tinyshakespeare").tokens
    assert words == ["first", "citizen", "before", "we", "proceed", "don't"]
    assert len(fetch_corpus("tinyshakespeare", max_tokens=2).tokens) == 2
    with pytest.raises(ValueError, match="text must be one of text8, tinyshakespeare"):
        fetch_corpus("text9")


def test_flickr8k(data, capsys):
    found = fetch_captioned_images()
    assert found.names_train == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]
    assert found.names_test == ["6.jpg", "7.jpg"] and len(found.x_val) == 2
    assert found.captions_test[0] == [f"A dog number 6 , {k} ." for k in range(5)]
    assert found.x_train[0].shape == (30, 40, 3) and found.attributes_train == [{}] * 4
    assert "Photos missing from the archive, and left out: 1." in capsys.readouterr().out


def test_coco(data):
    found = fetch_captioned_images("coco2014")
    assert len(found.x_train) == 6 and len(found.x_val) == 4 and len(found.x_test) == 0
    assert all(len(captions) == 5 for captions in found.captions_train)
    assert found.captions_train[2][0] == "train 2"
    assert found.x_train[0].shape == (30, 40, 3)


# --- real or synthetic


@pytest.fixture
def nothing(tmp_path, monkeypatch):
    """No network, no mirror, an empty cache: every address is a closed port."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    for name in ("COURSE_MIRROR", "COURSE_PROFILE", "COURSE_SYNTHETIC"):
        monkeypatch.delenv(name, raising=False)
    closed = ("http://127.0.0.1:9/a", "http://127.0.0.1:9/b")
    monkeypatch.setattr(
        registry, "lookup", lambda name: registry.Entry(name, urls=closed, bytes_about=1000)
    )


@pytest.mark.parametrize("name", FETCHES)
def test_tiny_is_embedded_and_silent(name, monkeypatch, nothing, capsys):
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    assert FETCHES[name]().synthetic
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", FETCHES)
def test_without_network_and_profile_the_course_goes_on_and_a_box_says_so(name, nothing, capsys):
    found = FETCHES[name]()
    text = capsys.readouterr().out
    assert found.synthetic and found.source
    assert text.startswith("╔═") and f"NO REAL DATA for '{name}'" in text


def test_with_a_profile_asked_for_it_is_an_error_with_the_ways_out(nothing, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "cpu")
    with pytest.raises(DownloadError) as caught:
        fetch_mnist()
    text = str(caught.value)
    assert "http://127.0.0.1:9/a\n    no connection" in text and "http://127.0.0.1:9/b" in text
    assert all(f"  {number}. " in text for number in (1, 2, 3, 4))
    assert "COURSE_SYNTHETIC=mnist" in text


def test_a_set_may_be_allowed_to_be_embedded(nothing, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROFILE", "cpu")
    monkeypatch.setenv("COURSE_SYNTHETIC", "tags, mnist")
    assert fetch_mnist().synthetic
    assert "COURSE_SYNTHETIC allows it." in capsys.readouterr().out
    with pytest.raises(DownloadError):
        fetch_cifar10()
    monkeypatch.setenv("COURSE_SYNTHETIC", "mnits")
    with pytest.raises(CourseError, match=f"names 'mnits'; the sets are {SETS[0]}"):
        fetch_mnist()


def test_the_encoder_is_random_in_tiny_and_says_so():
    """In a process of its own: Keras is heavy, and no other test here needs it."""
    code = (
        "from utils.datasets.encoders import pretrained_encoder as p;"
        "e = p('inception_v3', 96); import numpy as np;"
        "x = e.preprocess(np.zeros((1, 96, 96, 3), 'float32'));"
        "print(x.min(), e.synthetic, e.source,"
        "e.model.count_params(), e.model.predict(x, verbose=0).shape)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=config.ROOT,
        env=environment(COURSE_PROFILE="tiny"),
        capture_output=True,
        text=True,
    )
    wanted = "-1.0 True inception_v3 with random weights 21802784 (1, 1, 1, 2048)"
    assert done.stdout.strip() == wanted, done.stderr


# --- the real mirror


@pytest.fixture(params=["folder", "address"])
def real_mirror(request, monkeypatch, tmp_path):
    """The real mirror as a folder, and served on loopback."""
    if not (REAL and (Path(REAL) / "registry.toml").is_file()):
        pytest.skip("COURSE_MIRROR names no mirror")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_PROFILE", "cpu")
    if request.param == "folder":
        monkeypatch.setenv("COURSE_MIRROR", REAL)
        yield
    else:
        handler = partial(_Quiet, directory=REAL)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("COURSE_MIRROR", f"http://127.0.0.1:{server.server_port}")
        yield
        server.shutdown()
    sources._mirrors.clear()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


def test_every_loader_works_on_real_data(real_mirror, monkeypatch):
    mnist = fetch_mnist()
    assert [len(x) for x in (mnist.x_train, mnist.x_val, mnist.x_test)] == [50_000, 10_000, 10_000]
    cifar = fetch_cifar10()
    assert [len(x) for x in (cifar.x_train, cifar.x_val, cifar.x_test)] == [45_000, 5_000, 10_000]
    flowers = fetch_flowers()
    parts = flowers.x_train, flowers.x_val, flowers.x_test
    assert [len(x) for x in parts] == [816, 204, 1020]
    faces = fetch_faces()
    assert len(faces.x_train) + len(faces.x_val) + len(faces.x_test) == 3000
    names = fetch_names()
    parts = names.names_train, names.names_val, names.names_test
    assert [len(part) for part in parts] == [6065, 757, 757]
    photos = fetch_captioned_images()
    assert [len(x) for x in (photos.x_train, photos.x_val, photos.x_test)] == [2000, 250, 250]
    assert {len(captions) for captions in photos.captions_train} == {5}
    assert len(fetch_corpus("tinyshakespeare").tokens) > 200_000
    write_real_sheet(mnist, cifar, flowers, faces, photos)
    monkeypatch.setenv("COURSE_SYNTHETIC", "tags,classes,corpus")
    assert fetch_tagged_sentences().synthetic and fetch_names(classes=True).synthetic
    assert fetch_corpus().synthetic


def write_real_sheet(mnist, cifar, flowers, faces, photos):
    """Write build/real-data.html, to be looked at: real images beside their labels."""

    def small(images, rows, side=96):
        return [scaled(images, row, (side, side)) for row in rows]

    captions = "".join(
        f"<p>{preview.picture(image, names[0])}<br>{'<br>'.join(names)}</p>"
        for image, names in zip(small(photos.x_train, range(4), 160), photos.captions_train)
    )
    parts = {
        mnist.source: preview.labelled_sheet(mnist, 16, 1),
        cifar.source: preview.labelled_sheet(cifar, 16, 2),
        flowers.source: preview.picture(
            preview.grid(small(flowers.x_train, np.argsort(flowers.y_train)[:32]), 8, 1), "flowers"
        )
        + f"<p>{', '.join(flowers.class_names[:4])}</p>",
        faces.source: preview.picture(preview.grid(faces.x_train[::100], 12, 2), "faces"),
        photos.source: captions,
    }
    page = "".join(f"<h2>{title}</h2>{body}" for title, body in parts.items())
    (config.ROOT / "build").mkdir(exist_ok=True)
    path = config.ROOT / "build" / "real-data.html"
    path.write_text(f"<meta charset='utf-8'>{preview.STYLE}{page}", encoding="utf-8")


def test_registry_page_is_in_step():
    assert registry.PAGE.read_text(encoding="utf-8") == registry.page()


def test_registry_is_complete():
    for entry in registry.entries().values():
        assert entry.title and entry.licence and entry.cite and entry.used_by and entry.about
        assert all(url.startswith(("https://", "http://")) for url in entry.urls)
        assert bool(entry.hash) == bool(entry.hash_from)
        algorithm, _, digest = entry.hash.partition(":")
        assert (algorithm, len(digest)) in {("sha256", 64), ("md5", 32), ("", 0)}
        assert len(entry.urls) >= 2 or entry.name.endswith(".txt"), "a second source"
