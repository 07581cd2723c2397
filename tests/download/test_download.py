"""fetch() against a real server that misbehaves, killed processes, full and read-only disks."""

import contextlib
import hashlib
import json
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from tests.download.support import small_disk
from tests.support.helpers import environment
from tests.support.server import Server
from utils import config, registry
from utils.download import __main__ as command
from utils.download import sources, transfer, unpacking
from utils.download.cache import DownloadError, cache_folder, fetch
from utils.errors import CourseError

NAME = "file.bin"
BODY = np.random.default_rng(0).bytes(3_000_000)
SHA = f"sha256:{hashlib.sha256(BODY).hexdigest()}"


@pytest.fixture
def server():
    server = Server({NAME: BODY})
    yield server
    server.close()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache; no mirror; and no patience, so that the tests are quick."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    monkeypatch.delenv("COURSE_MIRROR", raising=False)
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    monkeypatch.setattr(transfer, "SILENCE_SECONDS", 0.5)
    yield tmp_path / "cache"
    registry.entries.cache_clear()
    sources._mirrors.clear()


@pytest.fixture
def offer(server, cache, tmp_path, monkeypatch):
    """offer("404", "good") writes a registry whose addresses are those modes of the server."""

    def write(*modes, hash=SHA, bytes=3_000_000):
        lines = [f'["{NAME}"]', f"urls = {[f'{server.address}/{mode}/{NAME}' for mode in modes]}"]
        lines += [f'hash = "{hash}"'] if hash else []
        lines += [f"bytes = {bytes}"] if bytes else []
        path = tmp_path / "registry.toml"
        path.write_text("\n".join(lines).replace("'", '"'), encoding="utf-8")
        monkeypatch.setattr(registry, "REGISTRY_FILE", path)
        registry.entries.cache_clear()
        return path

    return write


def leftovers(cache):
    """Return what lies in the cache beside whole files, locks and records."""
    return [path.name for path in cache.iterdir() if ".part" in path.name or "tmp" in path.name]


def assert_right(cache):
    path = fetch(NAME)
    assert path == cache / NAME and path.read_bytes() == BODY
    assert leftovers(cache) == []


def fetch_elsewhere(registry_file, cache, **kwargs):
    """Start another Python that fetches; return its Popen."""
    code = (
        "from pathlib import Path; from utils import registry, transfer; import sys;"
        "registry.REGISTRY_FILE = Path(sys.argv[1]); transfer.PAUSE = 0.01;"
        "from utils.download import fetch; print(fetch(sys.argv[2]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(registry_file), NAME],
        cwd=config.ROOT,
        env=environment(COURSE_DATA=str(cache)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **kwargs,
    )


def test_a_download_is_verified_and_kept(server, cache, offer):
    offer("good")
    assert_right(cache)
    assert_right(cache)
    assert server.requests["good"] == 1


@pytest.mark.parametrize("first", ["404", "403", "500", "hang", "html", "wrong", "short", "early"])
def test_a_bad_first_source_leads_to_the_second(server, cache, offer, first):
    if first == "early":  # this one does get there, piece by piece, if it may try often enough
        server.files[NAME] = BODY
    offer(first, "good")
    assert_right(cache)
    record = json.loads((cache / f".{NAME}.json").read_text())
    assert record["source"].startswith(f"{server.address}/good/")
    if first in ("404", "403", "html", "short"):
        assert server.requests[first] == 1, "a lasting error is tried once"
    if first in ("500", "hang"):
        assert server.requests[first] == transfer.TRIES


def test_a_server_that_recovers_is_waited_for(server, cache, offer):
    offer("flaky")
    assert_right(cache)
    assert server.requests["flaky"] == 3


def test_what_an_early_end_brought_is_kept_for_the_next_source(server, cache, offer):
    offer("early", "good")
    assert_right(cache)
    assert server.sent["early"] + server.sent["good"] == len(BODY)


def test_a_server_without_ranges_starts_over(server, cache, offer):
    offer("plain")
    cache.mkdir()
    (cache / f"{NAME}.part").write_bytes(BODY[:1_000_000])
    assert_right(cache)
    assert server.sent["plain"] == len(BODY)


def test_a_part_of_something_else_is_found_out_and_dropped(server, cache, offer):
    offer("good")
    cache.mkdir()
    (cache / f"{NAME}.part").write_bytes(b"x" * 1_000_000)
    assert_right(cache)
    assert server.sent["good"] == 2 * len(BODY) - 1_000_000


def test_a_part_that_is_too_long_is_dropped(server, cache, offer):
    offer("good")
    cache.mkdir()
    (cache / f"{NAME}.part").write_bytes(BODY + b"more")
    assert_right(cache)


def test_without_a_size_or_a_hash_the_first_download_is_recorded_and_said(
    server, cache, offer, capsys
):
    offer("nosize", hash="", bytes=0)
    assert_right(cache)
    assert f"no trusted source states its hash. Recorded this one: {SHA}" in capsys.readouterr().out
    (cache / NAME).unlink()
    server.files[NAME] = b"another file" * 1000
    with pytest.raises(DownloadError, match=f"expected {SHA}, got sha256:"):
        fetch(NAME)


def test_when_all_fail_the_error_lists_every_source_and_the_ways_out(server, cache, offer):
    offer("404", "html", "wrong", "short", "hang")
    with pytest.raises(DownloadError) as caught:
        fetch(NAME)
    text = str(caught.value)
    for mode, problem in {
        "404": "the server answered 404",
        "html": "the server sent a web page, not the file",
        "wrong": f"wrong content: expected {SHA}, got sha256:",
        "short": "wrong size: expected 3,000,000 bytes, it has 1,500,000",
        "hang": "the server was silent for 0.5 seconds",
    }.items():
        assert f"{server.address}/{mode}/{NAME}\n    {problem}" in text
    assert "1. Try again" in text and "2. Set COURSE_MIRROR" in text and "3. Continue with" in text
    assert not (cache / NAME).exists() and leftovers(cache) == []


def test_no_connection_is_said_quickly(cache, offer, server):
    offer("good")
    server.close()
    start = time.monotonic()
    with pytest.raises(DownloadError, match="no connection"):
        fetch(NAME)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "kills", [3, pytest.param(20, marks=pytest.mark.slow)], ids=["three", "twenty"]
)
def test_killed_at_random_points_it_goes_on_where_it_was(server, cache, offer, kills):
    path, chance, sizes = offer("slow"), random.Random(kills), []
    for _ in range(kills):
        requests = server.requests["slow"]
        process = fetch_elsewhere(path, cache)
        while server.requests["slow"] == requests and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.3 / kills))  # 3 MB take the server 0.4 s and more
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not (cache / NAME).exists()
        part = cache / f"{NAME}.part"
        sizes.append(part.stat().st_size if part.exists() else 0)
    assert_right(cache)
    assert server.starts == [0, *sizes], "each try asks for what is missing, and for no more"
    assert 0 < sizes[-1] < len(BODY)


def test_eight_processes_make_one_transfer(server, cache, offer):
    path = offer("slow")
    processes = [fetch_elsewhere(path, cache) for _ in range(8)]
    results = [process.communicate(timeout=120) for process in processes]
    assert all(out.strip().endswith(str(cache / NAME)) for out, _ in results), results
    assert server.requests["slow"] == 1
    assert_right(cache)


def test_a_name_that_is_not_there_gets_the_nearest():
    with pytest.raises(
        CourseError, match="no file called 'mnst.npz'. The nearest names: mnist.npz"
    ):
        fetch("mnst.npz")


def test_a_wrong_size_in_the_cache_is_not_used(server, cache, offer):
    offer("good")
    fetch(NAME)
    (cache / NAME).write_bytes(BODY[:-1])
    assert_right(cache)
    assert server.requests["good"] == 2


def test_a_file_put_there_by_hand_is_verified(server, cache, offer):
    offer("good")
    cache.mkdir()
    (cache / NAME).write_bytes(BODY)
    assert_right(cache)
    assert server.requests["good"] == 0


def test_a_wrong_file_put_there_by_hand_is_replaced(server, cache, offer, capsys):
    offer("good")
    cache.mkdir()
    (cache / NAME).write_bytes(b"wrong" * 600_000)
    assert_right(cache)
    assert "is not the right file; downloading it again" in capsys.readouterr().out


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
def test_a_read_only_cache_serves_what_it_has(server, cache, offer, filled, capsys):
    offer("good")
    with small_disk(cache, "100m"):
        if filled:
            fetch(NAME)
        subprocess.run(["mount", "-o", "remount,ro", str(cache)], check=True)
        if filled:
            assert fetch(NAME).read_bytes() == BODY
            (record,) = cache.glob(".*.json")
            assert record.is_file()
        else:
            path = fetch(NAME)
            assert path.read_bytes() == BODY and path.is_relative_to(cache.parent / "own")
            said = capsys.readouterr().out
            assert f"{cache} can't be written: it is read-only. What belongs there is kept" in said
            assert fetch(NAME) == path and server.requests["good"] == 1


def test_beside_a_read_only_cache_archives_unpack_into_the_users_own(cache, tmp_path):
    with small_disk(cache, "100m"):
        (cache / "unpacked" / "here").mkdir(parents=True)
        subprocess.run(["mount", "-o", "remount,ro", str(cache)], check=True)
        assert unpacking.cached("here", pytest.fail) == cache / "unpacked" / "here"
        path = unpacking.cached("new", lambda path: path.mkdir())
        assert path == tmp_path / "own" / "intro-to-deep-learning" / "unpacked" / "new"
        assert unpacking.cached("new", pytest.fail) == path


def test_a_read_only_cache_without_records_is_verified_each_time(server, cache, offer):
    offer("good")
    with small_disk(cache, "100m"):
        (cache / NAME).write_bytes(BODY)
        subprocess.run(["mount", "-o", "remount,ro", str(cache)], check=True)
        assert fetch(NAME).read_bytes() == BODY
        subprocess.run(["mount", "-o", "remount,rw", str(cache)], check=True)
        (cache / NAME).write_bytes(b"x" * len(BODY))
        subprocess.run(["mount", "-o", "remount,ro", str(cache)], check=True)
        path = fetch(NAME)  # one of one's own: this one is wrong and can't be replaced
        assert path.read_bytes() == BODY and not path.is_relative_to(cache)


def test_too_small_a_disk_is_said_before_a_byte_is_fetched(server, cache, offer):
    offer("good")
    with small_disk(cache):
        with pytest.raises(DownloadError, match="needs 3.0 MB more, but only 1.0 MB are free"):
            fetch(NAME)
        assert server.sent["good"] == 0


def test_a_disk_that_fills_on_the_way_is_left_clean(server, cache, offer):
    offer("nosize", bytes=0)
    with small_disk(cache):
        with pytest.raises(DownloadError, match="The disk is full: there is no room for file.bin"):
            fetch(NAME)
        assert leftovers(cache) == []


def test_a_mirrors_registry_replaces_hash_and_size(server, cache, offer, monkeypatch):
    other = BODY[:1_000_000]
    server.files |= {
        NAME: other,
        "registry.toml": f'["{NAME}"]\nhash = "sha256:{hashlib.sha256(other).hexdigest()}"\n'
        f"bytes = {len(other)}\n".encode(),
    }
    offer("404")
    monkeypatch.setenv("COURSE_MIRROR", f"{server.address}/good")
    assert fetch(NAME).read_bytes() == other


def test_a_mirror_that_lacks_the_file_is_passed_over(server, cache, offer, monkeypatch, tmp_path):
    offer("good")
    monkeypatch.setenv("COURSE_MIRROR", str(tmp_path))
    assert_right(cache)


def test_the_command_lists_fetches_verifies_and_mirrors(server, cache, offer, capsys, tmp_path):
    offer("good")
    command.main([])
    assert "not here" in capsys.readouterr().out
    assert command.main([NAME]) == 0
    command.main([])
    listed = capsys.readouterr().out
    assert f"{NAME:58}    3.0 MB  here " in listed and f"{server.address}/good/{NAME}" in listed

    assert command.main(["--verify"]) == 0
    assert f"{NAME}: right ({SHA})" in capsys.readouterr().out
    mirror = tmp_path / "mirror"
    assert command.main(["--mirror", str(mirror)]) == 0
    (cache / NAME).write_bytes(b"x" * len(BODY))
    assert command.main(["--verify"]) == 1
    assert f"{NAME}: wrong content: expected {SHA}" in capsys.readouterr().out
    assert not (cache / NAME).exists()


def test_a_mirror_made_by_the_command_serves_another_cache(
    server, cache, offer, tmp_path, monkeypatch
):
    offer("good")
    fetch(NAME)
    command.make_mirror(tmp_path / "mirror")
    server.close()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "other"))
    monkeypatch.setenv("COURSE_MIRROR", str(tmp_path / "mirror"))
    assert fetch(NAME).read_bytes() == BODY


def test_a_damaged_file_without_a_stated_hash_is_not_adopted(server, cache, offer, capsys):
    offer("good", hash="")
    fetch(NAME)
    (cache / NAME).write_bytes(BODY[:1_000_000])
    assert_right(cache)
    assert server.requests["good"] == 2
    assert "is not the right file; downloading it again" in capsys.readouterr().out


def test_a_new_hash_in_the_registry_is_noticed(server, cache, offer):
    offer("good")
    fetch(NAME)
    other = bytes(len(BODY))
    server.files[NAME] = other
    offer("good", hash=f"sha256:{hashlib.sha256(other).hexdigest()}")
    assert fetch(NAME).read_bytes() == other


def test_a_part_of_another_version_is_not_mixed_in(server, cache, offer):
    offer("early", hash="")
    with contextlib.suppress(DownloadError):
        fetch(NAME)
    server.files[NAME] = bytes(len(BODY))
    offer("good", hash="")
    assert fetch(NAME).read_bytes() == bytes(len(BODY))


def test_verify_keeps_a_right_file_that_was_put_there_by_hand(server, cache, offer, capsys):
    offer("good")
    cache.mkdir()
    (cache / NAME).write_bytes(BODY)
    assert command.main(["--verify"]) == 0
    assert f"{NAME}: right ({SHA})" in capsys.readouterr().out and (cache / NAME).exists()


@pytest.mark.parametrize("record", ["[]", "null", '"x"', "{}", '{"bytes": 3000000}', "broken"])
def test_a_broken_record_is_no_record(server, cache, offer, record):
    offer("good")
    cache.mkdir()
    (cache / NAME).write_bytes(BODY)
    (cache / f".{NAME}.json").write_text(record)
    command.main([])
    assert_right(cache)


@pytest.mark.parametrize(
    "text",
    [b"<html>Log in</html>", b"\xff\xfe", b'["file.bin"]\nbytes = "many"', b'["x"]\nhash = "abc"'],
)
def test_a_mirror_with_a_broken_registry_is_passed_over(server, cache, offer, monkeypatch, text):
    server.files["registry.toml"] = text
    monkeypatch.setenv("COURSE_MIRROR", f"{server.address}/plain/")
    offer("good")
    assert_right(cache)
    offer("404", hash=f"sha256:{'0' * 64}")
    with pytest.raises(DownloadError, match=f"  - {server.address}/plain\n    .*registry"):
        fetch(NAME)


def test_a_mirror_without_hashes_does_not_undo_the_registrys(server, cache, offer, monkeypatch):
    server.files["registry.toml"] = b'["file.bin"]\ntitle = "x"\nsomething_new = 3'
    server.files[NAME] = b"evil"
    monkeypatch.setenv("COURSE_MIRROR", f"{server.address}/good")
    offer("404")
    with pytest.raises(DownloadError, match="wrong size: expected 3,000,000 bytes, it has 4"):
        fetch(NAME)


def test_what_a_mirror_gave_is_used_while_the_mirror_is_away(server, cache, offer, monkeypatch):
    other = BODY[:1_000]
    digest = hashlib.sha256(other).hexdigest()
    table = f'["{NAME}"]\nhash = "sha256:{digest}"\nbytes = 1000\n'
    server.files |= {NAME: other, "registry.toml": table.encode()}
    offer("404")
    monkeypatch.setenv("COURSE_MIRROR", f"{server.address}/good")
    fetch(NAME)
    server.close()
    sources._mirrors.clear()
    assert fetch(NAME).read_bytes() == other


def test_mirrors_grow_and_refuse_damaged_files(server, cache, offer, tmp_path, capsys):
    offer("good")
    fetch(NAME)
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "registry.toml").write_text('["names.txt"]\nbytes = 3\n')
    command.make_mirror(mirror)
    assert set(registry.parse((mirror / "registry.toml").read_text(), "")) == {NAME, "names.txt"}
    (cache / NAME).write_bytes(bytes(len(BODY)))
    (mirror / NAME).unlink()
    command.make_mirror(mirror)
    assert "damaged, not copied" in capsys.readouterr().out and not (mirror / NAME).exists()


@pytest.mark.parametrize("value", ["abc", "0", "-3"])
def test_a_timeout_that_is_none_is_said(server, cache, offer, monkeypatch, value):
    offer("good")
    monkeypatch.setenv("COURSE_TIMEOUT", value)
    with pytest.raises(CourseError, match=f"COURSE_TIMEOUT must be .* it is '{value}'"):
        fetch(NAME)


def test_a_relative_cache_starts_at_the_courses_root(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "build/cache")
    assert cache_folder() == (config.ROOT / "build" / "cache").resolve()


def test_an_unknown_week_is_named(capsys):
    assert command.main(["week9"]) == 1
    assert "No file is used by 'week9'; choose from week2" in capsys.readouterr().err
