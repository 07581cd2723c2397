"""Archives that would leave their folder, or fill the disk, are refused and nothing is kept."""

import io
import stat
import tarfile
import zipfile

import pytest

from utils.download.unpacking import ArchiveError, extract

LIMIT = 1_000_000


def tar_with(path, member, data=b"x"):
    with tarfile.open(path, "w:gz") as tar:
        good = tarfile.TarInfo("good.txt")
        good.size = 2
        tar.addfile(good, io.BytesIO(b"ok"))
        tar.addfile(member, io.BytesIO(data))
    return path


def entry(name, **fields):
    member = tarfile.TarInfo(name)
    member.size = 1
    for key, value in fields.items():
        setattr(member, key, value)
    return member


HOSTILE = {
    "above": entry("../x"),
    "deep above": entry("a/../../x"),
    "absolute": entry("/absolute/x"),
    "symbolic link": entry("link", type=tarfile.SYMTYPE, linkname="/etc/passwd", size=0),
    "hard link": entry("link", type=tarfile.LNKTYPE, linkname="good.txt", size=0),
    "device": entry("null", type=tarfile.CHRTYPE, size=0),
    "pipe": entry("pipe", type=tarfile.FIFOTYPE, size=0),
}


def assert_refused(archive, tmp_path, match):
    before = set(tmp_path.rglob("*"))
    with pytest.raises(ArchiveError, match=match):
        extract(archive, tmp_path / "inside" / "out", LIMIT)
    after = set(tmp_path.rglob("*")) - {tmp_path / "inside"}
    assert after == before - {tmp_path / "inside"}, "something was left behind"


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_tars(tmp_path, kind):
    archive = tar_with(tmp_path / "hostile.tgz", HOSTILE[kind])
    assert_refused(archive, tmp_path, "is refused: ")


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/absolute/x", "C:\\x", "..\\x", "a/b:c"])
def test_hostile_zip_names(tmp_path, name):
    archive = tmp_path / "hostile.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("good.txt", "ok")
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        zipped.writestr(info, "x")
    assert_refused(archive, tmp_path, "outside its folder")


def test_a_link_in_a_zip(tmp_path):
    archive = tmp_path / "hostile.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(info, "/etc/passwd")
    assert_refused(archive, tmp_path, "is a link or a device")


def test_bombs(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("zeros", bytes(5 * LIMIT))
    assert bomb.stat().st_size < LIMIT / 100
    assert_refused(bomb, tmp_path, "holds more than 1,000,000 bytes")
    bomb.unlink()
    tar = tar_with(tmp_path / "bomb.tgz", entry("zeros", size=5 * LIMIT), bytes(5 * LIMIT))
    assert_refused(tar, tmp_path, "holds more than 1,000,000 bytes")


def test_many_small_files_count_together(tmp_path):
    archive = tmp_path / "many.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for number in range(20):
            zipped.writestr(str(number), bytes(LIMIT // 10))
    assert_refused(archive, tmp_path, "holds more than")


@pytest.mark.parametrize("data", [b"", b"not an archive at all", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_archive(tmp_path, data):
    archive = tmp_path / "broken.tgz"
    archive.write_bytes(data)
    assert_refused(archive, tmp_path, "broken.tgz can't be unpacked")


def test_a_damaged_member(tmp_path):
    archive = tmp_path / "damaged.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("text", "word " * 5000)
    data = bytearray(archive.read_bytes())
    data[45:60] = bytes(15)
    archive.write_bytes(data)
    assert_refused(archive, tmp_path, "damaged.zip can't be unpacked")


def test_a_tar_that_ends_early(tmp_path):
    archive = tar_with(tmp_path / "cut.tgz", entry("more", size=50_000), bytes(range(250)) * 200)
    archive.write_bytes(archive.read_bytes()[:150])
    assert_refused(archive, tmp_path, "cut.tgz can't be unpacked")


def test_an_honest_archive(tmp_path):
    folder = tmp_path / "out"
    extract(tar_with(tmp_path / "good.tgz", entry("a/b/c.txt")), folder, LIMIT)
    assert (folder / "good.txt").read_text() == "ok" and (folder / "a/b/c.txt").read_text() == "x"
