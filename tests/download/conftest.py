"""What the tests of slow and odd sources share."""

import pytest

from tests.download.support import BODY, Source, hash_of
from utils import registry
from utils.download import rate, sources, transfer


@pytest.fixture
def serve():
    """serve(pace=…) starts a Source with BODY; all of them end with the test."""
    running = []

    def start(body=BODY, **how):
        running.append(Source(body, **how))
        return running[-1]

    yield start
    for source in running:
        source.close()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache, and a window of 0.8 seconds so that the tests are quick."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    for name in ("COURSE_MIRROR", "COURSE_MIN_RATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    monkeypatch.setattr(rate, "WINDOW_SECONDS", 0.8)
    monkeypatch.setattr(rate, "_rates", {})
    yield tmp_path / "cache"
    registry.entries.cache_clear()
    sources._mirrors.clear()


@pytest.fixture
def offer(cache, tmp_path, monkeypatch):
    """offer("a.bin", source, source) adds a file with those sources to a registry of its own."""
    tables = []
    path = tmp_path / "registry.toml"
    monkeypatch.setattr(registry, "REGISTRY_FILE", path)

    def add(name, *found, hash=None, body=BODY):
        hash = hash_of(body) if hash is None else hash
        urls = ", ".join(f'"{source.address}/{name}"' for source in found)
        lines = [f'["{name}"]', f"urls = [{urls}]", f"bytes = {len(body)}"]
        tables.append("\n".join(lines + [f'hash = "{hash}"'] * bool(hash)))
        path.write_text("\n\n".join(tables), encoding="utf-8")
        registry.entries.cache_clear()
        return path

    return add
