"""Folders that can't be read or written: what is kept elsewhere, and what is said."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.closed import closed, given_away, in_box, needs_root, obeying
from tests.support.helpers import environment, lesson, run_cells
from utils import config, files, places, progress
from utils.download import unpacking
from utils.download.cache import DownloadError, cache_folder, fetch
from utils.errors import CourseError


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder for data, as COURSE_DATA names it."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("COURSE_DATA", str(folder))
    monkeypatch.delenv("COURSE_MIRROR", raising=False)
    return folder


@pytest.fixture
def offered(data, mirror, monkeypatch):
    """The empty folder for data; the files come from the mirror."""
    monkeypatch.setenv("COURSE_MIRROR", str(mirror))
    return data


def put(folder):
    """Write a file into a folder; return its path."""
    path = folder / "file"
    path.write_text("content")
    return path


def tree(folder):
    """Return the names of all files below a folder, without locks."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix != ".lock"
    )


# --- where something is kept


@obeying
def test_what_a_closed_folder_cannot_take_is_in_the_users_own(tmp_path, home, capsys):
    asked = tmp_path / "asked"
    asked.mkdir()
    assert places.keep(asked, "in", put) == asked / "in" / "file"
    (asked / "in" / "file").unlink()
    with closed(asked), closed(asked / "in"):
        for _ in range(2):
            assert places.keep(asked, "in", put) == home / "in" / "file"
        assert places.keep(asked, "more", put) == home / "more" / "file"
    assert capsys.readouterr().out == (
        f"{asked / 'in'} can't be written: you have no permission. "
        f"What belongs there is kept in {home} instead.\n"
    )
    assert tree(asked) == ["in"]


@obeying
def test_without_a_home_it_is_in_the_folder_for_temporary_files(tmp_path, home, capsys):
    with closed(home.parent):
        found = places.keep(Path("/proc/none"), "in", put)
    assert found.parent.parent.parent == tmp_path / "tmp"
    assert found.parent.parent.stat().st_mode & 0o777 == 0o700
    assert "kept in " + str(found.parent.parent) in capsys.readouterr().out


@obeying
def test_where_nothing_can_be_written_that_is_said(tmp_path, home):
    with closed(home.parent), closed(tmp_path / "tmp"), pytest.raises(places.NoPlace) as caught:
        places.keep(Path("/proc/none"), "in", put)
    text = str(caught.value)
    assert "/proc/none/in can't be written: there is no such file or folder." in text
    assert f"{home / 'in'} can't be written: you have no permission." in text
    assert text.endswith("Free some space, or choose a folder that you can write.")


@needs_root
def test_a_temporary_folder_of_another_account_is_never_used(tmp_path, home):
    home.parent.rmdir()
    home.parent.touch()
    trap = places.own_folders()[-1]
    assert trap.parent == tmp_path / "tmp"
    trap.mkdir()
    given_away(trap, 0o777)
    assert trap not in places.own_folders()
    with pytest.raises(places.NoPlace):
        places.keep(Path("/proc/none"), "in", put)
    assert tree(trap) == []


def test_a_home_that_is_not_set_is_no_folder_of_that_name(monkeypatch):
    """An account without a home folder must not get one that is called '~'."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: Path("~/.cache") / name)
    assert all(folder.is_absolute() for folder in places.own_folders())


@obeying
def test_a_file_where_the_folder_should_be(tmp_path, home, capsys):
    (tmp_path / "taken").touch()
    assert places.keep(tmp_path / "taken", "", put, own="kept") == home / "kept" / "file"
    said = capsys.readouterr().out
    assert f"{tmp_path / 'taken'} can't be written: a file is where a folder should be." in said
    places.keep(tmp_path / "taken" / "below", "", put, own="kept")
    assert (tmp_path / "taken").read_text() == ""


def test_an_error_that_is_not_about_the_place_is_not_hidden(tmp_path, home):
    def broken(folder):
        raise ValueError("a fault of the code")

    with pytest.raises(ValueError, match="fault of the code"):
        places.keep(tmp_path, "in", broken)


# --- what a setting names


def test_settings_that_cannot_be_a_folder(monkeypatch, tmp_path):
    for variable, read in (
        ("COURSE_DATA", cache_folder),
        ("COURSE_CHECKPOINTS", config.checkpoint_folder),
        ("COURSE_PROGRESS", config.progress_file),
    ):
        monkeypatch.setenv(variable, "~nobody-of-this-name/course")
        with pytest.raises(CourseError, match=f"{variable} names '~nobody-of-this-name/course'"):
            read()
        monkeypatch.setenv(variable, "kept/here")
        assert read() == config.ROOT / "kept" / "here", "wherever the kernel was started"
        monkeypatch.setenv(variable, str(tmp_path))
        assert read() == tmp_path


def test_a_folder_in_a_call_starts_where_the_notebook_is(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert config.checkpoint_folder("mine") == tmp_path / "mine"


@pytest.fixture
def drive(tmp_path, monkeypatch):
    """A place for a Drive, which isn't mounted."""
    place = tmp_path / "content" / "drive"
    monkeypatch.setattr(places, "DRIVES", (str(place),))
    return place


SETTINGS = {
    "CHECKPOINTS": lambda path: config.checkpoint_folder(str(path)),
    "COURSE_CHECKPOINTS": lambda path: config.checkpoint_folder(),
    "COURSE_DATA": lambda path: fetch("mnist.npz"),
    "COURSE_PROGRESS": lambda path: config.progress_file(),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_drive_that_is_not_mounted_is_refused(setting, drive, monkeypatch, tmp_path):
    monkeypatch.setenv(setting, str(drive / "MyDrive" / "course"))
    for _ in range(2):
        with pytest.raises(CourseError) as caught:
            SETTINGS[setting](drive / "MyDrive" / "course")
        assert f"no Drive is mounted at {drive}" in str(caught.value)
        assert f"    drive.mount('{drive}')" in str(caught.value)
        assert not drive.exists()
    put_there = drive / "MyDrive"
    put_there.mkdir(parents=True)  # by another program
    with pytest.raises(CourseError, match="a Drive needs an empty folder"):
        SETTINGS[setting](drive / "MyDrive" / "course")
    assert tree(drive) == ["MyDrive"]


def test_the_places_of_colab_are_known():
    assert {"/content/drive", "/content/gdrive"} == set(places.DRIVES)
    with pytest.raises(CourseError, match="no Drive is mounted at /content/gdrive"):
        config.checkpoint_folder("/content/gdrive/../gdrive/MyDrive/x")
    assert not os.path.exists("/content/gdrive")


def test_a_drive_that_is_mounted_is_used_while_it_has_room(drive, tmp_path):
    drive.mkdir(parents=True)
    code = (
        "from utils import config, places\n"
        f"places.DRIVES = ({str(drive)!r},)\n"
        f"folder = config.checkpoint_folder({str(drive / 'MyDrive/course')!r})\n"
        "print(config.writable_folder(folder, 1e5).is_dir())\n"
        "print(config.writable_folder(folder, 1e7))"
    )
    said = in_box(code, "--size", 1_000_000, "--tmpfs", drive, XDG_CACHE_HOME=str(tmp_path))
    assert said == (
        f"True\n{drive / 'MyDrive/course'} can't be written: 10 MB are needed, and 1 MB are free. "
        f"What belongs there is kept in {tmp_path / places.COURSE / 'checkpoints'} instead.\n"
        f"{tmp_path / places.COURSE / 'checkpoints'}\n"
    )


def test_checks_answer_though_progress_cannot_be_recorded(tmp_path):
    path = "/content/drive/MyDrive/progress.json"
    *_, checked, again, end = run_cells(
        lesson("check.compute_loss(lambda X, y, w: 0.0)", "check.compute_loss(1)",
               "course.show_progress(1)"),
        COURSE_PROGRESS=path,
    )  # fmt: skip
    assert "Progress isn't recorded. COURSE_PROGRESS names " + path in checked
    assert "✗" in checked and "Progress" not in again and "0 of" in end
    assert not os.path.exists("/content/drive")


# --- words


def test_every_reason_is_in_words():
    for number in places.OF_A_PLACE | {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        said = files.not_written("it", OSError(number, os.strerror(number)))
        assert os.strerror(number) not in said and "Errno" not in said
        assert said.startswith("it can't be written: ") and said[-1] == "." and said[-2].isalpha()
    assert files.reason(OSError(errno.ENOSPC, "5 bytes are needed")) == "5 bytes are needed"
    assert files.reason(OSError("own words")) == "own words"


# --- files that are written whole


@pytest.mark.parametrize("limit", [100, 5000])
def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, limit):
    (tmp_path / "kept.json").write_text("old")
    code = (
        "import resource, sys; from pathlib import Path; from utils.files import write_whole\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "write_whole(Path(sys.argv[1]), 'new' * 9999)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "kept.json")],
        cwd=config.ROOT, env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert "File too large" in done.stderr
    assert tree(tmp_path) == ["kept.json"] and (tmp_path / "kept.json").read_text() == "old"


def test_what_killed_processes_left_is_removed_and_what_others_write_is_not(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f"kept.{dead.pid}.unfinished").write_text("half")
    (tmp_path / "kept.unfinished").mkdir()  # by an earlier version
    (tmp_path / f"kept.{os.getppid()}.unfinished").write_text("at work")
    (tmp_path / f"other.{dead.pid}.unfinished").write_text("another file's")
    files.write_whole(tmp_path / "kept", "new")
    assert tree(tmp_path) == sorted(
        ["kept", f"kept.{os.getppid()}.unfinished", f"other.{dead.pid}.unfinished"]
    )


# --- data


@needs_root
@obeying
def test_a_shared_cache_that_another_account_filled(offered, home):
    """With its umask 077 it can't be read: then the user's own folder serves."""
    name = "names.txt"
    shared = fetch(name)
    assert shared.parent == offered
    content = shared.read_bytes()
    given_away(shared)
    with pytest.raises(PermissionError):
        shared.read_bytes()
    with closed(offered):
        assert fetch(name) == home / name and fetch(name).read_bytes() == content
    assert fetch(name) == home / name, "another account's file is not replaced"
    assert shared.stat().st_uid != os.getuid()


@needs_root
@obeying
def test_locks_and_parts_of_another_account(offered, home):
    for name in (".names.txt.lock", ".made.lock"):
        folder = offered if "txt" in name else offered / "unpacked"
        folder.mkdir(exist_ok=True)
        (folder / name).touch()
        given_away(folder / name)
    assert fetch("names.txt") == home / "names.txt"
    made = unpacking.cached("made", lambda path: path.mkdir())
    assert made == home / "unpacked" / "made"


@obeying
def test_a_closed_cache_with_archives_alone(offered, home, capsys):
    """They are unpacked into the user's own folder, once, and not fetched again."""
    archive = fetch("102flowers.tgz")
    with closed(offered):
        folder = unpacking.unpack("102flowers.tgz")
        assert folder.is_relative_to(home / "unpacked") and any(folder.rglob("*.jpg"))
        assert unpacking.unpack("102flowers.tgz") == folder
    assert capsys.readouterr().out.count("can't be written") == 1
    (offered / ".102flowers.tgz.json").unlink()
    with closed(offered):
        assert fetch("102flowers.tgz") == archive, "without a record it is verified each time"
    archive.write_bytes(b"wrong")
    with closed(offered):
        assert fetch("102flowers.tgz") == home / archive.name
    assert archive.read_bytes() == b"wrong", "it isn't ours to remove"


@obeying
@pytest.mark.parametrize("empty", ["closed", "secret", "a file", "inside a file", "not to be made"])
def test_an_empty_cache_that_cannot_be_written(empty, offered, home, monkeypatch, capsys):
    folder = {
        "closed": offered,
        "secret": offered,
        "a file": offered / "file",
        "inside a file": offered / "file/in",
        "not to be made": Path("/proc/none/in"),
    }[empty]
    (offered / "file").touch()
    monkeypatch.setenv("COURSE_DATA", str(folder))
    with closed(offered, 0 if empty == "secret" else 0o555):
        assert fetch("names.txt") == fetch("names.txt") == home / "names.txt"
        folder = unpacking.unpack("102flowers.tgz")
    assert folder.is_relative_to(home)
    said = capsys.readouterr().out
    assert said.count("can't be written: ") == 1 and f"is kept in {home} instead." in said


@obeying
def test_no_place_and_no_download_is_one_error(offered, home, tmp_path):
    with (
        closed(offered), closed(home.parent), closed(tmp_path / "tmp"),
        pytest.raises(DownloadError, match="Free some space, or choose a folder that you can"),
    ):  # fmt: skip
        fetch("names.txt")


def test_a_disk_that_fills_while_unpacking(tmp_path):
    """The rest goes on in the user's own folder; where that is full too, one sentence says so."""
    for name in ("data", "home", "tmp"):
        (tmp_path / name).mkdir()
    code = f"""
import os, tempfile, tarfile, io
from pathlib import Path
from utils.download import unpacking, DownloadError
tempfile.tempdir = {str(tmp_path / "tmp")!r}
def archive(path, size):
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo("zeros"); member.size = size
        tar.addfile(member, io.BytesIO(bytes(size)))
    return path
for size in (2_000_000, 9_000_000):
    source = archive(Path(os.environ["XDG_CACHE_HOME"]) / "source.tgz", size)
    try:
        made = unpacking.cached(f"made{{size}}",
                                lambda path: unpacking.extract(source, path, 10**8))
        print(made, (made / "zeros").stat().st_size)
    except DownloadError as error:
        print(error)
for name in ("data", "home", "tmp"):
    print(sorted(str(p) for p in Path({str(tmp_path)!r}, name).rglob("*") if p.suffix != ".lock"))
"""
    small = ("--size", 1_000_000, "--tmpfs", tmp_path / "data", "--size", 5_000_000, "--tmpfs",
             tmp_path / "home", "--size", 1_000_000, "--tmpfs", tmp_path / "tmp")  # fmt: skip
    said = in_box(
        code, *small, COURSE_DATA=str(tmp_path / "data"), XDG_CACHE_HOME=str(tmp_path / "home")
    )
    own = tmp_path / "home" / places.COURSE / "unpacked"
    assert f"{tmp_path / 'data/unpacked'} can't be written: there is no space left. What" in said
    assert f"{own / 'made2000000'} 2000000" in said
    assert f"{own} can't be written: there is no space left." in said
    assert "made9000000" not in said and "unfinished" not in said


# --- a course that can't be written


@obeying
def test_progress_is_recorded_elsewhere_and_comes_back(tmp_path, home, monkeypatch, capsys):
    folder = tmp_path / "course"
    folder.mkdir()
    monkeypatch.setenv("COURSE_PROGRESS", str(folder / "progress.json"))
    progress.record(1, "expand", True)
    with closed(folder):
        progress.record(1, "compute_loss", True)
        progress.record(1, "expand", False)
        assert "1 of" in progress.line(1)
    (stand_in,) = home.glob("progress-*.json")
    words = f"{folder / 'progress.json'} can't be written: you have no permission."
    said = f"{words} Progress is recorded in {stand_in} instead.\n"
    assert capsys.readouterr().out == said
    progress.record(1, "probability", True)
    assert "2 of" in progress.line(1) and not stand_in.exists()
    assert tree(folder) == ["progress.json"] and len(progress.read()["1"]) == 3


@obeying
def test_progress_that_can_be_kept_nowhere_is_said_once(tmp_path, home, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROGRESS", "/proc/none/progress.json")
    with closed(home.parent), closed(tmp_path / "tmp"):
        progress.record(1, "expand", True)
        progress.record(1, "expand", False)
    assert capsys.readouterr().out == (
        "/proc/none/progress.json can't be written: there is no such file or folder. "
        "Progress isn't recorded.\n"
    )


@needs_root
@obeying
def test_progress_of_another_account_is_not_replaced(tmp_path, home, monkeypatch):
    path = tmp_path / "progress.json"
    path.write_text('{"1": {}}')
    given_away(path)
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    progress.record(1, "expand", True)
    assert "1 of" in progress.line(1)
    assert path.stat().st_uid != os.getuid() and list(home.glob("progress-*.json"))


READ_ONLY = ("--ro-bind", config.ROOT, config.ROOT)  # so that root can't write there either


def test_a_read_only_course_checks_and_keeps_progress(tmp_path):
    code = """
from tests.support.helpers import lesson, run_cells
cells = lesson("check.compute_loss(lambda X, y, w: 0.0)", "check.compute_loss(1)",
               "from utils.config import checkpoint_folder, writable_folder",
               "print(writable_folder(checkpoint_folder(), 1000).is_dir())")
print(*run_cells(cells, COURSE_PROFILE="cpu", COURSE_PROGRESS=""), sep="=====")
"""
    said = in_box(code, *READ_ONLY, XDG_CACHE_HOME=str(tmp_path)).split("=====")
    checks, own = config.ROOT / "checkpoints", tmp_path / places.COURSE
    (stand_in,) = own.glob("progress-*.json")
    words = f"{checks / 'progress.json'} can't be written: it is read-only. Progress is recorded in"
    assert said[2].startswith(f"{words} {stand_in} instead.") and "✗" in said[2]
    assert "✗" in said[3] and "read-only" not in said[3]
    assert f"{checks} can't be written: it is read-only. What belongs there is" in said[-1]
    assert said[-1].strip().endswith("True") and (own / "checkpoints").is_dir()


@pytest.mark.slow
def test_a_read_only_course_runs_and_says_where_it_keeps_the_pages(tmp_path):
    code = "import sys; from utils import run; sys.exit(run.main(['1', '3']))"
    settings = {  # no features are there, whoever ran the notebooks before
        "COURSE_DATA": str(config.ROOT / "tests"),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    said = in_box(code, *READ_ONLY, timeout=1200, **settings)
    assert f"{config.ROOT / 'build'} can't be written: it is read-only. " in said
    for week in (1, 3):
        assert f"{config.WEEKS[week]}: done in" in said
        assert (tmp_path / places.COURSE / "build" / f"{config.WEEKS[week]}.html").is_file()
    assert list((tmp_path / places.COURSE / "features").glob("*.npy"))
