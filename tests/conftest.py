"""Names the tests that could not run here in the last lines, for `.ci/run` to repeat."""

import os

from utils import config


def pytest_configure(config):
    """Keep this session's own course variables out of the tests; those that need one set it."""
    for name in ("COURSE_PROFILE", "COURSE_SOLUTIONS", "COURSE_REPOSITORY"):
        os.environ.pop(name, None)


def pytest_terminal_summary(terminalreporter):
    """Write each skipped test and its reason to build/skipped-*.txt."""
    skipped = terminalreporter.stats.get("skipped", [])
    lines = [f"{report.nodeid}: {report.longrepr[2]}" for report in skipped]
    folder = config.ROOT / "build"
    folder.mkdir(exist_ok=True)
    slow = "slow" if "not slow" not in terminalreporter.config.option.markexpr else "fast"
    (folder / f"skipped-{slow}.txt").write_text(
        "\n".join(lines) + "\n" * bool(lines), encoding="utf-8"
    )
