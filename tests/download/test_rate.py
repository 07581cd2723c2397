"""Sources that trickle: they are left, what came from them stays, and the fastest finishes."""

import signal
import time

import pytest

from tests.download.support import BODY, SLOW, assert_right, fetch_elsewhere, hash_of
from utils.download import rate, transfer
from utils.download.cache import fetch
from utils.errors import CourseError


def host(source):
    return f"127.0.0.1:{source.server_port}"


def test_slow_sources_are_left_and_the_next_goes_on(serve, cache, offer, capsys):
    slow, fast = [serve(pace=SLOW) for _ in range(3)], serve()
    offer("a.bin", *slow, fast)
    assert_right(cache)
    said = capsys.readouterr().out
    starts = [source.starts for source in (*slow, fast)]
    assert starts == [[0], *([start] for (start,) in starts[1:])], "each is asked once"
    assert starts == sorted(starts) and starts[1] > [0] and fast.sent == len(BODY) - fast.starts[0]
    for source in slow:
        assert f"a.bin: {host(source)} sent " in said and "kB/s; trying the next source." in said
    assert "every source is slow" not in said


def test_a_slow_source_is_remembered_for_the_next_file(serve, cache, offer):
    slow, fast = serve(pace=SLOW), serve()
    offer("a.bin", slow, fast)
    offer("b.bin", slow, fast)
    assert_right(cache)
    assert_right(cache, "b.bin")
    assert len(slow.starts) == 1 and len(fast.starts) == 2


def test_where_all_are_slow_the_fastest_finishes(serve, cache, offer, capsys, monkeypatch):
    monkeypatch.setenv("COURSE_MIN_RATE", "5000")
    one, two, three = serve(pace=100_000), serve(pace=900_000), serve(pace=300_000)
    offer("a.bin", one, two, three)
    assert_right(cache)
    said = capsys.readouterr().out
    assert said.count("every source is slow. Going on with the fastest, " + host(two)) == 1
    assert said.count("trying the next source") == 2
    assert [len(source.starts) for source in (one, two, three)] == [1, 2, 1]
    assert two.sent > max(one.sent, three.sent)


def test_the_last_one_goes_on_without_asking_again_if_it_is_the_fastest(
    serve, cache, offer, capsys, monkeypatch
):
    monkeypatch.setenv("COURSE_MIN_RATE", "5000")
    one, two = serve(pace=100_000), serve(pace=900_000)
    offer("a.bin", one, two)
    assert_right(cache)
    assert len(one.starts) == len(two.starts) == 1
    assert f"Going on with the fastest, {host(two)} (" in capsys.readouterr().out


def test_the_only_source_that_works_goes_on_at_its_speed(serve, cache, offer, capsys, monkeypatch):
    monkeypatch.setenv("COURSE_MIN_RATE", "5000")
    only, broken = serve(pace=900_000), serve(None)
    offer("a.bin", broken, only)
    assert_right(cache)
    assert only.starts == [0]
    assert "every source is slow. Going on with the only one left, " in capsys.readouterr().out


def test_a_source_that_breaks_leads_back_to_a_slow_one(serve, cache, offer, monkeypatch):
    monkeypatch.setenv("COURSE_MIN_RATE", "5000")
    slow, broken = serve(pace=900_000), serve(None)
    offer("a.bin", slow, broken)
    assert_right(cache)
    assert len(slow.starts) == 2 and slow.starts[1] > 0


def test_one_that_is_fast_and_then_trickles_is_left(serve, cache, offer):
    tired, fast = serve(pace=SLOW, at_once=2_000_000), serve()
    offer("a.bin", tired, fast)
    assert_right(cache)
    assert fast.starts[0] >= 2_000_000


def test_one_that_sends_in_bursts_is_judged_by_its_mean(serve, cache, offer):
    burst, other = serve(pace=1_000_000, every=0.6), serve()
    offer("a.bin", burst, other)
    assert_right(cache)
    assert other.starts == []


def test_slow_bursts_are_left(serve, cache, offer):
    burst, other = serve(pace=SLOW, every=0.6), serve()
    offer("a.bin", burst, other)
    assert_right(cache)
    assert other.starts != [] and burst.sent < 100_000


def test_what_is_nearly_there_is_not_left(serve, cache, offer):
    slow, other = serve(pace=SLOW), serve()
    offer("a.bin", slow, other)
    cache.mkdir()
    (cache / "a.bin.part").write_bytes(BODY[:-20_000])
    assert_right(cache)
    assert other.starts == []


def test_small_files_are_not_left(serve, cache, offer, monkeypatch):
    monkeypatch.setenv("COURSE_MIN_RATE", "100000")
    monkeypatch.setattr(rate, "WINDOW_SECONDS", 0.2)
    small = BODY[:900_000]
    slow, other = serve(small, pace=900_000), serve(small)
    offer("a.bin", slow, other, body=small)
    assert_right(cache, body=small)
    assert other.starts == []


def test_a_minimum_of_zero_turns_it_off(serve, cache, offer, monkeypatch):
    monkeypatch.setenv("COURSE_MIN_RATE", "0")
    monkeypatch.setattr(rate, "WINDOW_SECONDS", 0.2)
    slow, other = serve(pace=SLOW, at_once=2_980_000), serve()
    offer("a.bin", slow, other)
    assert_right(cache)
    assert other.starts == []


@pytest.mark.parametrize("value", ["abc", "-1", "nan", "inf", "20 kB"])
def test_a_minimum_that_is_none_is_said(serve, cache, offer, monkeypatch, value):
    monkeypatch.setenv("COURSE_MIN_RATE", value)
    source = serve()
    offer("a.bin", source)
    with pytest.raises(CourseError, match=f"COURSE_MIN_RATE must be a number .* it is '{value}'"):
        fetch("a.bin")
    assert source.starts == []


@pytest.mark.parametrize("sized", [True, False])
def test_a_slow_mirror_is_left_too(serve, cache, offer, monkeypatch, sized):
    text = f'["a.bin"]\nhash = "{hash_of(BODY)}"\nbytes = {len(BODY)}\n'.encode()
    mirror = serve(pace=SLOW, files={"registry.toml": text}, at_once=1000, sized=sized)
    fast = serve()
    offer("a.bin", fast)
    monkeypatch.setenv("COURSE_MIRROR", mirror.address)
    assert_right(cache)
    assert mirror.sent < 200_000 and fast.starts[0] > 0


def test_a_mirror_folder_is_watched_too(serve, cache, offer, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_MIN_RATE", "1e9")  # which no disk reaches
    monkeypatch.setattr(rate, "WINDOW_SECONDS", 0.005)
    monkeypatch.setattr(transfer, "CHUNK", 500)
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "a.bin").write_bytes(BODY)
    source = serve()
    offer("a.bin", source)
    monkeypatch.setenv("COURSE_MIRROR", str(tmp_path / "mirror"))
    assert_right(cache)
    said = capsys.readouterr().out
    assert f"a.bin: {tmp_path / 'mirror' / 'a.bin'} sent " in said
    assert "every source is slow" in said and source.starts[0] > 0


def test_without_a_hash_parts_stay_apart(serve, cache, offer, monkeypatch):
    monkeypatch.setenv("COURSE_MIN_RATE", "5000")
    other = bytes(len(BODY))
    one, two = serve(pace=900_000), serve(other, pace=100_000)
    offer("a.bin", one, two, hash="")
    assert_right(cache)
    assert two.starts == [0], "it can't go on with another address's bytes"
    assert one.starts[0] == 0 and one.starts[1] > 0, "but the first goes on with its own"


def test_two_processes_share_one_transfer_and_a_slow_source_is_left_once(serve, cache, offer):
    slow, fast = serve(pace=SLOW), serve()
    path = offer("a.bin", slow, fast)
    both = [fetch_elsewhere(path, cache, window=0.8) for _ in range(2)]
    for process in both:
        out, error = process.communicate(timeout=60)
        assert out.strip().endswith("a.bin"), error
    assert len(slow.starts) == len(fast.starts) == 1
    assert_right(cache)


@pytest.mark.parametrize(
    ("window", "most"),
    [(1.0, 15), pytest.param(None, 60, marks=pytest.mark.slow)],
    ids=["short", "default"],
)
def test_three_that_trickle_cost_a_minute_and_a_kill_resumes(serve, cache, offer, window, most):
    slow, fast = [serve(pace=SLOW) for _ in range(3)], serve()
    path = offer("a.bin", *slow, fast)
    process = fetch_elsewhere(path, cache, window)
    while not slow[1].sent and process.poll() is None:
        time.sleep(0.01)
    time.sleep((window or 20) / 10)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    here = (cache / "a.bin.part").stat().st_size
    assert not (cache / "a.bin").exists() and here > 0 and fast.starts == []

    start = time.monotonic()
    out, error = fetch_elsewhere(path, cache, window).communicate(timeout=120)
    assert time.monotonic() - start <= most and out.strip().endswith("a.bin"), error
    assert slow[0].starts == [0, here] and slow[1].starts[1] > here, "it goes on with what is here"
    assert len(fast.starts) == 1 and fast.sent == len(BODY) - fast.starts[0]
    assert_right(cache)
