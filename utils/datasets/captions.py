"""Photos with captions: Flickr8k or COCO, or synthetic scenes."""

import json
import zipfile
from collections import defaultdict

import numpy as np

from ..download import unpack
from ..download.cache import fetch
from .choice import real_or_synthetic
from .images import ImageFiles
from .records import CaptionedImages
from .synthetic_scenes import make_scenes

COLLECTIONS = ("flickr8k", "coco2014")
SEED = 42


def fetch_captioned_images(collection="flickr8k"):
    """Return photos (ImageFiles of various sizes), each with about five captions.

    collection: 'flickr8k', with its official split (6,000 / 1,000 / 1,000; Hodosh et al. 2013), or
    'coco2014' (Lin et al. 2014): its 82,783 training photos; of its 40,504 validation photos, in
    the order of `default_rng(42)`, 5,000 are the validation part and 5,000 the test part. Photos
    missing from an archive are left out and counted. Synthetic: drawn scenes, five captions each.
    """
    if collection not in COLLECTIONS:
        raise ValueError(f"collection must be one of {', '.join(COLLECTIONS)}; not '{collection}'.")
    real = _fetch_flickr if collection == "flickr8k" else _fetch_coco
    return real_or_synthetic("captions", real, make_scenes)


def _fetch_flickr():
    with zipfile.ZipFile(fetch("Flickr8k_text.zip")) as archive:
        read = {name.rpartition("/")[2]: name for name in archive.namelist()}
        texts = {
            key: archive.read(read[name]).decode("utf-8").splitlines()
            for key, name in {
                "captions": "Flickr8k.token.txt",
                "train": "Flickr_8k.trainImages.txt",
                "val": "Flickr_8k.devImages.txt",
                "test": "Flickr_8k.testImages.txt",
            }.items()
        }
    captions = defaultdict(list)
    for line in texts["captions"]:
        label, _, caption = line.partition("\t")
        captions[label.partition("#")[0]].append(caption.strip())
    folder = unpack("Flickr8k_Dataset.zip")
    paths = {path.name: path for path in sorted(folder.rglob("*.jpg"))}
    parts = [texts[key] for key in ("train", "val", "test")]
    return _record(parts, paths, captions, "Flickr8k (Hodosh et al. 2013), official split")


def _fetch_coco():
    captions, parts = defaultdict(list), []
    with zipfile.ZipFile(fetch("annotations_trainval2014.zip")) as archive:
        for part in ("train", "val"):
            table = json.loads(archive.read(f"annotations/captions_{part}2014.json"))
            files = {image["id"]: image["file_name"] for image in table["images"]}
            for item in table["annotations"]:
                captions[files[item["image_id"]]].append(item["caption"].strip())
            parts.append(sorted(files.values()))
    order = np.random.default_rng(SEED).permutation(len(parts[1]))
    held = [parts[1][i] for i in order[:10_000]]
    paths = {}
    for part in ("train2014", "val2014"):
        paths |= {path.name: path for path in (unpack(f"{part}.zip") / part).glob("*.jpg")}
    source = "COCO 2014 (Lin et al. 2014), a random part of its validation photos held out"
    return _record([parts[0], held[:5_000], held[5_000:]], paths, captions, source)


def _record(parts, paths, captions, source):
    """Return the record for three lists of file names; missing files are left out."""
    fields, missing = [], 0
    for names in parts:
        names = [name.strip() for name in names if name.strip()]
        here = [name for name in names if name in paths]
        missing += len(names) - len(here)
        fields += [ImageFiles([paths[n] for n in here]), [captions[n] for n in here], here]
    if missing:
        source += f"; {missing:,} photos missing from the archive are left out"
        print(f"Photos missing from the archive, and left out: {missing:,}.")
    nothing = [[{} for _ in fields[i]] for i in (2, 5, 8)]
    return CaptionedImages(*fields, *nothing, source=source)
