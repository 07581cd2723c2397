"""Write the tables of TEACHING.md anew, from the notebooks and the checks.

    python -m utils.site.teaching

They stand between the lines `<!-- counted: NAME -->` and `<!-- end -->`; the text around them is
written by hand. Counted are words, exercises, points and catalogued mistakes; what needs an
exercise comes from the map of the course. Machine time is copied from the README's table.
"""

import importlib
import math
import re

from .. import config, notebooks, pages
from ..files import write_whole
from . import outline

PAGE = config.ROOT / "TEACHING.md"
README = config.ROOT / "README.md"
COUNTED = re.compile(r"(<!-- counted: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
WORDS_A_MINUTE = 200
MINUTES_A_POINT = 8  # an estimate
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
CPU, TINY = 2, 6  # columns of the README's table


def words(notebook):
    """Return how many words a notebook's texts have, hints and answers too; a formula is one."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return sum(len(pages.plain(FORMULA.sub("formula", text)).split()) for text in texts)


def minutes_of_reading(week):
    """Return the minutes that a week's texts take to be read, int."""
    return math.ceil(words(notebooks.read(week)) / WORDS_A_MINUTE)


def checks(week):
    """Return {exercise: its Check} in the notebook's order."""
    module = importlib.import_module(f"utils.checks.week{week}")
    return {one.name: getattr(module, one.name) for one in outline.read(week)}


def machine(week):
    """Return (minutes in `cpu`, seconds in `tiny`) of a week as the README has them, str."""
    row = re.search(rf"^\| {week} \| .+ \| .+ (?:GB|–) \|.*$", README.read_text("utf-8"), re.M)
    cells = [cell.strip() for cell in row[0].strip("|").split("|")]
    return cells[CPU], cells[TINY]


def _row(cells):
    return f"| {' | '.join(map(str, cells))} |"


def _table(head, rows):
    return "\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rows)]) + "\n"


def time():
    """Return the table of what each week takes."""
    rows, sums = [], [0, 0, 0, 0]
    for week in config.available_weeks():
        found = checks(week).values()
        points = sum(check.points for check in found)
        counts = len(found), points, minutes_of_reading(week), points * MINUTES_A_POINT
        sums = [one + other for one, other in zip(sums, counts)]
        rows.append((week, *counts, *machine(week)))
    head = ("week", "exercises", "points", "reading, minutes", "exercises, minutes (estimate)",
            "machine, `cpu`", "machine, `tiny`")  # fmt: skip
    return _table(head, [*rows, ("all", *sums, "", "")])


def _needed_by(one, exercises):
    names = [f"`{other.name}`" for other in exercises if one.name in (*other.calls, *other.beside)]
    return "; ".join([", ".join(names)] * bool(names) + [f"“{title}”" for title in one.later])


def _first(check):
    """Return the first sentence of a check's catalogue, fit for a table."""
    return check.mistakes[0].explanation.replace("|", "\\|")


def exercises(week):
    """Return the table of a week's exercises."""
    found, known = outline.read(week), checks(week)
    rows = []
    for one in found:
        check = known[one.name]
        rows.append((f"`{one.name}`", check.points, len(check.mistakes), _first(check),
                     _needed_by(one, found) or "–"))  # fmt: skip
    total = sum(len(check.mistakes) for check in known.values())
    head = ("exercise", "points", "mistakes", "the first of them", "needed later by")
    return _table(head, [*rows, ("all", sum(row[1] for row in rows), total, "", "")])


def filled(text):
    """Return the page's text with its tables as they should be."""

    def replace(match):
        begin, name, end = match.groups()
        table = time() if name == "time" else exercises(int(name.removeprefix("week")))
        return f"{begin}\n{table}\n{end}"

    return COUNTED.sub(replace, text)


def main():
    """Write the tables anew."""
    write_whole(PAGE, filled(PAGE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
