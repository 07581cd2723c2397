"""Transfers one file from one address, resuming where an earlier attempt stopped.

Everything is written to a part file beside the target (parts.py). The caller verifies the file and
renames it.
"""

import os
import sys
import time
from contextlib import contextmanager

import requests
from tqdm import tqdm

from ..errors import CourseError
from ..files import reason
from .encoding import label_of
from .parts import Writer
from .problems import (
    OF_THE_NETWORK,
    OtherVersion,
    TransferError,
    Transient,
    of_network,
)

CHUNK = 1 << 18  # bytes read at a time
TRIES = 4  # of one address, with growing pauses
PAUSE = 0.5  # seconds before the second try, doubled each time
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
LONGEST_SILENCE = 86_400  # seconds; systems refuse to wait for much longer ones


def is_web(url):
    """Return whether an address is on the web, rather than a file's path."""
    return url.lower().startswith(("http://", "https://"))


def transfer(url, part, expected, watch):
    """Bring a whole file from one address into a part, unless it is there already.

    url: an http or https address, or a file's path. part: parts.Part. expected: registry.Entry,
    whose size the file must have if it states one. watch: rate.Watch.
    Raises TransferError if this address can't provide it, OtherVersion if that is because it
    doesn't fit the part, CannotWrite if the folder doesn't take it, TooSlow as the watch says.
    """
    once = _from_web if is_web(url) else _from_folder
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE * 2 ** (attempt - 1))
        try:
            return once(url, part, expected, watch)
        except Transient as error:
            problem = str(error)
            if error.lasts:
                raise TransferError(problem) from None
            if error.unreachable and attempt:
                break
    raise TransferError(f"{problem} (tried {attempt + 1} times)")


def timeouts():
    """Return the seconds to wait for a connection, and in silence: `COURSE_TIMEOUT` or 30."""
    asked = os.environ.get("COURSE_TIMEOUT", "").strip()
    try:
        silence = float(asked) if asked else SILENCE_SECONDS
        if 0 < silence <= LONGEST_SILENCE:
            return CONNECT_SECONDS, silence
    except ValueError:
        pass
    raise CourseError(
        f"COURSE_TIMEOUT must be a number of seconds above 0, at most {LONGEST_SILENCE:,}; "
        f"it is '{asked}'."
    )


@contextmanager
def network():
    """Put what a request may raise into words: raises Transient instead."""
    try:
        yield
    except OF_THE_NETWORK as error:
        raise of_network(error, *timeouts()) from None


def ask(url, headers=None):
    """Return the requests.Response to a GET, its body still to be read; raises Transient."""
    with network():
        return requests.get(
            url,
            headers={"Accept-Encoding": "identity"} | (headers or {}),
            stream=True,
            timeout=timeouts(),
        )


def read_some(answer):
    """Return the bytes of a response that have arrived, as they were sent; b'' at its end."""
    with network():
        return answer.raw.read1(CHUNK, decode_content=False)


def _from_web(url, part, expected, watch):
    have, note = part.size(), part.note()
    size = note.get("total") if note.get("encoding") else expected.bytes
    if size is not None and have > size:
        part.drop()
        have = 0
    if have and have == size:
        return
    part.look_at_room((expected.about or have) - have)  # before a byte is asked for
    headers, tag = {}, note.get("tag")
    if have and (part.shared or tag):
        headers["Range"] = f"bytes={have}-"
        if not part.shared:
            headers["If-Range"] = tag  # only if it is still the same file
    with ask(url, headers) as answer:
        if _is_whole(answer, have):
            return
        start, total = _read_headers(answer, part, have, expected)
        label = label_of(answer.headers)
        new = {"url": url, "total": total, "tag": _tag(answer), "encoding": label}
        if total is None and not label:
            total = expected.bytes
        part.look_at_room((total or expected.about or have) - have)
        done = _pour(lambda: read_some(answer), Writer(part, start, new), total, expected, watch)
    if done == 0:
        raise TransferError("the server sent nothing")
    if total is not None and done < total:
        raise Transient(f"the connection ended after {done:,} of {total:,} bytes")
    if done < have:
        raise OtherVersion("it has less than the part that is here")


def _tag(answer):
    """Return what identifies the version of a response's file: a strong ETag, or its date."""
    tag = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified")


def _is_whole(answer, have):
    """Return whether a server says that there is nothing after what we have: 416, of so many."""
    return answer.status_code == 416 and answer.headers.get("Content-Range") == f"bytes */{have}"


def _read_headers(answer, part, have, expected):
    """Return (where this response starts, the whole file's size or None); raise if it is no use."""
    code = answer.status_code
    if code == 416:
        raise OtherVersion("the server has nothing after the part already downloaded")
    if code >= 500 or code in (408, 429):
        raise Transient(f"the server answered {code} {answer.reason}")
    if code not in (200, 206):
        raise TransferError(f"the server answered {code} {answer.reason}")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        raise TransferError("the server sent a web page, not the file")
    length = answer.headers.get("Content-Length", "")
    start, total = 0, int(length) if length.isdecimal() else None
    if code == 206:
        start, total = have, _range_total(answer, have)
    _compare(answer, part, have, code, total, expected)
    return start, total


def _compare(answer, part, have, code, total, expected):
    """Raise if a response isn't of the size expected, or isn't of what the part is of."""
    label, note = label_of(answer.headers), part.note() if have else {}
    right_size = total is not None and total == expected.bytes
    if label and not right_size and part.shared:  # compressed, it may be; so it has its own part
        raise OtherVersion(f"the server sent it compressed ({label}), which was not asked for")
    if not label and None not in (total, expected.bytes) and not right_size:
        raise TransferError(f"wrong size: expected {expected.bytes:,} bytes, it has {total:,}")
    if note and None not in (total, note.get("total")) and note["total"] != total:
        raise OtherVersion("it has another size than the part that is here says")
    if have and label != note.get("encoding", "") and not right_size:
        raise OtherVersion("it is sent in another way than the part that is here")
    if code == 206 and not part.shared and _tag(answer) != note.get("tag"):
        raise OtherVersion("it has another version than the part that is here")


def _range_total(answer, have):
    """Return the total of `Content-Range: bytes 5-9/10`, or None; raise if it starts elsewhere."""
    span, _, total = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
    if span.partition("-")[0].strip() != str(have):
        raise OtherVersion("the server sent a different part of the file than requested")
    return int(total) if total.isdecimal() else None


def _from_folder(source, part, expected, watch):
    """Copy a file from a mirror folder into the part."""
    try:
        found = os.stat(source) if os.path.isfile(source) else None
        if found is None:
            raise TransferError("the mirror doesn't have it")
        size, have = found.st_size, part.size()
        if expected.bytes is not None and size != expected.bytes:
            raise TransferError(f"wrong size: expected {expected.bytes:,} bytes, it has {size:,}")
        note = {"url": source, "total": size, "tag": str(found.st_mtime_ns), "encoding": ""}
        if have > size or (have and not part.shared and part.note() != note):
            raise OtherVersion("it has another version than the part that is here")
        part.look_at_room(size - have)
        with open(source, "rb", buffering=0) as file:
            file.seek(have)
            _pour(lambda: file.read(CHUNK), Writer(part, have, note), size, expected, watch)
    except OSError as error:
        raise TransferError(f"it can't be copied: {reason(error)}") from None


def _pour(read, writer, total, expected, watch):
    """Pour a response into a part; return where it ended, in bytes of the file."""
    size = total or expected.about or None
    with (
        writer,
        tqdm(
            desc=writer.part.target.name, total=size, initial=writer.at, unit="B", unit_scale=True,
            file=sys.stdout, disable=(size or 0) < 1 << 20, mininterval=0.5,
        ) as bar,
    ):  # fmt: skip
        while chunk := read():  # what has arrived so far: nothing waits in memory
            if total is not None and writer.at + len(chunk) > total:
                break
            writer.add(chunk)
            bar.update(len(chunk))
            watch.saw(len(chunk), writer.at, size)
    if chunk:
        writer.part.cut(writer.had)
        raise TransferError(f"wrong size: expected {total:,} bytes, got more")
    return writer.at
