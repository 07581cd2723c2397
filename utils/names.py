"""Puts the course's own names back when a cell overwrites them, and says so."""

import inspect

_ours = {}


def _belongs_to_course(value):
    module = getattr(value, "__module__", None) or ""
    return inspect.ismodule(value) or module.startswith("utils.")


def _remember_or_restore(shell):
    space = shell.user_ns
    if not _ours:
        # The first call comes at the end of the import cell: what it defined is what we guard.
        _ours.update(
            {
                name: value
                for name, value in space.items()
                if not name.startswith("_") and _belongs_to_course(value)
            }
        )
        return
    changed = [name for name, value in _ours.items() if space.get(name) is not value]
    for name in changed:
        space[name] = _ours[name]
        print(
            f"⚠ This cell gave `{name}` a new meaning, but the course needs the old one, so it "
            f"was put back. Choose another name for yours."
        )


def guard():
    """Guard the modules and course objects of the running notebook. Outside one, do nothing.

    Only names that exist at the end of the cell that calls this are guarded: those of the import
    cell.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None or getattr(shell, "_course_guard", False):
        return
    shell._course_guard = True
    shell.events.register("post_run_cell", lambda *_: _remember_or_restore(shell))
