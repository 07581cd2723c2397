"""Transfers one file from one address, resuming where an earlier attempt stopped.

Everything is written to a part file beside the target, `NAME.part`; `NAME.part.json` says which
response it is part of. The caller verifies the file and renames it.
"""

import errno
import json
import os
import shutil
import sys
import time
from pathlib import Path

import requests
import urllib3
from tqdm import tqdm

from ..errors import CourseError

CHUNK = 1 << 18  # bytes read at a time
TRIES = 4  # of one address, with growing pauses
PAUSE = 0.5  # seconds before the second try, doubled each time
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
LASTING = (
    requests.exceptions.SSLError,
    requests.exceptions.ProxyError,
    requests.exceptions.TooManyRedirects,
    requests.exceptions.InvalidURL,
)
UNREACHABLE = (requests.exceptions.ConnectTimeout, requests.exceptions.ConnectionError)


class TransferError(Exception):
    """This address can't provide the file; the message says why."""


class DiskFull(Exception):
    """There is no room for the file; no other address will change that."""


def part_of(target):
    """Return the path of a target's part file. target: pathlib.Path."""
    return target.with_name(target.name + ".part")


def _note_of(target):
    return target.with_name(target.name + ".part.json")


def drop_part(target):
    """Remove what an earlier attempt left of a target."""
    part_of(target).unlink(missing_ok=True)
    _note_of(target).unlink(missing_ok=True)


def transfer(url, target, expected_bytes=None, about=0, resumable=True):
    """Download a whole file into the target's part file; return the part file's path.

    url: an http or https address, or a file's path. target: pathlib.Path. expected_bytes: int, the
    exact size, or None if unknown; about: int, a rough size, to check the free disk space.
    resumable: whether a part from another address may be continued (as its hash is verified).
    Raises TransferError if this address can't provide it, DiskFull if the disk has no room for it.
    """
    if not url.startswith(("http://", "https://")):
        return _copy(Path(url), target, expected_bytes)
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE * 2 ** (attempt - 1))
        try:
            return _try_once(url, target, expected_bytes, about, resumable)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            problem = _in_words(error)
            if isinstance(error, LASTING) or (isinstance(error, UNREACHABLE) and attempt):
                break
        except _Transient as error:
            problem = str(error)
        except OSError as error:
            _raise_if_full(error, target)
            raise
    raise TransferError(f"{problem} (tried {attempt + 1} times)")


def timeouts():
    """Return the seconds to wait for a connection, and in silence: `COURSE_TIMEOUT` or 30."""
    asked = os.environ.get("COURSE_TIMEOUT", "").strip()
    try:
        silence = float(asked) if asked else SILENCE_SECONDS
        if silence > 0:
            return CONNECT_SECONDS, silence
    except ValueError:
        pass
    raise CourseError(f"COURSE_TIMEOUT must be a number of seconds above 0; it is '{asked}'.")


class _Transient(Exception):
    """A failure that may not happen again."""


def _try_once(url, target, expected_bytes, about, resumable):
    have, tag = _resumable(url, target, resumable)
    if expected_bytes is not None and have == expected_bytes:
        return part_of(target)
    _look_at_disk(target, (expected_bytes or about) - have)
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
        if not resumable:
            headers["If-Range"] = tag  # only if it is still the same file
    with requests.get(url, headers=headers, stream=True, timeout=timeouts()) as answer:
        start, total = _read_headers(answer, have, target, expected_bytes)
        _look_at_disk(target, (total or expected_bytes or about) - start)
        note = {"url": url, "total": total, "tag": _tag(answer)}
        _note_of(target).write_text(json.dumps(note), encoding="utf-8")
        done = _write(answer, target, start, total or expected_bytes)
    if total is not None and done < total:
        raise _Transient(f"the connection ended after {done:,} of {total:,} bytes")
    return part_of(target)


def _tag(answer):
    """Return what identifies the version of a response's file: a strong ETag, or its date."""
    tag = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified")


def _resumable(url, target, resumable):
    """Return how many bytes of the part file may stay, and the tag of their response."""
    part = part_of(target)
    if not part.is_file():
        return 0, None
    note = read_note(_note_of(target))
    if resumable or (note.get("url") == url and note.get("tag")):
        return part.stat().st_size, note.get("tag")
    drop_part(target)
    return 0, None


def read_note(path):
    """Return the dict that a JSON file holds, or {} if there is no such file."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _read_headers(answer, have, target, expected_bytes):
    """Return (where this response starts, the whole file's size or None); raise if it is no use."""
    code = answer.status_code
    if code == 416:  # nothing after what we have: the part is whole, or isn't of this file
        drop_part(target)
        raise _Transient("the server has nothing after the part already downloaded")
    if code >= 500 or code in (408, 429):
        raise _Transient(f"the server answered {code} {answer.reason}")
    if code not in (200, 206):
        raise TransferError(f"the server answered {code} {answer.reason}")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        raise TransferError("the server sent a web page, not the file")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise TransferError("the server sent the file compressed, which was not asked for")
    length = answer.headers.get("Content-Length", "")
    start, total = 0, int(length) if length.isdigit() else None
    if code == 206:
        start, total = have, _range_total(answer, have, target)
    if expected_bytes is not None and total is not None and total != expected_bytes:
        raise TransferError(f"wrong size: expected {expected_bytes:,} bytes, it has {total:,}")
    return start, total


def _range_total(answer, have, target):
    """Return the total of `Content-Range: bytes 5-9/10`; drop the part if it doesn't fit."""
    span, _, total = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
    total = int(total) if total.isdigit() else None
    if span.partition("-")[0] != str(have) or read_note(_note_of(target)).get("total") not in (
        None,
        total,
    ):
        drop_part(target)
        raise _Transient("the server sent a different part of the file than requested")
    return total


def _look_at_disk(target, needed):
    free = shutil.disk_usage(target.parent).free
    if needed > free:
        raise DiskFull(
            f"{target.name} needs {needed / 1e6:,.1f} MB more, but only {free / 1e6:,.1f} MB are "
            f"free in {target.parent}. Free some space, or set COURSE_DATA to another folder."
        )


def _write(answer, target, start, total):
    """Append the response's body to the part file; return the part's size in bytes."""
    part = part_of(target)
    done = start
    # Unbuffered: what has arrived is written even if this process is killed now.
    with (
        open(part, "ab" if start else "wb", buffering=0) as file,
        tqdm(
            desc=target.name, total=total, initial=start, unit="B", unit_scale=True,
            file=sys.stdout, disable=(total or 0) < 1 << 20, mininterval=0.5,
        ) as bar,
    ):  # fmt: skip
        while chunk := answer.raw.read1(CHUNK):  # what has arrived so far: nothing waits in memory
            file.write(chunk)
            done += len(chunk)
            bar.update(len(chunk))
            if total is not None and done > total:
                drop_part(target)
                raise TransferError(f"wrong size: expected {total:,} bytes, got more")
    if done == 0:
        raise TransferError("the server sent nothing")
    return done


def _copy(source, target, expected_bytes):
    """Copy a file from a mirror folder into the part file."""
    if not source.is_file():
        raise TransferError("the mirror doesn't have it")
    size = source.stat().st_size
    if expected_bytes is not None and size != expected_bytes:
        raise TransferError(f"wrong size: expected {expected_bytes:,} bytes, it has {size:,}")
    _look_at_disk(target, size)
    try:
        shutil.copyfile(source, part_of(target))
    except OSError as error:
        _raise_if_full(error, target)
        raise TransferError(f"it can't be copied: {error.strerror}") from None
    return part_of(target)


def _raise_if_full(error, target):
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        drop_part(target)
        raise DiskFull(
            f"The disk is full: there is no room for {target.name} in {target.parent}. The partial "
            "download was removed. Free some space, or set COURSE_DATA to another folder."
        ) from None


def _in_words(error):
    connect, silence = timeouts()
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return f"no connection within {connect:g} seconds"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return f"the server was silent for {silence:g} seconds"
    if isinstance(error, requests.exceptions.SSLError):
        return "the connection isn't secure: its certificate was not accepted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy refused the connection"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return "the connection ended too early"
    return f"{type(error).__name__}: {error}"
