"""The texts of a copy for learners: what speaks of something that it lacks is left out."""

import re
import textwrap

from .. import config

TARGETS = ("help", "lab", "strip", "slug", "clean")  # of the Makefile
SECTIONS = ("Teach and grade a class", "Contribute")  # of README.md, which go as a whole
NEEDS_ANSWERS = re.compile(r"right but for|solutions\.py|COURSE_SOLUTIONS|\bpytest\b|\bnbval\b")
COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)\b(?! (?:sense|up|sure))|python -m utils\.([\w.]+)")
LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)\)")
SENTENCE = re.compile(r"(?<=[.!])\s+(?=[A-Z`*\[])")
WIDTH = 104
EXERCISES = "How an exercise works"

FRESH = "on fresh inputs each time"
WITHOUT = """\
This copy of the course has no reference solutions. Its checks compare your answers with what ours
gave on {count} sets of inputs; grading draws new ones, so an answer that knows these by heart gets
nothing there. Of an answer that calls another one, the check can't tell which of the two is wrong.
"""


def makefile(text):
    """Return the Makefile with the commands that a learner needs."""
    blocks = [block for block in text.split("\n\n") if _is_kept(block)]
    text = "\n\n".join(blocks)
    text = re.sub(r"^(PARALLEL|ONE_THREAD|# The processes) .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^\.PHONY:.*$", f".PHONY: {' '.join(TARGETS)}", text, flags=re.MULTILINE)


def _is_kept(block):
    target = re.match(r"(?:#.*\n)*([a-z-]+):", block)
    return target is None or target[1] in TARGETS


def workflow(text):
    """Return the workflow that grades on push without the line that keeps it to forks: a copy that
    was made from a template is none."""
    return re.sub(r"^ *if: .*fork.*\n", "", text, flags=re.MULTILINE)


def readme(text, folder, count):
    """Return README.md of the copy. folder: pathlib.Path, the copy; count: int, sets of inputs."""
    text = text.replace(FRESH, f"each time on one of {count} sets of inputs")
    texts = _sections(text, folder, folder)
    return "".join(
        part + WITHOUT.format(count=count) + "\n" if part.startswith(f"## {EXERCISES}") else part
        for part in texts
    )


def page(text, folder, place):
    """Return another page of the copy, Markdown. folder: as above; place: where the page lies."""
    return "".join(_sections(text, folder, place)).rstrip("\n") + "\n"


def _sections(text, folder, place):
    def has(name):
        return (folder / name).exists() or (place / name).exists()

    first, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    sections = [part for part in sections if part[3:].partition("\n")[0] not in SECTIONS]
    return [_without_what_lacks(part, has) for part in (first, *sections)]


def _without_what_lacks(part, has):
    """Return a section without the rows, lines of code and sentences that name what isn't there."""
    blocks = []
    for block in re.split(r"\n\n(?![^`]*```\n(?:\n|$))", part.rstrip("\n")):
        kept = _kept_part(block, has)
        if kept:
            blocks.append(kept)
        elif block.startswith("```") and blocks and blocks[-1].endswith(":"):
            blocks.pop()  # it only announced the code
    return "\n\n".join(blocks) + "\n\n"


def _kept_part(block, has):
    lines = block.splitlines()
    if block.startswith("```"):
        kept = [line for line in lines[1:-1] if not _lacks(line, has)]
        return "\n".join([lines[0], *kept, lines[-1]]) if kept else ""
    if block.startswith("|"):
        rows = [line for line in lines if not _lacks(line, has)]
        return "\n".join(row for row in rows if not _is_of_other_week(row, has))
    if not _lacks(block, has):
        return block
    kept = " ".join(each for each in SENTENCE.split(block) if not _lacks(each, has))
    return textwrap.fill(kept, WIDTH, break_long_words=False, break_on_hyphens=False)


def _is_of_other_week(row, has):
    """Whether a row of a table is that of a week that the copy doesn't have."""
    number = re.match(r"\| (\d) \|", row)
    return number is not None and not has(config.WEEKS[int(number[1])])


def _lacks(text, has):
    """Whether a text names a command, a file or a setting that the copy doesn't have."""
    for target, module in COMMAND.findall(text):
        path = f"utils/{module.rstrip('.').replace('.', '/')}"
        if (target and target not in TARGETS) or (module and not (has(f"{path}.py") or has(path))):
            return True
    return bool(NEEDS_ANSWERS.search(text)) or not all(map(has, LINK.findall(text)))
