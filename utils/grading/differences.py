"""In what two versions of the course differ, for the results of each; see `versions`."""

from dataclasses import dataclass

NO_STAMP = "they were graded before versions were noted"
COURSE = "the code that grades all exercises changed"


@dataclass(frozen=True)
class Difference:
    """In what the version of a result isn't the one that grades now; false where it is the same.

    words: tuple of str, each a short sentence; names: frozenset of the exercises that it concerns;
    checks: those of them that must be executed again; is_whole: whether all of them must.
    """

    words: tuple = ()
    names: frozenset = frozenset()
    checks: frozenset = frozenset()
    is_whole: bool = False

    def __bool__(self):
        return bool(self.words)


def difference(kept, now, has_choice=False):
    """Return the Difference of a result's stamp, `kept`, and the one that grades now.

    has_choice: whether the learner has several files, so that it matters which one is picked.
    """
    if not _is_stamp(kept):
        return Difference((NO_STAMP,), is_whole=True)
    shared = _of_all(kept, now, has_choice)
    checks, gone, worth = _of_checks(kept, now), _gone(kept, now), _of_points(kept, now)
    # Of what was worth nothing, nobody noted whether it is right.
    unknown = {name for name in worth if not kept["points"][name]}
    return Difference(
        (*shared, *checks.values(), *gone.values(), *worth.values()),
        frozenset(checks | gone | worth),
        frozenset(checks.keys() | unknown),
        bool(shared),
    )


def _is_stamp(kept):
    """Whether this is a whole stamp: somebody may have changed a file of results."""
    kinds = {"course": str, "setting": dict, "pick": str, "checks": dict, "points": dict}
    return all(isinstance(kept.get(key), kind) for key, kind in kinds.items())


def _of_all(kept, now, has_choice):
    """Return what concerns all exercises, in words: list of str."""
    old, new = ({**each["setting"], "--pick": each["pick"]} for each in (kept, now))
    names = sorted((old.keys() | new.keys()) - (set() if has_choice else {"--pick"}))
    words = [COURSE] if kept["course"] != now["course"] else []
    return words + [
        f"{name} is {new.get(name, 'missing')}, was {old.get(name, 'missing')}"
        for name in names
        if old.get(name) != new.get(name)
    ]


# The others return {exercise: what changed, in words}.


def _of_checks(kept, now):
    old, new = kept["checks"], now["checks"]
    changed = {name: f"the check of {name} changed" for name in new if name in old}
    added = {name: f"{name} is a new exercise" for name in new if name not in old}
    return {name: words for name, words in (changed | added).items() if old.get(name) != new[name]}


def _gone(kept, now):
    names = sorted(kept["checks"].keys() - now["checks"].keys())
    return {name: f"{name} is no exercise any more" for name in names}


def _of_points(kept, now):
    found = {}
    for name, points in now["points"].items():
        was = kept["points"].get(name, points)
        if was != points:
            unit = "point" if points == 1 else "points"
            found[name] = f"{name} is worth {points} {unit}, was {was}"
    return found
