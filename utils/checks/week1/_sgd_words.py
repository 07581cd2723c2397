"""What is said of a loop over mini-batches where one of its facts doesn't hold."""

CALLED = "what each step calls"
FORM = "the form of the result"
SIZES = "rows in each batch"
ONCE = "each epoch goes through every row once"
PAIRED = "the rows of X and y in a batch belong together"
SHUFFLED = "rows are shuffled"
ANEW = "each epoch has an order of its own"
LATEST = "each gradient is taken at the weights of the step before"
HANDED = "each step gets those weights and that gradient"
KEPT = "the result holds the weights after each step"
REPEATED = "the order is that of the first call"

CALLS = {
    "neither": "Your loop calls neither `gradient` nor `step`, the functions that it was given.",
    "no gradient": "`gradient` is never called: each step needs the gradient of its own batch.",
    "no step": "`step` is never called: it makes the new weights of the old ones and the gradient.",
    "more steps than gradients": "`step` is called more often than `gradient`: each step needs a "
    "gradient of its own.",
    "more gradients than steps": "`gradient` is called more often than `step`: take a step after "
    "each batch.",
}
FORMS = {
    "the last weights alone": "You returned the last weights alone; a list of the weights after "
    "each step is asked for.",
    "a pair": "You returned a pair; a list of the weights after each step is asked for, alone.",
    "the first weights too": "Your list begins with the weights before the first step; it holds "
    "those after each step alone.",
    "fewer weights than steps": "Your list is shorter than the number of steps: append the weights "
    "after each step, not after each epoch.",
}


def _of_sizes(ours, theirs):
    if not ours or ours == theirs:
        return ""
    size, last = max(theirs), theirs[-1]
    if 0 in ours:
        return "One of your batches is empty: stop where no rows are left."
    if last < size and ours == [each for each in theirs if each == size]:
        return "The last batch is left out: what is left at the end of an epoch is a batch, too."
    if last < size and len(ours) == len(theirs) and set(ours) == {size}:
        return "Your last batch is full: it holds only the rows that are left."
    if len(ours) < len(theirs) and ours == theirs[: len(ours)]:
        batches = theirs.index(last) + 1 if last < size else len(theirs)
        if len(ours) == batches or len(theirs) % len(ours) == 0:
            return "Your loop stops too early: go on until all epochs are over."
        return ""
    if len(ours) > len(theirs) and len(ours) % len(theirs) == 0:
        return "You run more epochs than were asked for."
    if len(set(ours)) == 1 and len(ours) < len(theirs) and ours[0] > size:
        return "Each of your gradients is of all rows; it is of one batch."
    if max(ours) - min(ours) <= 1 and sum(ours) == sum(theirs) and max(theirs) - last > 1:
        return (
            "Your batches are all of nearly the same size, as np.array_split cuts them; here each "
            "holds batch_size rows, and the last one what is left."
        )
    return ""


def _known(sentence):
    """Say a sentence only where a fact is known."""
    return lambda ours, theirs: "" if ours is None else sentence


def _of_repetition(ours, theirs):
    if ours is None:
        return ""
    if theirs:
        return (
            "The same rng gives another order each time: draw from `rng` alone, "
            "not from np.random, "
            "nor from a generator of your own."
        )
    return "Another rng gives the same order: the shuffle must be drawn from `rng`."


SAID = {
    ONCE: "Some rows come twice in an epoch, and some not at all: shuffle all rows once, then cut "
    "that order into batches.",
    PAIRED: "The rows of X and y in a batch don't belong together: take both by the same indices.",
    SHUFFLED: "The rows aren't shuffled: draw an order of all rows from rng, and keep what it "
    "returns.",
    ANEW: "All epochs go through the rows in the same order: shuffle anew at the start of each.",
    LATEST: "A gradient isn't taken at the latest weights: each step starts from what the step "
    "before returned.",
    HANDED: "`step` gets the latest weights and the gradient of this batch, in this order.",
    KEPT: "Your list doesn't hold what `step` returned, in the order of the steps.",
}
SENTENCES = {
    CALLED: lambda ours, theirs: CALLS.get(ours, ""),
    SIZES: _of_sizes,
    **{name: _known(sentence) for name, sentence in SAID.items()},
    FORM: lambda ours, theirs: FORMS.get(ours, ""),
    REPEATED: _of_repetition,
}
