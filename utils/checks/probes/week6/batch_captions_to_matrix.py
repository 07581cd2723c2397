"""On which inputs `batch_captions_to_matrix` is tried."""

from ..recorder import probe


@probe
def batch_captions_to_matrix(call, rng):
    def captions(*lengths):
        return [rng.integers(2, 50, size=length).tolist() for length in lengths]

    call("three captions of 3, 5 and 2", captions(3, 5, 2), 1)
    call("padding is 7", captions(2, 4, 1, 4), 7)
    call("at most 3 numbers", captions(2, 5, 3, 6), 1, 3)
    call("at most 9 numbers, which is more than needed", captions(4, 2), 0, 9)
    call("as long as allowed", captions(4, 2), 1, 4)
    call("an empty caption", captions(0, 2), 1)
    call("one caption", captions(4), 1)
