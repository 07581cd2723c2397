"""Figures that benchmarks find: kept as JSON, and shown as tables where people read them.

    python -m tests.benchmarks.figures      (`make report`)

A benchmark calls `store`, which writes results/NAME.json. This module then writes the tables of
RESULTS.md and README.md anew, between the lines `<!-- figures: NAME -->` and `<!-- end -->`.
"""

import argparse
import datetime
import json
import re
import statistics
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from utils import config
from utils.display.console import duration
from utils.files import write_whole

RESULTS = Path(__file__).with_name("results")
PAGES = (RESULTS.with_name("RESULTS.md"), config.ROOT / "README.md")
MARKED = re.compile(r"(<!-- figures: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
REACHED = {  # week: (file, figure, how the README says it)
    1: ("week1", "validation accuracy, Adam", "{:.0%} of points in the plane"),
    2: ("week2", "small convnet in Keras", "{:.1%} of MNIST's test digits"),
    3: ("week3", "modern, as in the notebook, six views", "{:.1%} of CIFAR-10's test pictures"),
    4: ("week4_faces", "deep / PCA, test error at code 32", "{:.2f} of PCA's error on faces"),
    5: ("week5", "LSTM", "{:.2f} nats per character of names (bigram: 2.35)"),
    6: ("week6_captions", "BLEU-4, attention, beam of 3", "BLEU-4 of {:.3f} on Flickr8k"),
}
COLUMNS = (
    "week",
    "reaches, on real data",
    "`cpu` takes, whole archives",
    "parts of them",
    "memory",
    "memory in `gpu`",
    "`tiny` takes",
)
# figures of tests.benchmarks.notebook
WHOLE, PEAK, RESIDENT = "whole notebook, seconds", "peak memory, GB", "with file-backed pages, GB"
PACKAGES = ("numpy", "tensorflow", "keras", "scikit-learn")


@dataclass(frozen=True)
class Figure:
    """One figure. values: one a seed or a round; goal: '', or like '≥ 0.85', '< 90', '2.3 ± 0.1'.

    The mean of the values is held against the goal.
    """

    what: str
    values: list
    goal: str = ""

    @property
    def mean(self):
        return statistics.mean(self.values)

    @property
    def holds(self):
        """Whether the goal is met; None without one."""
        if not self.goal:
            return None
        if "±" in self.goal:
            middle, width = map(float, self.goal.split("±"))
            return abs(self.mean - middle) <= width
        sign, bound = self.goal.split()
        mean, bound = self.mean, float(bound)
        return {"≥": mean >= bound, "≤": mean <= bound, ">": mean > bound, "<": mean < bound}[sign]


def _number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def table(figures):
    """Return a table of figures in Markdown."""
    lines = ["| what | goal | found | each | |", "| --- | --- | --- | --- | --- |"]
    for figure in figures:
        each = ", ".join(map(_number, figure.values)) if len(figure.values) > 1 else ""
        verdict = {None: "", True: "holds", False: "**falls short**"}[figure.holds]
        lines.append(
            f"| {figure.what} | {figure.goal} | {_number(figure.mean)} | {each} | {verdict} |"
        )
    return "\n".join(lines) + "\n"


def store(name, figures, **more):
    """Write what a benchmark found to results/NAME.json, and print it as a table.

    name: str. figures: list of Figure. more: what else is worth keeping, as JSON takes it.
    """
    report = {
        "machine": config.describe_machine(),
        "date": datetime.date.today().isoformat(),
        "versions": {package: _version(package) for package in PACKAGES},
        "figures": [asdict(figure) for figure in figures],
        **more,
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(report, indent=1, default=float, ensure_ascii=False)
    write_whole(RESULTS / f"{name}.json", text + "\n")
    print(table(figures))


def run_parts(description, parts, arguments=None):
    """Measure the parts of a benchmark that the command line names, or all, and store each.

    description: str, the module's docstring. parts: {name: (file, function without arguments that
    returns a list of Figure)}. arguments: list of str, or None for the command line's.
    """
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[[], *parts])
    asked = parser.parse_args(arguments).parts or parts
    print(config.describe_machine())
    for part in asked:
        file, measure = parts[part]
        store(file, measure())


def _version(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def load(name):
    """Return the figures of results/NAME.json, and its date."""
    report = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return [Figure(**figure) for figure in report["figures"]], report["date"]


def _found(names, what, words):
    """Return the mean of a figure in words (a function), or a dash if it isn't there.

    names: the files that may hold it, the first that exists counts.
    """
    there = [name for name in names if (RESULTS / f"{name}.json").is_file()]
    if not there:
        return "–"
    figures, _ = load(there[0])
    return words(next(figure.mean for figure in figures if figure.what == what))


def _row(cells):
    return f"| {' | '.join(map(str, cells))} |"


def weeks():
    """Return the table of the weeks: what each reaches, and what it costs."""
    lines = [_row(COLUMNS), _row(["---"] * len(COLUMNS))]
    seconds, gb = "{:.0f} s".format, "{:.1f} GB".format
    for week, (name, what, words) in REACHED.items():
        parts, tiny = f"week{week}-notebook-cpu", f"week{week}-notebook-tiny"
        whole = f"week{week}-whole-cpu", parts  # weeks 1 and 2 need no archive that has parts
        cells = (
            week,
            _found([name], what, words.format),
            _found(whole, WHOLE, duration),
            _found([parts], WHOLE, duration),
            _found(whole, PEAK, gb),
            _found([f"week{week}-memory-gpu"], PEAK, gb),
            _found([tiny], WHOLE, seconds),
        )
        lines.append(_row(cells))
    return "\n".join(lines) + "\n"


def _filled(match):
    begin, name, end = match.groups()
    if name == "weeks":
        return f"{begin}\n{weeks()}\n{end}"
    figures, date = load(name)
    return f"{begin}\n{table(figures)}\nMeasured on {date}.\n\n{end}"


def main():
    """Write all tables anew, and print the figures that fall short."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        write_whole(page, MARKED.sub(_filled, text))
        for _, name, _ in MARKED.findall(text):
            for figure in load(name)[0] if name != "weeks" else ():
                if figure.holds is False:
                    print(f"{page.name}, {name}: {figure.what} is {_number(figure.mean)}, "
                          f"goal {figure.goal}")  # fmt: skip


if __name__ == "__main__":
    main()
