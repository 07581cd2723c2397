"""What the command does with a cohort: find it, test itself, have it graded, write the reports."""

import os
import sys

from .. import config
from ..display import quiet
from ..errors import CourseError
from ..files import is_readable
from . import blindfold, canaries, report_folder, versions, withdrawn
from .batch import DETAILS, Batch, Grader, open_forkserver
from .grade import empty_result
from .intake import roster, submissions
from .marks import rules as marks_rules
from .marks.final import Marker
from .plan import SAME, check_names, make_plan
from .regrade import Again, as_handed_in
from .reports.imports import read_tables
from .reports.write import FEEDBACK, write_all
from .results import Status
from .sandbox.box import Box, NoBox
from .sandbox.limits import SUBMISSION_SECONDS, Limits
from .time_left import Progress, sayable
from .workers import Inline, Pool

TRUSTED = "No sandbox (--trusted): the code of these notebooks runs with all your rights."


def _failed(submission, batch, problem):
    """Return the result of a submission on which the grader itself failed: not a score."""
    result = empty_result(submission, batch.week, batch.seed)
    result.refuse(f"The grader failed on it: {problem}", failed=True)
    return result


def self_test(pool, week):
    """Grade the canaries; raise CourseError where one got what it should not."""
    for canary, result, problem in pool.grade(canaries.make(week)):
        if problem:
            raise CourseError(f"The self-test failed on '{canary.name}': {problem}")
        canaries.verify(canary, result)


def _grade_all(pool, batch, waiting, most=SUBMISSION_SECONDS):
    progress = Progress(len(waiting), None, _running(pool, waiting), most)
    pool.waits = progress.wait
    in_order = sorted(waiting, key=lambda work: _submission_of(work).code)  # no order of names
    for work, result, problem in pool.grade(in_order):
        submission = _submission_of(work)
        result = _saved(submission, result or _failed(submission, batch, problem), batch)
        words = f"{result.score} of {result.max_score}" if result.is_graded else result.status
        progress.step(submission.called, words, result.is_graded)


def _submission_of(work):
    return work.submission if isinstance(work, Again) else work


def _running(pool, waiting):
    """Return the function that says who is being graded; in an anonymous run, it says codes."""
    works = map(_submission_of, waiting)
    called = {item.folder: item.called for item in works if item.code}
    return lambda: {called.get(name, name): age for name, age in pool.running().items()}


def _saved(submission, result, batch):
    """Keep a result and return it; one that can't be written costs itself, not the batch."""
    try:
        batch.save(submission, result)
        return result
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        failed = _failed(submission, batch, f"{type(error).__name__}: {error}")
        batch.save(submission, failed)
        return failed


def _open(options, batch, new_box):
    """Return (what grades a batch's submissions, ForkServer or None)."""
    limits = Limits(options.memory, options.seconds)
    if options.scheduler:
        from .cluster import Cluster

        about = (batch.week, batch.seed, options.trusted, limits, options.pick)
        return Cluster(options.scheduler, *about), None
    if options.trusted:
        print(TRUSTED)
        grader = Grader(batch.week, batch.seed, batch.evidence, None, limits, options.pick)
        return Inline(grader.grade), None
    forkserver = open_forkserver(batch.week, new_box)
    about = (batch.week, batch.seed, batch.evidence, forkserver, limits, options.pick)
    forkserver.wait()
    keep_out = [forkserver.process.stdin.fileno(), batch.lock.fileno()]
    return Pool(Grader(*about).grade, options.jobs, keep_out, options.seconds), forkserver


def grade_cohort(options, new_box=Box):
    """Grade a cohort as the command line says; return the exit status. new_box: see `ForkServer`.

    All that could be wrong with what the instructor wrote is found before anything is made.
    """
    quiet.hush()
    os.environ.setdefault("COURSE_PROFILE", "tiny")
    config.profile()  # a wrong one is said now
    os.environ.pop("COURSE_SOLUTIONS", None)
    check_names(options.week, options.regrade or ())
    if os.path.exists(options.submissions) and not is_readable(options.submissions):
        raise CourseError(f"{options.submissions} can't be read: you have no permission.")
    rules = marks_rules.read(options.submissions, options, options.week)
    options.pick = rules.pick
    tables = read_tables(options)
    people, found, absent, sentences = _people(options, tables)
    if rules.policy:
        sentences = [f"Late work loses {rules.policy}.", *sentences]
    state = _check_out(options, new_box)
    resume = options.resume or options.regrade is not None
    is_anonymous = blindfold.is_on(options.anonymous, state)
    seed = blindfold.seed_of(options.seed, state)
    if is_anonymous:
        found, absent = blindfold.put_on(found, absent, seed, options.out)
    mask = blindfold.mask_of([*found, *absent], rules, people, seed, options.out)
    marker = Marker([*found, *absent], rules)
    batch = Batch(options.out, options.week, seed, resume, marker, is_anonymous)
    try:
        _bring_up_to_date(options, batch, found, new_box)
        sentences += withdrawn.sort_out(
            batch.folder,
            [item.folder for item in found],
            FEEDBACK,
            DETAILS,
            [item.folder for item in absent],
        )
        results = [as_handed_in(batch.result(item), item) for item in found]
        results += [_absent(item, batch) for item in absent]
        sentences += write_all(batch.folder, results, [*found, *absent], rules, mask, tables)
    except CourseError:
        batch.give_up()
        raise
    finally:
        batch.close()
    for sentence in sentences:
        print(sayable(mask.sentence(sentence), sys.stdout))
    print(f"Reports: {batch.folder / 'index.html'}, {batch.folder / 'grades.csv'}")
    return 0


def _people(options, tables):
    """Return (people of the roster, submissions, those of it without work, sentences on both).

    A table that is to be filled is the roster where there is no other. Raises CourseError where
    one is of other people.
    """
    path = roster.locate(options.submissions, options.roster)
    rows = roster.read(path) if path else tables[0].people if tables else None
    found = submissions.find(options.submissions, options.out, rows)
    for table in tables:
        table.check(found)
    return ([], found, [], []) if rows is None else (rows, *roster.with_roster(found, rows))


def _check_out(options, new_box):
    """Return the state of the run that the folder holds, or None; raise CourseError where a run
    can't begin, before its folder is made."""
    report_folder.check_place(options.out)
    state = report_folder.read_state(options.out)
    if options.regrade is not None and not state:
        raise CourseError(f"{options.out} holds no run, so there is nothing to grade again.")
    if not state and not options.trusted and new_box.why_not():
        raise NoBox(new_box.why_not())
    return state


def _absent(submission, batch):
    """Return the result of somebody of the roster who handed in nothing."""
    result = empty_result(submission, batch.week, batch.seed)
    result.status = Status.NOT_HANDED_IN
    return result


def _bring_up_to_date(options, batch, found, new_box):
    """Have graded what needs it, so that all results are of the present version."""
    withdrawn.check_same_class(batch.folder, [item.folder for item in found], DETAILS)
    stamp = versions.stamp(batch.week, options.pick)
    plan = make_plan(batch, found, stamp, options.regrade)
    print(f"{plan.words(len(found))}; seed {batch.seed}", flush=True)
    if plan.is_regrade and not plan.again and not plan.rescored:
        print(SAME)
    for submission, result in plan.rescored:
        batch.save(submission, result)
    if not plan.waiting:
        return
    pool, forkserver = _open(options, batch, new_box)
    try:
        self_test(pool, batch.week)
        print("The self-test passed.", flush=True)
        _grade_all(pool, batch, plan.waiting, options.seconds)
    finally:
        pool.close()
        if forkserver:
            forkserver.close()
