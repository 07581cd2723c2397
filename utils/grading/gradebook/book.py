"""The lines of the gradebook: what each learner has got in which week, and all together."""

from collections import Counter
from statistics import mean, median

from ..intake.learner_names import listed
from ..intake.people import name_key
from ..marks.overrides import shown
from .learner_line import Line, rounded
from .same_people import match

MAX_NAMED = 20


class Book:
    """All lines. reports: list of kept_reports.Report; people: list of Person of a roster, or None;
    weights: dict, week → float, 1 where it isn't in it; drop: int, how many of a learner's lowest
    weeks don't count.

    lines: list of Line in the order of names; sentences: list of str, on what a person should know.
    """

    def __init__(self, reports, people=None, weights=None, drop=0):
        self.reports, self.weights, self.drop = reports, weights or {}, drop
        self.weeks = [report.week for report in reports]
        self.of = {report.week: report.of * self.weight(report.week) for report in reports}
        lists = [*(report.rows for report in reports), *([people] if people is not None else [])]
        matched = match(lists)
        names = Counter(each.name for each in matched.found)
        self.lines = [
            self._line(each, matched.are_lasting or names[each.name] > 1) for each in matched.found
        ]
        self.lines.sort(key=lambda line: (name_key(line.name), line.number))
        self.sentences = [
            *_contradict(matched.contradictions, self._label),
            *_unclear(matched.unclear, self._label),
        ]
        if people is not None:
            self.sentences += _strangers(matched.found, len(reports))

    def weight(self, week):
        return self.weights.get(week, 1)

    def _label(self, place):
        return self.reports[place].label if place < len(self.reports) else "the roster"

    def _line(self, found, has_number):
        rows = {
            report.week: found.entries[place]
            for place, report in enumerate(self.reports)
            if place in found.entries
        }
        roster = found.entries.get(len(self.reports))
        name = roster.called if roster else found.name
        number = roster.number if roster else found.number * has_number
        line = Line(name, number, rows, found.is_unsure)
        line.left_out = self._lowest(line)
        counted = [week for week in self.weeks if week not in line.left_out]
        line.of = rounded(sum(self.of[week] for week in counted))
        if not any(map(line.is_open, self.weeks)):
            line.total = rounded(sum(self._points(line, week) for week in counted))
        return line

    def _points(self, line, week):
        row = line.rows.get(week)
        return ((row.score if row else None) or 0) * self.weight(week)

    def _lowest(self, line):
        """Return the weeks that don't count: of those that could, the lowest shares of the points.

        While a week is open, nobody knows which is the lowest.
        """
        weeks = [week for week in self.weeks if self.of[week]]
        if not self.drop or any(map(line.is_open, self.weeks)):
            return []
        share = {week: self._points(line, week) / self.of[week] for week in weeks}
        return sorted(sorted(weeks, key=lambda week: (share[week], week))[: self.drop])

    def scores(self, week):
        """Return the scores of a week that are settled, list of float."""
        rows = [line.rows[week] for line in self.lines if week in line.rows]
        return [row.score for row in rows if row.score is not None and not row.is_open]

    def middle(self, week):
        """Return (mean, median) of a week's settled scores, or (None, None) without any."""
        scores = self.scores(week)
        return (rounded(mean(scores)), rounded(median(scores))) if scores else (None, None)

    def table(self):
        """Return the rows of gradebook.csv."""
        head = ["name", "number", *(f"week {week}" for week in self.weeks)]
        rows = [[*head, "total", "of", "percent", "notes"]]
        for line in self.lines:
            scores = [line.words(week) for week in self.weeks]
            said = [(week, note) for week in self.weeks for note in line.notes(week)]
            notes = "; ".join(f"week {week}: {note}" for week, note in said)
            total = ["" if each is None else each for each in (line.total, line.of, line.percent)]
            rows.append([line.name, line.number, *scores, *total, notes])
        return rows

    def how(self):
        """Say how totals are made, list of str."""
        said = [
            "A total is the sum of the weeks' scores; what wasn't handed in counts as nothing. "
            "While an answer is held, work isn't gradable, or a week can't be matched, there is no "
            "total."
        ]
        weighed = [f"week {week} × {shown(self.weight(week))}" for week in self.weeks]
        if any(self.weight(week) != 1 for week in self.weeks):
            said.append(f"Weights: {', '.join(weighed)}.")
        if self.drop:
            lowest = "lowest week doesn't" if self.drop == 1 else f"{self.drop} lowest weeks don't"
            said.append(f"Each learner's {lowest} count, by the share of the points.")
        return said


def _at(pairs, label):
    """Return what stands where in words. pairs: list of (place, text)."""
    by_place = {}
    for place, text in pairs:
        by_place.setdefault(place, []).append(text or "no number")
    return "; ".join(f"{label(place)}: {', '.join(texts)}" for place, texts in by_place.items())


def _contradict(contradictions, label):
    if not contradictions:
        return []
    words = [f"{number} ({_at(pairs, label)})" for number, pairs in contradictions.items()]
    return [
        "These numbers stand with different names, or twice in one week, so only the names were "
        f"compared: {listed(words, MAX_NAMED)}."
    ]


def _unclear(unclear, label):
    if not unclear:
        return []
    words = [f"{name} ({_at(pairs, label)})" for name, pairs in sorted(unclear.items())]
    return [
        "Several learners have one name, and nothing tells who of them is who in which week, so "
        f"each has lines without a total: {listed(words, MAX_NAMED)}. Names that differ, in the "
        "roster.csv of each week, tell them apart."
    ]


def _strangers(found, roster):
    names = sorted(each.name for each in found if roster not in each.entries)
    if not names:
        return []
    return [f"{len(names)} of the learners aren't in the roster: {listed(names, MAX_NAMED)}."]
