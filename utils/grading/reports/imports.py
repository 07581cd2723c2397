"""The tables for Moodle and Canvas that a run fills, as the command line names them."""

import os

from .canvas import Export
from .moodle import Worksheet


def read_tables(options):
    """Return the downloads to fill, list of LmsTable.

    options: what the command line gave as moodle, canvas (pathlib.Path or None), column (str or
    None) and week (int). Raises CourseError.
    """
    tables = []
    if options.moodle:
        tables.append(Worksheet(options.moodle, options.column))
    if options.canvas:
        tables.append(Export(options.canvas, options.week, options.column))
    return tables


def fill_tables(folder, tables, marks):
    """Write the filled tables; return sentences on them.

    folder: pathlib.Path of the report; tables: list of LmsTable; marks: list of final.Mark. What an
    earlier run filled gets another name where this one doesn't: its scores may be old ones, which
    nobody should import by mistake.
    """
    sentences = []
    for kind in (Worksheet, Export):
        path = folder / kind.target
        if path.exists() and not any(isinstance(table, kind) for table in tables):
            old = path.with_name(f"old-{kind.target}")
            os.replace(path, old)
            sentences.append(
                f"{kind.target} is of an earlier run, so it is called {old.name} now; "
                f"{kind.option} fills a new one."
            )
    return sentences + [text for table in tables for text in table.fill(folder, marks)]
