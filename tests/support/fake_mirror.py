"""A mirror of tiny archives in the publishers' layouts, made by the tests."""

import hashlib
import io
import json
import pickle
import tarfile
import zipfile

import numpy as np
from PIL import Image
from scipy.io import savemat

RNG = np.random.default_rng(0)


def jpeg(size=(40, 30), color=None):
    """Return the bytes of a JPEG of (width, height) in one colour, or in noise."""
    pixels = RNG.integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    image = Image.new("RGB", size, color) if color else Image.fromarray(pixels)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=90)
    return stream.getvalue()


def write_tar(path, files):
    """Write {name: bytes} as a .tgz."""
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def write_zip(path, files):
    """Write {name: bytes or str} as a .zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def mnist(folder):
    arrays = {}
    for part, rows in (("train", 10_060), ("test", 30)):
        arrays[f"x_{part}"] = RNG.integers(0, 255, (rows, 28, 28), dtype=np.uint8)
        arrays[f"y_{part}"] = np.arange(rows, dtype=np.uint8) % 10
    np.savez_compressed(folder / "mnist.npz", **arrays)


def cifar10(folder, rows=1_010):
    files = {}
    for name in [f"data_batch_{i}" for i in range(1, 6)] + ["test_batch"]:
        pixels = np.zeros((rows, 3, 32, 32), np.uint8)
        pixels[:, 0], pixels[:, 2, 0] = 200, 7  # red, and a blue first row
        batch = {b"data": pixels.reshape(rows, -1), b"labels": [i % 10 for i in range(rows)]}
        files[f"cifar-10-batches-py/{name}"] = pickle.dumps(batch, protocol=2)
    meta = {b"label_names": [f"class{i}".encode() for i in range(10)]}
    files["cifar-10-batches-py/batches.meta"] = pickle.dumps(meta, protocol=2)
    write_tar(folder / "cifar-10-python.tar.gz", files)


def flowers(folder, with_test=False):
    """Five training and two validation images of each of 102 classes, and two test images."""
    labels = np.tile(np.arange(1, 103), 7)
    labels = np.concatenate([labels, [5, 6]])
    train, valid, test = np.arange(1, 511), np.arange(511, 715), np.arange(715, 717)
    savemat(folder / "imagelabels.mat", {"labels": labels[None]})
    savemat(folder / "setid.mat", {"trnid": train[None], "valid": valid[None], "tstid": test[None]})
    ids = [*train, *valid, *(test if with_test else [])]
    write_tar(folder / "102flowers.tgz", {f"jpg/image_{i:05d}.jpg": jpeg() for i in ids})


def faces(folder, people=30):
    files = {}
    for i in range(people):
        for j in range(1 + i % 3):
            color = (10 + 8 * i, 100, 30 * j)
            files[f"lfw_funneled/P_{i:02d}/P_{i:02d}_{j:04d}.jpg"] = jpeg((250, 250), color)
    write_tar(folder / "lfw-funneled.tgz", files)


def names(folder):
    list_of = [f"Name{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200)]
    (folder / "names.txt").write_text("\n".join([*list_of, *list_of[:20]]))
    female, male = "\n".join(list_of[:120]), "\n".join(list_of[100:])
    write_zip(folder / "names.zip", {"names/female.txt": female, "names/male.txt": male})


def tags(folder):
    lines = [f"The/at dog{i}/nn-tl ran/vbd ,/, the/at-hl I/o/xx ./." for i in range(40)]
    brown = {"brown/ca01": "\n\n".join(lines[:30]), "brown/cr09": "\n".join(lines[20:])}
    write_zip(folder / "brown.zip", {**brown, "brown/README": "words/nn", "brown/cats.txt": "x"})
    table = "AT\tDET\nNN\tNOUN\nNN-TL\tNOUN\nVBD\tVERB\n,\t.\n.\t.\n"
    write_zip(folder / "universal_tagset.zip", {"universal_tagset/en-brown.map": table})


def corpus(folder):
    write_zip(folder / "text8.zip", {"text8": " anarchism originated as a term" * 50})
    (folder / "tinyshakespeare.txt").write_text("First Citizen:\nBefore we proceed, don't!\n")


def captions(folder):
    photos = {f"Flicker8k_Dataset/{i}.jpg": jpeg() for i in range(8)}
    write_zip(folder / "Flickr8k_Dataset.zip", photos)
    token = "".join(f"{i}.jpg#{k}\tA dog number {i} , {k} .\n" for i in range(9) for k in range(5))
    parts = {"train": "0.jpg\n1.jpg\n2.jpg\n3.jpg\n8.jpg\n", "dev": "4.jpg\n5.jpg\n"}
    parts["test"] = "6.jpg\n7.jpg\n"
    files = {f"Flickr_8k.{part}Images.txt": text for part, text in parts.items()}
    write_zip(folder / "Flickr8k_text.zip", {"Flickr8k.token.txt": token, **files})
    coco = {}
    for part, count in (("train", 6), ("val", 4)):
        images = [{"id": i, "file_name": f"COCO_{part}2014_{i}.jpg"} for i in range(count)]
        notes = [{"image_id": i % count, "caption": f"{part} {i}"} for i in range(5 * count)]
        coco[f"annotations/captions_{part}2014.json"] = json.dumps(
            {"images": images, "annotations": notes}
        )
        photos = {f"{part}2014/{image['file_name']}": jpeg() for image in images}
        write_zip(folder / f"{part}2014.zip", photos)
    write_zip(folder / "annotations_trainval2014.zip", coco)


def build(folder):
    """Write all archives and their registry.toml into a folder."""
    for make in (mnist, cifar10, flowers, faces, names, tags, corpus, captions):
        make(folder)
    tables = [
        f'["{path.name}"]\nhash = "sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"\n'
        f"bytes = {path.stat().st_size}\n"
        for path in sorted(folder.iterdir())
    ]
    (folder / "registry.toml").write_text("\n".join(tables), encoding="utf-8")
