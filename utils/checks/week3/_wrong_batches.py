"""Mistakes of `batch_generator`, as rows of switches."""


def _filled(batch, size):
    return batch + [None] * (size - len(batch))


ROWS = {
    "You take one item more than the batch needs before you yield it.": {"before": True},
    "The item that finds the batch full is lost: it belongs to the next one.": {
        "before": True,
        "loses": True,
    },
    "Each batch is one item too long: yield it when it holds batch_size items.": {
        "is_full": lambda batch, size, number: len(batch) > size
    },
    "Each batch is one item too short: yield it when it holds batch_size items.": {
        "is_full": lambda batch, size, number: len(batch) >= max(size - 1, 1)
    },
    "The first batch has a single item: number 0 is divided by every batch_size without a "
    "rest; count from 1, or look at the length of the batch.": {
        "is_full": lambda batch, size, number: number % size == 0
    },
    "The last batch is filled up; it may be shorter.": {"finish": _filled},
    "The next batch starts with the last item of the one before; no item comes twice.": {
        "keeps": lambda batch: batch[-1:] if len(batch) > 1 else []
    },
    "A batch keeps what the one before held; start a new list after each yield.": {
        "keeps": list,
        "is_full": lambda batch, size, number: (number + 1) % size == 0,
    },
    "Items that count as false, such as 0, '' and None, are left out: they are items too.": {
        "given": bool
    },
    "Items that are None are left out: they are items too.": {
        "given": lambda item: item is not None
    },
    "The items of a batch are in reverse order.": {"finish": lambda batch, size: batch[::-1]},
}
