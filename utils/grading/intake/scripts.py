"""Reads a .py as the cells of a notebook: plain, or with marks as `# %%` or `# In[3]:`."""

import ast
import io
import re
import tokenize

from ... import config
from ..conflicts import marker_in
from ..rebuild.plain_python import plain_python, read
from . import bounds
from .reading import MAX_CELLS, MAX_SOURCE, NotGradable, Sources, too_large

COURSES = re.compile(r"(^|/)(utils|tests|site-packages|venv|node_modules|__pycache__)/")
SOLUTIONS = re.compile(
    r"(^|/|_[0-9]+_|_file_| - )solutions( ?\([0-9]+\)|-[0-9]+)?\.py$", re.IGNORECASE
)
CODINGS = ("utf-8", "utf-8-sig", "iso-8859-1", "iso-8859-15", "cp1252", "ascii", "us-ascii")
CODINGS += ("gbk", "gb2312", "big5", "shift_jis", "euc-kr", "cp1251", "koi8-r")  # no codec of files
MARK = re.compile(r"^# ?(?:%%[^\n]*|In ?\[[ \d*]*\]:?)[ \t]*$", re.MULTILINE)
TEXT = re.compile(r"# ?%%.*\[(?:markdown|md|raw)\]", re.IGNORECASE)
BLOCK = re.compile(r"(?<=\n\n)(?=(?:@|async |class |def |from |import )\S)")
CELL_MAGIC = re.compile(r"^get_ipython\(\)\.run_cell_magic\(", re.MULTILINE)


def is_script(name):
    return name.lower().endswith(".py")


def is_courses(name):
    """Whether a .py is one of the course's own by its place or name, as in a zipped course folder.

    name: str, a path with slashes.
    """
    return bool(SOLUTIONS.search(name) or COURSES.search(name))


def read_script(data):
    """Return the Sources of a .py. data: bytes. Raises NotGradable."""
    problem = too_large(len(data))
    if problem:
        raise problem
    text = _text(data)
    if len(text) > MAX_SOURCE:
        raise NotGradable(f"The file contains more than {MAX_SOURCE:,} characters of code.")
    if not text.strip():
        raise NotGradable("The file contains no code.")
    bounds.check_code([text])
    found, is_whole = _at_marks(text), _is_python(text)
    if is_whole and not all(map(_is_python, found.cells)):
        return Sources([text])  # what looks like a mark stands in a string
    if len(found.cells) == 1 and not is_whole and marker_in(text) is None:
        found.cells = BLOCK.split(text)  # a mistake then costs only its function, as in a notebook
    if len(found.cells) + len(found.texts) > MAX_CELLS:
        raise NotGradable(f"The file has more than {MAX_CELLS:,} cells.")
    return found


def _at_marks(text):
    """Return the Sources of a text that is cut where cells begin."""
    found, start, title = Sources([]), 0, ""
    for mark in [*MARK.finditer(text), None]:
        source = text[start : mark.start() if mark else None].strip("\n")
        is_text = bool(TEXT.match(title))
        (found.texts if is_text else found.cells).append(_uncommented(source, is_text))
        start, title = (mark.end(), mark[0]) if mark else (0, "")
    return found


def _is_python(source):
    try:
        read(plain_python(source))
    except Exception:  # whatever is wrong with it, it costs no more than in a notebook
        return False
    return True


def _text(data):
    try:
        coding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if coding.lower() not in CODINGS:
            raise NotGradable(f"The file says that it is in {coding[:30]}: save it in UTF-8.")
        text = data.decode(coding)
    except (SyntaxError, ValueError, LookupError):  # also where it isn't what it says
        raise NotGradable("The file isn't text in UTF-8.") from None
    if "\0" in text:
        raise NotGradable("The file isn't text: it holds zero bytes.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _uncommented(source, is_text):
    if is_text:
        return re.sub(r"^# ?", "", source, flags=re.MULTILINE)
    return _as_magic(source) if CELL_MAGIC.search(source) else source


def _as_magic(source):
    """Return a cell that nbconvert wrote as `get_ipython().run_cell_magic("time", "", "…")` as it
    was."""
    try:
        [*_, line] = ast.parse(source).body
        name, options, code = (item.value for item in line.value.args)
        return f"%%{name} {options}\n{code}"
    except (SyntaxError, ValueError, AttributeError, TypeError, RecursionError, MemoryError):
        return source


def is_solutions(source, week):
    """Whether a file's code is that of the course's own solutions, whatever its name.

    source: str; week: int. Comments and blank lines don't count.
    """
    try:
        text = config.solutions_path(week).read_text(encoding="utf-8")
        return _code_of(source) == _code_of(text)
    except (SyntaxError, ValueError, OSError, RecursionError, MemoryError):
        return False


def _code_of(source):
    tree = ast.parse(source)
    if ast.get_docstring(tree, clean=False) is not None:
        del tree.body[0]
    return ast.dump(tree)
