"""Undoes the compression of a transfer, for servers that compress what was asked for as it is.

Many label a file that is itself an archive so, and send it as it is: the caller tries that first.
"""

import contextlib
import os
import zlib

from .problems import TransferError

CHUNK = 1 << 18
ANY_HEADER, NO_HEADER = 47, -15  # zlib's window bits: gzip's or zlib's header, or none
KNOWN = {"gzip": (ANY_HEADER,), "x-gzip": (ANY_HEADER,), "deflate": (ANY_HEADER, NO_HEADER)}


def label_of(headers):
    """Return how a response says that it is compressed, such as 'gzip'; '' if not at all."""
    label = headers.get("Content-Encoding", "").strip().lower()
    return "" if label in ("", "identity", "none", "binary") else label


def decompress(chunks, label):
    """Yield the bytes that compressed ones stand for. chunks: function that returns an iterable.

    Raises TransferError if the label is unknown here, or the bytes aren't what it says.
    """
    if label not in KNOWN:
        raise TransferError(f"the server sent it compressed ({label}), which can't be undone here")
    last = len(KNOWN[label]) - 1
    for number, bits in enumerate(KNOWN[label]):
        begun = False
        try:
            for piece in _inflate(chunks(), bits):
                begun = begun or bool(piece)
                yield piece
            return
        except (zlib.error, EOFError):
            if begun or number == last:
                raise TransferError(f"it is labelled as compressed ({label}), but isn't") from None


def undo(part, problem_with, expected):
    """Put what a compressed part stands for in its place, where that is the file that is wanted.

    part: parts.Part, complete. problem_with: function of a path that returns what is wrong with a
    file, or None. expected: registry.Entry. Returns what is wrong with the part then, or None.
    """
    problem, label = problem_with(part.path), part.note().get("encoding")
    unsure = not expected.hash and expected.bytes is None
    archive = part.target.suffix in (".gz", ".tgz")
    if not label or not (problem or (unsure and not archive)):
        return problem
    plain = part.path.with_name(part.path.name + ".plain")
    try:
        _write_plain(part, plain, label, expected)
        still = problem_with(plain)
        if still is None:
            with part.writing():
                os.replace(plain, part.path)
        return still
    except TransferError as error:
        return f"{problem}; {error}" if problem else None
    finally:
        with contextlib.suppress(OSError):
            plain.unlink(missing_ok=True)


def _write_plain(part, plain, label, expected):
    most = expected.bytes or 2 * expected.about or None
    with part.writing(), open(part.path, "rb") as source, open(plain, "wb") as file:
        for piece in decompress(lambda: _from_start(source), label):
            file.write(piece)
            if most is not None and file.tell() > most:
                raise TransferError(f"decompressed ({label}), it is larger than expected")


def _from_start(file):
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _inflate(chunks, bits):
    """Yield decompressed bytes; a gzip file may hold several streams after each other."""
    stream = zlib.decompressobj(bits)
    for chunk in chunks:
        while chunk:
            if stream.eof:
                stream = zlib.decompressobj(bits)
            yield stream.decompress(chunk, CHUNK)
            chunk = stream.unconsumed_tail or stream.unused_data
    yield stream.flush()
    if not stream.eof:
        raise EOFError
