"""The rules that every notebook keeps; .github/CONTRIBUTING.md tells why."""

import ast
import random
import re
import statistics
import uuid

import nbformat
import pytest

from utils import config, notebooks

MAX_CODE_LINES = 20
MAX_EXERCISE_LINES = 40
MAX_LIST_LINES = {"imports": 25, "constants": 12}  # lists, which are looked up, not read
MAX_LINE = 92
MAX_WORDS = 60
SETUP_CELLS = {"setup", "imports", "constants"}
DRAWS = re.compile(r"plt\.subplots|plt\.figure|plot\.animate|\.plot\(|\.imshow\(|LiveLoop\(")
WORDS = "**In words:**"
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]{2,}")  # and no matrix, such as W1
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
MARKDOWN = re.compile(r"`[^`]+`|\*\S[^*]*\*|\[[^\]]+\]\([^)]*\)|(?<!\w)_\w[^_]*_(?!\w)")
ASKED = re.compile(r"^\*\*(Question|Predict)\.\*\* ", re.MULTILINE)
MAX_IMPORTS = 8  # lines that import from utils
FORBIDDEN = {
    r"^\s*[!%]": "a shell command or magic",
    r"\bpip\b": "pip",
    r"\bsubprocess\b|\bos\.system\b": "a shell command",
    r"\bopen\(|\bPath\(|\bos\.path\b|sys\.path": "a path that doesn't go through utils",
    r"[\"'](?:\.{0,2}/|~|[A-Za-z]:\\)": "a path that doesn't go through utils",
}


@pytest.fixture(scope="module", params=config.available_weeks(), ids=lambda week: f"week{week}")
def week(request):
    return request.param


@pytest.fixture(scope="module")
def notebook(week):
    return notebooks.read(week)


@pytest.fixture(scope="module")
def cells(notebook):
    return notebook.cells


def code_cells(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def text_cells(cells):
    return [cell for cell in cells if cell.cell_type == "markdown"]


def exercises(cells):
    """Yield (function or class node, its cell, the cell that follows it)."""
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        if cell.cell_type == "code" and "@exercise" in cell.source:
            (node,) = ast.parse(cell.source).body
            yield node, cell, after


def test_valid_and_clean(week, notebook):
    text = config.notebook_path(week).read_text(encoding="utf-8")
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == notebooks.metadata(week)
    assert text == nbformat.writes(notebook).rstrip("\n") + "\n"
    for cell in notebook.cells:
        assert cell.source.strip(), f"{cell.id} is empty"
        folded = notebooks.SETUP_METADATA if cell.id == "setup" else {}
        assert cell.metadata == folded, f"{cell.id} has metadata, such as tags for nbval"
    for cell in code_cells(notebook.cells):
        assert cell.outputs == [] and cell.execution_count is None, f"{cell.id} has outputs"
        assert "NBVAL_" not in cell.source.upper(), f"{cell.id} has a marker of nbval"


def test_ids_are_unique_and_name_their_cell(cells):
    ids = [cell.id for cell in cells]
    assert len(set(ids)) == len(ids)
    assert not [name for name in ids if not is_of_words(name)], "ids are words, not hashes"
    for node, cell, after in exercises(cells):
        slug = node.name.lower().replace("_", "-")
        assert (cell.id, after.id) == (f"exercise-{slug}", f"check-{slug}")


def is_of_words(name):
    """Whether an id is made of words: letters, and behind them one digit at most, as in l2."""
    return all(re.fullmatch(r"[a-z]+\d?|conv2d", part) for part in name.split("-"))


def test_random_ids_are_no_words():
    draw = random.Random(0)
    hashes = [f"{draw.getrandbits(32):08x}" for _ in range(10_000)]
    longer = [str(uuid.UUID(int=draw.getrandbits(128))) for _ in range(10_000)]
    assert sum(map(is_of_words, hashes)) < 20 and not any(map(is_of_words, longer))


def test_title_badge_and_setup(week, cells):
    title = cells[0].source
    assert title.startswith(f"# Week {week}: ")
    assert f"]({notebooks.badge_link(week)})" in title
    for words in ("**You will**", "**You will learn to**", "**You need**"):
        assert words in title
    sources = {cell.id: cell.source for cell in cells}
    assert sources["setup"] == notebooks.setup_text()
    first_code = [cell.id for cell in code_cells(cells)][:3]
    assert first_code == ["setup", "imports", "constants"]
    assert f"exercise, check = course.week({week})" in sources["imports"]


def test_headings(cells):
    headings = [
        line
        for cell in text_cells(cells)
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    levels = [len(line.split()[0]) for line in headings]
    assert levels.count(1) == 1 and max(levels) <= 3
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False)), "a level is skipped"
    sections = [line for line, level in zip(headings, levels, strict=True) if level == 2]
    assert sections[0] == "## Setup"
    assert sections[-2:] == ["## What you learned", "## Go further"]
    assert 4 <= len(sections) - 3 <= 8
    assert not any(re.match(r"#+ \d", line) for line in headings), "numbered by hand"


def test_lengths(cells):
    for cell in code_cells(cells):
        lines = cell.source.splitlines()
        is_exercise = cell.id.startswith("exercise-")
        if cell.id != "setup":
            limit = MAX_EXERCISE_LINES if is_exercise else MAX_CODE_LINES
            limit = MAX_LIST_LINES.get(cell.id, limit)
            assert len(lines) <= limit, f"{cell.id} has {len(lines)} lines"
        most = MAX_LINE + (4 if is_exercise else 0)
        wide = [f"{len(line)} characters, at most {most}: {line}" for line in lines
                if len(line) > most and cell.id != "setup"]  # fmt: skip
        assert not wide, f"{cell.id}: {wide}"
    words = {cell.id: len(visible(cell.source).split()) for cell in text_cells(cells)}
    long = {name: n for name, n in words.items() if n > MAX_WORDS}
    assert set(long) <= {"title", "learned", "further"}, long
    assert 12 <= statistics.median(words.values()) <= 35
    assert len(text_cells(cells)) >= 0.8 * len([c for c in code_cells(cells) if not_check(c)])


def visible(source):
    """Return a text cell without hints, formulas and link targets."""
    source = re.sub(r"\$\$.*?\$\$", " ", FOLDED.sub(" ", source), flags=re.DOTALL)
    return re.sub(r"\]\([^)]*\)", "]", source)


def not_check(cell):
    return not cell.id.startswith("check-")


def test_every_exercise_is_followed_by_its_check(cells):
    found = list(exercises(cells))
    assert found
    for node, cell, after in found:
        assert after is not None and after.source == f"check.{node.name}({node.name})"
        assert re.search(r"# YOUR CODE HERE \(about \d+ lines?\)", cell.source)
        assert "raise NotImplementedError" in cell.source
    checks = [cell for cell in code_cells(cells) if re.search(r"\bcheck\.", cell.source)]
    assert len(checks) == len(found)


def test_every_exercise_is_in_solutions(week, cells):
    tree = ast.parse(config.solutions_path(week).read_text(encoding="utf-8"))
    solutions = {node.name: node for node in tree.body if hasattr(node, "name")}
    names = [node.name for node, _, _ in exercises(cells)]
    assert sorted(names) == sorted(name for name in solutions if not name.startswith("_"))
    for node, _, _ in exercises(cells):
        twin = solutions[node.name]
        assert interface(node) == interface(twin), f"{node.name} differs from solutions.py"


def interface(node):
    """Return docstring and parameters of a function, or of a class and its public methods."""
    parameters = ast.dump(node.args) if isinstance(node, ast.FunctionDef) else None
    methods = [
        (item.name, interface(item))
        for item in node.body
        if isinstance(item, ast.FunctionDef) and isinstance(node, ast.ClassDef)
    ]
    return ast.get_docstring(node), parameters, methods


def test_hints_hold_no_code_and_answers_no_blocks_of_it(cells):
    for cell in text_cells(cells):
        for folded in FOLDED.findall(cell.source):
            assert re.match(r"<details><summary>(Hint|Answer)\b", folded), folded
            assert "```" not in folded and "    " not in folded
            if "<summary>Hint" in folded:
                assert not re.search(r"<code>[^<]*[=(@][^<]*</code>", folded), folded


def test_what_is_folded_is_html(cells):
    """Jupyter and the site show it as it stands: a star or a backtick would be seen."""
    for cell in cells:
        for folded in FOLDED.findall(cell.source if cell.cell_type == "markdown" else ""):
            text = re.sub(r"<code>.*?</code>|\$[^$]*\$", "", folded, flags=re.DOTALL)
            assert not MARKDOWN.search(text), f"{cell.id}: {MARKDOWN.search(text)[0]}"


def test_questions_make_the_reader_stop(cells):
    """Each has its answer folded below it; a prediction is settled by the very next cell."""
    questions, predictions = [], []
    for cell, after in zip(cells, cells[1:]):
        if cell.cell_type != "markdown":
            continue
        found = ASKED.findall(cell.source)
        answers = [part for part in FOLDED.findall(cell.source) if "<summary>Answer" in part]
        assert len(found) == len(answers), f"{cell.id} has {len(found)} questions"
        assert all(len(answer.split()) >= 15 for answer in answers), f"{cell.id} says too little"
        questions += found
        if "Predict" in found:
            predictions.append(cell.id)
            assert after.cell_type == "code", f"nothing settles the prediction of {cell.id}"
    assert 8 <= len(questions) <= 12
    assert len(predictions) >= 3


def test_constants_stand_where_they_are_used_first(cells):
    """A constant that one section uses is set in that section, not in a list at the top."""
    section, given, used = "", {}, {}
    for cell in cells:
        if cell.cell_type == "markdown":
            section = next(iter(re.findall(r"^## (.+)", cell.source, re.MULTILINE)), section)
            continue
        if cell.id in ("setup", "imports"):
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Name) and CONSTANT.fullmatch(node.id):
                where = given if isinstance(node.ctx, ast.Store) else used
                place = (section, cell.id)
                where.setdefault(node.id, []).append(place)
    for name, places in given.items():
        sections = {place for place, cell in used.get(name, []) if cell != "constants"}
        assert sections, f"nothing uses {name}"
        home, cell = places[0]
        if cell == "constants":
            assert len(sections) > 1 or name == "CHECKPOINTS", (
                f"{name} belongs into the section {sections}"
            )
        else:
            assert home in sections, f"{name} belongs into one of {sections}"


def test_no_shell_no_pip_no_paths(cells):
    for cell in code_cells(cells):
        if cell.id == "setup":
            continue
        for pattern, what in FORBIDDEN.items():
            found = re.search(pattern, cell.source, flags=re.MULTILINE)
            assert not found, f"{cell.id} holds {what}: {found[0]}"


def test_every_figure_is_told_in_words(cells):
    figures = [
        (cell, after)
        for cell, after in zip(cells, cells[1:], strict=False)
        if cell.cell_type == "code" and DRAWS.search(cell.source)
    ]
    assert figures
    for cell, after in figures:
        assert after.cell_type == "markdown" and after.source.startswith(WORDS), cell.id
        assert len(after.source.split()) >= 12, f"{after.id} says too little"


def test_no_text_speaks_of_one_copy_of_the_data(cells):
    """A learner has the publishers' files, whatever the course was tried with."""
    for cell in text_cells(cells):
        found = re.search(
            r"tested (with|on)|cop(y|ies) .*used here|the copy that|our copy of", cell.source
        )
        assert not found, f"{cell.id}: {found[0]}"


def test_imports_are_in_the_import_cell(cells):
    lines = [line for cell in code_cells(cells) for line in cell.source.splitlines()]
    assert sum(line.startswith("from utils") for line in lines) <= MAX_IMPORTS
    for cell in code_cells(cells):
        if cell.id not in SETUP_CELLS:
            imports = [
                node
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]
            assert not imports, f"{cell.id} imports"
