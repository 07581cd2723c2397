"""Files of wrong and right answers, as students write them: see tests/answers/README.md."""

import importlib
import linecache
import re
from dataclasses import dataclass
from pathlib import Path

from utils.checks.exercise import load_solutions

FOLDER = Path(__file__).parent.parent / "answers"
HEAD = re.compile(r"^# %% (wrong|right|permitted) (\w+): *(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer. kind: "wrong", "right", or "permitted" where the text admits what looks wrong.

    week: int. name: str, the exercise's. about: str, what is wrong, or how it is written. start:
    str, code that all answers of the file share; code: str, its own. where: str, stands for a
    file's name in messages.
    """

    kind: str
    week: int
    name: str
    about: str
    start: str
    code: str
    where: str

    @property
    def check(self):
        """The check of its exercise."""
        return getattr(importlib.import_module(f"utils.checks.week{self.week}"), self.name)

    def item(self):
        """Run the answer's code beside the week's other exercises; return what it defines."""
        space = {**_public(load_solutions(self.week)), "__name__": "answers"}
        for code, where in ((self.start, f"{self.where} start"), (self.code, self.where)):
            file = f"<{where}>"
            # inspect and tracebacks look for the source of code without a file here
            linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
            exec(compile(code, file, "exec"), space)
        return space[self.name]


def _public(module):
    return {key: value for key, value in vars(module).items() if not key.startswith("_")}


def read_answers(path):
    """Return the `Answer`s of a file, in order. Its first line says "week" and a number."""
    text = Path(path).read_text(encoding="utf-8")
    found = re.search(r"week (\d)", text.partition("\n")[0])
    if not found:
        raise ValueError(f"The first line of {path} should say of which week its answers are.")
    start, *rest = HEAD.split(text)
    cells = zip(rest[0::4], rest[1::4], rest[2::4], rest[3::4])
    return [
        Answer(kind, int(found[1]), name, about, start, code, f"week {found[1]}, {number} {name}")
        for number, (kind, name, about, code) in enumerate(cells)
    ]


def warm_up():
    """Have Keras's backend do what it does once, before anything is timed."""
    import keras
    import numpy as np

    keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])(np.ones((1, 2)))
