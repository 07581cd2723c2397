"""Sources that send another version, or compressed, and settings that no request survives."""

import gzip
import json
import os
import time
import zlib

import pytest

from tests.download.support import BODY, SLOW, assert_right, fetch_elsewhere, hash_of, small_disk
from tests.support.closed import SOMEBODY, needs_root, obeying
from utils import registry
from utils.download import __main__ as command
from utils.download.cache import DownloadError, fetch
from utils.errors import CourseError

OTHER = bytes(255 - byte for byte in BODY)
HALF = len(BODY) // 2
LATER = BODY[:HALF] + OTHER[HALF:]  # another version that begins as ours does


@pytest.fixture
def half(cache):
    """Half of the file is here from an earlier attempt."""
    cache.mkdir()
    (cache / "a.bin.part").write_bytes(BODY[:HALF])
    return cache / "a.bin.part"


# --- another version


@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "whole"])
@pytest.mark.parametrize("wrong", [OTHER, LATER], ids=["other", "later"])
def test_another_version_never_overwrites_what_is_here(serve, cache, offer, half, wrong, ranges):
    bad, good = serve(wrong, ranges=ranges), serve()
    offer("a.bin", bad)
    with pytest.raises(DownloadError, match="wrong content"):
        fetch("a.bin")
    assert half.read_bytes() == BODY[:HALF]
    offer("b.bin", good)  # (another file changes nothing)
    path = registry.REGISTRY_FILE
    path.write_text(path.read_text().replace(bad.address, good.address))
    registry.entries.cache_clear()
    assert_right(cache)
    assert good.starts == [HALF] and good.sent == len(BODY) - HALF


def test_one_that_trickles_another_version_is_left_with_a_part_of_its_own(
    serve, cache, offer, half
):
    bad, good = serve(OTHER, ranges=False, pace=SLOW, at_once=300_000), serve()
    offer("a.bin", bad, good)
    assert_right(cache)
    assert good.starts == [HALF]


def test_a_server_that_ignores_ranges_is_read_past_what_is_here(serve, cache, offer, half):
    plain = serve(ranges=False)
    offer("a.bin", plain)
    assert_right(cache)
    assert plain.sent == len(BODY) and len(plain.starts) == 1


def test_a_part_of_something_else_costs_one_source_no_more_than_a_second_try(
    serve, cache, offer, half
):
    half.write_bytes(OTHER[:HALF])
    plain = serve(ranges=False)
    offer("a.bin", plain)
    assert_right(cache)


@pytest.mark.parametrize("how", [{"total": len(BODY) + 5}, {"total": 7}])
def test_a_range_of_another_size_is_refused(serve, cache, offer, half, how):
    bad, good = serve(**how), serve()
    offer("a.bin", bad, good)
    assert_right(cache)
    assert good.starts == [HALF] and bad.starts[0] == HALF


def test_of_a_file_without_a_known_size_the_first_answers_size_holds(serve, cache, offer, half):
    note = {"url": "elsewhere", "total": len(BODY), "tag": None}
    (cache / "a.bin.part.json").write_text(json.dumps(note))
    longer, good = serve(BODY + b"more"), serve()
    path = offer("a.bin", longer, good)
    path.write_text(path.read_text().replace(f"bytes = {len(BODY)}\n", ""))
    registry.entries.cache_clear()
    assert_right(cache)
    assert good.starts == [HALF]


def test_a_part_that_is_whole_needs_no_byte_more(serve, cache, offer, half):
    half.write_bytes(BODY)
    source = serve()
    path = offer("a.bin", source)
    path.write_text(path.read_text().replace(f"bytes = {len(BODY)}\n", ""))
    registry.entries.cache_clear()
    assert_right(cache)
    assert source.sent == 0


@pytest.mark.parametrize("tag", ['"2"', '"1"', ""], ids=["changed", "same tag", "no tag"])
@pytest.mark.parametrize("now", [BODY, OTHER], ids=["same", "other"])
def test_without_a_hash_a_file_that_changes_meanwhile_is_not_mixed(serve, cache, offer, tag, now):
    source = serve(pace=2_000_000, at_once=HALF, tag=tag and '"1"', ranges=bool(tag))
    path = offer("a.bin", source, hash="")
    process = fetch_elsewhere(path, cache)
    while source.sent < HALF and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    source.body, source.tag = now, tag
    if now is OTHER and tag == '"1"':
        source.ranges = False  # it says that nothing has changed, but sends the whole
    assert_right(cache, body=now)


def test_a_mirrors_version_and_the_registrys_have_parts_of_their_own(
    serve, cache, offer, monkeypatch
):
    text = f'["a.bin"]\nhash = "{hash_of(OTHER)}"\nbytes = {len(OTHER)}\n'.encode()
    mirror = serve(OTHER, pace=SLOW, at_once=HALF, files={"registry.toml": text})
    good = serve()
    offer("a.bin", good)
    monkeypatch.setenv("COURSE_MIRROR", mirror.address)
    assert_right(cache)
    assert good.starts == [0]


def test_a_mirror_folder_goes_on_with_what_is_here(
    cache, offer, serve, half, monkeypatch, tmp_path
):
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "a.bin").write_bytes(BODY)
    offer("a.bin", serve(None))
    monkeypatch.setenv("COURSE_MIRROR", str(tmp_path / "mirror"))
    assert_right(cache)


def test_a_mirror_folder_with_another_version_leaves_the_part(
    cache, offer, serve, half, monkeypatch, tmp_path
):
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "a.bin").write_bytes(LATER)
    good = serve()
    offer("a.bin", good)
    monkeypatch.setenv("COURSE_MIRROR", str(tmp_path / "mirror"))
    assert_right(cache)
    assert good.starts == [HALF]


def test_without_room_for_two_versions_the_part_stays_for_the_next(serve, cache, offer, half):
    half.unlink()
    cache.rmdir()
    bad, good = serve(OTHER, ranges=False), serve()
    offer("a.bin", bad, good)
    with small_disk(cache, "4m"):
        half.write_bytes(BODY[:HALF])
        assert_right(cache)
    assert good.starts == [HALF]


@needs_root
@obeying
def test_anothers_part_that_cannot_be_changed_is_left_alone(
    serve, cache, offer, half, capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    offer("a.bin", serve())
    os.chmod(half, 0o600)
    os.chown(half, SOMEBODY, SOMEBODY)
    path = fetch("a.bin")
    assert path.read_bytes() == BODY and path.is_relative_to(tmp_path / "own")
    assert "can't be written: you have no permission." in capsys.readouterr().out
    assert half.stat().st_size == HALF


# --- labelled as compressed


COMPRESS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": None,
    "gzip, br": None,
}


@pytest.mark.parametrize("label", COMPRESS)
@pytest.mark.parametrize("body", [BODY, gzip.compress(BODY)], ids=["plain", "archive"])
@pytest.mark.parametrize("sized", [True, False], ids=["sized", "unsized"])
@pytest.mark.parametrize("hash", [None, ""], ids=["hash", "no hash"])
def test_raw_bytes_labelled_as_compressed_are_used(serve, cache, offer, label, body, sized, hash):
    offer("a.bin", serve(body, encoding=label, sized=sized), body=body, hash=hash)
    assert_right(cache, body=body)


@pytest.mark.parametrize("label", ["gzip", "x-gzip", "deflate", "raw deflate"])
@pytest.mark.parametrize("known", ["all", "hash", "size"])
def test_what_was_really_compressed_is_decompressed(serve, cache, offer, label, known):
    text = BODY[:1000] * 3000
    sent = zlib.compress(text)[2:-4] if label == "raw deflate" else COMPRESS[label](text)
    source = serve(sent, encoding=label.split()[-1])
    path = offer("a.bin", source, body=text, hash="" if known == "size" else None)
    if known == "hash":
        path.write_text(path.read_text().replace(f"bytes = {len(text)}\n", ""))
        registry.entries.cache_clear()
    assert_right(cache, body=text)


@pytest.mark.parametrize("label", ["br", "zstd", "gzip"])
def test_what_cannot_be_decompressed_leads_to_the_next(serve, cache, offer, label, half):
    bad, good = serve(OTHER[:1_000_000], encoding=label), serve()
    offer("a.bin", bad)
    with pytest.raises(DownloadError, match=rf"wrong size.*; .*compressed \({label}\)"):
        fetch("a.bin")
    assert half.read_bytes() == BODY[:HALF]
    half.unlink()
    offer("b.bin", bad, good)
    assert_right(cache, "b.bin")


def test_what_grows_beyond_its_size_is_given_up(serve, cache, offer):
    bomb = serve(gzip.compress(bytes(20_000_000)), encoding="gzip")
    offer("a.bin", bomb)
    with pytest.raises(DownloadError, match="decompressed .* larger than expected"):
        fetch("a.bin")
    assert not [path.name for path in cache.iterdir() if ".part" in path.name]


@pytest.mark.parametrize("label", COMPRESS)
def test_a_mirrors_registry_labelled_as_compressed_is_read(serve, cache, offer, monkeypatch, label):
    text = f'["a.bin"]\nhash = "{hash_of(OTHER)}"\nbytes = {len(OTHER)}\n'.encode()
    mirror = serve(OTHER, encoding=label, files={"registry.toml": text})
    offer("a.bin", serve())
    monkeypatch.setenv("COURSE_MIRROR", mirror.address)
    assert_right(cache, body=OTHER)


@pytest.mark.parametrize("label", ["gzip", "deflate"])
def test_a_mirrors_registry_that_is_compressed_is_read(serve, cache, offer, monkeypatch, label):
    text = f'["a.bin"]\nhash = "{hash_of(OTHER)}"\nbytes = {len(OTHER)}\n'.encode()
    files = {"registry.toml": COMPRESS[label](text), "a.bin": COMPRESS[label](OTHER)}
    mirror = serve(OTHER, encoding=label, files=files)
    offer("a.bin", serve())
    monkeypatch.setenv("COURSE_MIRROR", mirror.address)
    assert_right(cache, body=OTHER)


# --- settings that no request survives


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
@pytest.mark.parametrize("kind", ["missing", "broken", "a loop", "a folder"])
def test_without_certificates_the_next_source_is_tried(
    serve, cache, offer, monkeypatch, tmp_path, variable, kind
):
    path = tmp_path / "certificates.pem"
    if kind == "broken":
        path.write_text("nonsense")
    elif kind == "a loop":
        path.symlink_to(path)
    elif kind == "a folder":
        path.mkdir()
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(path))
    good = serve()
    registry_file = offer("a.bin", good, good)
    secure = good.address.replace("http:", "https:")
    lines = registry_file.read_text().replace(good.address, secure, 1)
    registry_file.write_text(lines)
    registry.entries.cache_clear()
    assert_right(cache)
    registry_file.write_text(lines.replace(good.address, secure))
    registry.entries.cache_clear()
    (cache / "a.bin").unlink()
    with pytest.raises(DownloadError) as caught:
        fetch("a.bin")
    if variable != "SSL_CERT_FILE" and kind != "a folder":  # which requests doesn't read
        words = {"missing": "which isn't there", "broken": "which holds no certificates",
                 "a loop": "which"}[kind]  # fmt: skip
        assert f"{variable} names {path}, {words}" in str(caught.value)
        assert "correct that variable, or unset it" in str(caught.value)
    else:
        assert "the connection isn't secure" in str(caught.value)


@pytest.mark.parametrize(
    "value", ["nonsense.invalid", "http://[bad", "socks5://a:1", "http://a:99999", "://", "http://"]
)
def test_a_broken_proxy_is_said_in_words(serve, cache, offer, monkeypatch, value):
    source = serve()
    offer("a.bin", source)
    monkeypatch.setenv("HTTP_PROXY", value)
    monkeypatch.setenv("http_proxy", value)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(DownloadError) as caught:
        fetch("a.bin")
    assert f"HTTP_PROXY names {value}" in str(caught.value)
    assert "could not be downloaded from any source" in str(caught.value)


def test_a_proxys_password_is_not_shown(serve, cache, offer, monkeypatch):
    offer("a.bin", serve())
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://me:secret@127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(DownloadError) as caught:
        fetch("a.bin")
    assert "127.0.0.1:9" in str(caught.value) and "secret" not in str(caught.value)


def test_a_netrc_that_is_no_text_is_said_in_words(serve, cache, offer, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_bytes(b"\xff\xfe machine")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    offer("a.bin", serve())
    with pytest.raises(DownloadError, match="it can't be asked for: UnicodeDecodeError"):
        fetch("a.bin")


@pytest.mark.parametrize(
    "address", ["http:///x", "http://[::1", "http://a:99999", "http://.a", "http://a b"]
)
def test_a_mirror_that_is_no_address_is_passed_over_in_words(
    serve, cache, offer, monkeypatch, address
):
    monkeypatch.setenv("COURSE_MIRROR", address)
    offer("a.bin", serve())
    assert_right(cache)
    offer("b.bin", serve(None))
    with pytest.raises(DownloadError, match="its registry.toml can't be read"):
        fetch("b.bin")


@pytest.mark.parametrize(
    "address", ["ftp://a/b", "s3://bucket", "file://[x/y", "file:///a%00b", "http://"]
)
def test_a_mirror_that_can_be_none_gets_one_sentence(serve, cache, offer, monkeypatch, address):
    monkeypatch.setenv("COURSE_MIRROR", address)
    offer("a.bin", serve())
    with pytest.raises(CourseError, match="^COURSE_MIRROR .*"):
        fetch("a.bin")


def test_a_mirror_whose_registry_trickles_is_passed_over(serve, cache, offer, monkeypatch):
    monkeypatch.setenv("COURSE_TIMEOUT", "1")
    mirror = serve(pace=100, files={"registry.toml": bytes(10_000)})
    monkeypatch.setenv("COURSE_MIRROR", mirror.address)
    offer("a.bin", serve())
    assert_right(cache)


@pytest.mark.parametrize("value", ["inf", "nan", "1e12"])
def test_a_timeout_that_no_system_waits_for_is_said(serve, cache, offer, monkeypatch, value):
    monkeypatch.setenv("COURSE_TIMEOUT", value)
    offer("a.bin", serve())
    with pytest.raises(CourseError, match=f"COURSE_TIMEOUT must be .* it is '{value}'"):
        fetch("a.bin")


# --- a mirror for a classroom


def readme_along(path, *served):
    """Add to a registry of "a.bin" that copies of it must come with "b.zip"."""
    path.write_text(path.read_text().replace('["a.bin"]', '["a.bin"]\nalong = ["b.zip"]'))
    registry.entries.cache_clear()


def test_what_must_go_along_with_a_copy_is_fetched_for_the_mirror(
    serve, cache, offer, tmp_path, capsys
):
    offer("a.bin", serve())
    readme_along(offer("b.zip", serve(OTHER), body=OTHER))
    fetch("a.bin")
    assert command.main(["--mirror", str(tmp_path / "mirror")]) == 0
    assert (tmp_path / "mirror" / "b.zip").read_bytes() == OTHER
    assert "2 files in" in capsys.readouterr().out


def test_what_cannot_go_along_with_a_copy_is_named(serve, cache, offer, tmp_path, capsys):
    offer("a.bin", serve())
    readme_along(offer("b.zip", serve(None), body=OTHER))
    fetch("a.bin")
    assert command.main(["--mirror", str(tmp_path / "mirror")]) == 0
    assert "copies must come with its author's README, which is in b.zip" in capsys.readouterr().out


def test_the_names_come_with_their_readme():
    assert registry.lookup("names.txt").along == ("names.zip",)
    for entry in registry.entries().values():
        assert set(entry.along) <= set(registry.entries())


def test_a_mirror_that_cannot_be_made_is_said_in_words(serve, cache, offer, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert command.main(["--mirror", str(tmp_path / "file" / "inside")]) == 1
    assert "No mirror could be made." in capsys.readouterr().err


# --- the registry


def test_the_page_says_what_the_registry_says():
    assert registry.PAGE.read_text(encoding="utf-8") == registry.page()


def test_every_file_but_one_has_a_hash_and_toronto_is_last():
    entries = registry.entries()
    assert [name for name, entry in entries.items() if not entry.hash] == [
        "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"
    ]
    assert "cs.toronto.edu" in entries["cifar-10-python.tar.gz"].urls[-1]
    hosts = " ".join(url for entry in entries.values() for url in entry.urls)
    assert "umass.edu" not in hosts
    assert "illinois.edu" not in entries["Flickr8k_Dataset.zip"].urls[0], "it is dead"
