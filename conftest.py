"""nbval runs on after a failing cell; this stops a notebook there, as Run All does."""

import pytest


def _is_notebook_cell(item):
    return type(item).__module__.startswith("nbval.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed and _is_notebook_cell(item):
        item.parent.stopped_at = item.name
    return report


def pytest_runtest_setup(item):
    stopped_at = getattr(item.parent, "stopped_at", None)
    if _is_notebook_cell(item) and stopped_at:
        pytest.skip(f"not run, since this cell failed: {stopped_at}")
