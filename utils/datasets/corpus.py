"""Running text for word embeddings, or a small synthetic corpus."""

import re
import zipfile
from dataclasses import replace

from ..download.cache import fetch
from .choice import real_or_synthetic
from .records import Corpus
from .synthetic_corpus import make_corpus

TEXTS = ("text8", "tinyshakespeare")


def fetch_corpus(text="text8", max_tokens=None):
    """Return running text as lower-case words.

    text: 'text8', 17 million words of Wikipedia (Mahoney 2011), or 'tinyshakespeare', 0.2 million.
    max_tokens: int, how many words to keep from its start, or None for all. Synthetic: a corpus
    with planted nearest words and analogies.
    """
    if text not in TEXTS:
        raise ValueError(f"text must be one of {', '.join(TEXTS)}; it is '{text}'.")
    found = real_or_synthetic("corpus", lambda: _fetch(text, max_tokens), make_corpus)
    return replace(found, tokens=found.tokens[:max_tokens])


def _fetch(text, max_tokens):
    if text == "text8":
        with zipfile.ZipFile(fetch("text8.zip")) as archive, archive.open("text8") as file:
            # A word and its space are 6 bytes on average; 12 are always enough.
            size = -1 if max_tokens is None else 12 * max_tokens + 100
            words = file.read(size).decode("ascii").split()
        source = "text8 (Mahoney 2011)"
    else:
        whole = fetch("tinyshakespeare.txt").read_text(encoding="utf-8").lower()
        words = re.findall(r"[a-z]+(?:'[a-z]+)?", whole)
        source = "Tiny Shakespeare"
    return Corpus(words, source)
