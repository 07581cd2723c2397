"""Keeps the names that the course's cells need, and says so when a learner's cell takes one.

Guarded is what the notebook's own import cell binds and its other cells read; whatever else a
learner imports or defines is theirs. A function of Python's own is told of at once: the learner's
cells keep the new meaning, which may be meant, but the course's cells get the old one.
"""

import builtins
import inspect

from .course_names import needs_of


def _does_as_well(new, old):
    """Whether a value can take another's place: a module with all its names, as tf.keras has."""
    if new is old:
        return True
    if not (inspect.ismodule(new) and inspect.ismodule(old)):
        return False
    return {name for name in vars(old) if not name.startswith("_")} <= set(dir(new))


def _listed(names):
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}" if most else last


def _say_put_back(taken, gone):
    for names, did in ((taken, "gave {} a new meaning"), (gone, "deleted {}")):
        it, they = ("it", "it was") if len(names) == 1 else ("them", "they were")
        if names:
            print(
                f"⚠ This cell {did.format(_listed(names))}, but the course needs {it} as before, "
                f"so {they} put back." + " Choose another name for yours." * (names is taken)
            )


def _say_pythons_own(whose, names):
    it = "it" if len(names) == 1 else "them"
    print(
        f"⚠ {whose} gave {_listed(names)} a new meaning, but the course's cells need what Python "
        f"means by {it}, and still get that. Choose another name for yours, and run "
        f"`del {', '.join(names)}`."
    )


class Guard:
    """Watches a notebook's names from cell to cell. shell: IPython's; week: int, 1 to 6.

    The names that are guarded have the values that they have when the current cell ends.
    """

    def __init__(self, shell, week):
        self.space, self.events = shell.user_ns, shell.events
        self.needs = needs_of(week)
        self.ours = None  # taken at the end of the cell that imports
        self.told = {}  # names of Python's own → the learner's values that were told of
        self.hidden = {}
        self.watching = {"pre_run_cell": self.before, "post_run_cell": self.after}
        for event, function in self.watching.items():
            self.events.register(event, function)

    def stop(self):
        """Watch no longer."""
        for event, function in self.watching.items():
            self.events.unregister(event, function)

    def before(self, info):
        """Before a cell of the course, hide what learners called like something of Python's."""
        if info.raw_cell in self.needs.cells:
            names = [name for name in self.told if name in self.space]
            self.hidden.update((name, self.space.pop(name)) for name in names)

    def after(self, result):
        """After every cell, put back what it took, and say so."""
        for name, value in self.hidden.items():
            self.space.setdefault(name, value)
        self.hidden.clear()
        whose = "This cell"
        if self.ours is None:
            self.ours = {n: self.space[n] for n in self.needs.imported if n in self.space}
            whose = "An earlier cell"
        self._put_back()
        self._look_at_builtins(whose)

    def _put_back(self):
        gone = sorted(name for name in self.ours if name not in self.space)
        taken = sorted(
            name
            for name, value in self.ours.items()
            if name in self.space and not _does_as_well(self.space[name], value)
        )
        self.space.update((name, self.ours[name]) for name in gone + taken)
        _say_put_back(taken, gone)

    def _look_at_builtins(self, whose):
        hiding = {
            name: self.space[name]
            for name in self.needs.builtin
            if name in self.space and self.space[name] is not getattr(builtins, name)
        }
        new = sorted(n for n in hiding if n not in self.told or hiding[n] is not self.told[n])
        self.told = hiding
        if new:
            _say_pythons_own(whose, new)


def guard(week):
    """Guard the names that the cells of a week's notebook need, from the end of this cell on.

    week: int, 1 to 6. Called again, as by the import cell that is run again, it starts anew.
    Outside a notebook it does nothing.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return
    if hasattr(shell, "_course_guard"):
        shell._course_guard.stop()
    shell._course_guard = Guard(shell, week)
