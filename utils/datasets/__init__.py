"""Data sets, one per module: `fetch_*` may download, `make_*` never does."""

from ..lazy import face

__getattr__, __dir__, __all__ = face(
    __name__,
    {
        "bounded": "at_most",
        "captions": "fetch_captioned_images",
        "cards": "fetch_names_and_cards",
        "cifar10": "fetch_cifar10",
        "corpus": "fetch_corpus",
        "digits": "make_digits",
        "encoders": "pretrained_encoder",
        "faces": "fetch_faces",
        "flowers": "fetch_flowers",
        "images": "EditedImages join_images read_image",
        "mnist": "fetch_mnist",
        "names": "fetch_names",
        "rings": "make_rings",
        "stream": "ImageStream",
        "synthetic_corpus": "make_corpus",
        "synthetic_faces": "make_faces",
        "synthetic_flowers": "make_flowers",
        "synthetic_names": "make_names",
        "synthetic_objects": "make_objects",
        "synthetic_scenes": "COLOUR_WORDS SHAPE_WORDS describes make_scenes",
        "synthetic_tags": "make_tagged_sentences",
        "tags": "fetch_tagged_sentences",
        "varied_faces": "vary_faces",
    },
)
