"""Puts the course's own names back when a cell overwrites them, and says so."""

import inspect
import sys

STANDARD = sys.stdlib_module_names


def _belongs_to_course(value):
    """Whether a value is a module of a package, or comes from the course's utils."""
    if inspect.ismodule(value):
        return value.__name__.partition(".")[0] not in STANDARD
    return (getattr(value, "__module__", None) or "").startswith("utils.")


def _restore(ours, space):
    """Restore what a cell replaced of `ours`; add what it defined. space: the notebook's names."""
    for name, value in ours.items():
        now = space.get(name)
        if now is not value and not _belongs_to_course(now):
            space[name] = value
            print(
                f"⚠ This cell gave `{name}` a new meaning, but the course needs the old one, so it "
                "was put back. Choose another name for yours."
            )
    ours.update(
        (name, value)
        for name, value in space.items()
        if not name.startswith("_") and _belongs_to_course(value)
    )


def guard():
    """Guard the modules and course objects of the running notebook. Outside one, do nothing.

    What a cell imports is guarded from its end on; importing it again is fine.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None or getattr(shell, "_course_guard", False):
        return
    shell._course_guard = True
    ours = {}
    shell.events.register("post_run_cell", lambda *_: _restore(ours, shell.user_ns))
