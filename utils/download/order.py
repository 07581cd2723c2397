"""Which source of a file is tried next, and whether a slow one is left for another."""

from tqdm import tqdm

from . import rate

MOST = 3  # times that one source is left; then it goes on at whatever speed


class Attempts:
    """Iterate over it for (address, entry that it should have), until `failed` left none.

    Sources come in their order, those that are known to be slow last and the fastest of them first.
    name: what the file is called; found: iterable of (address, entry).
    """

    def __init__(self, name, found):
        self.name, self.versions = name, dict(found)
        self.rates = {url: rate.known_rate(url) for url in self.versions}  # None: not known as slow
        self.left = {}  # address: how often it was left
        self.said = False

    def __iter__(self):
        while self.versions:
            new = [url for url in self.versions if self.rates[url] is None]
            url = new[0] if new else max(self.versions, key=self.rates.get)
            if not new:
                self._say_all_slow(url)
            yield url, self.versions[url]

    def watch(self, url):
        """Return the rate.Watch for a visit; once one source was slow, verdicts come sooner."""
        window = rate.WINDOW_SECONDS / (2 if self.left else 1)
        return rate.Watch(window, lambda speed, to_come: self._leave(url, speed, to_come))

    def failed(self, url):
        """Strike a source off, as it can't provide the file."""
        del self.versions[url]

    def _leave(self, url, speed, to_come):
        """Note the rate of a slow source; return whether another may be faster."""
        self.rates[url] = speed
        rate.remember(url, speed)
        others = [self.rates[other] for other in self.versions if other != url]
        times = self.left.get(url, 0)
        # One that was left already is only left again for one that is twice as fast.
        faster = any(known is None or known > speed * (2 if times else 1) for known in others)
        if not faster or times >= MOST:
            self._say_all_slow(url, to_come)
            return False
        self.left[url] = times + 1
        then = "; trying the next source" if None in others else ""
        tqdm.write(f"{self.name}: {rate.host_of(url)} sent {rate.in_words(speed)}{then}.")
        return True

    def _say_all_slow(self, url, to_come=None):
        if self.said:
            return
        self.said = True
        speed = self.rates[url]
        which = "the fastest" if len(self.versions) > 1 else "the only one left"
        minutes = f", about {to_come / speed / 60 + 1:,.0f} min more" if to_come and speed else ""
        tqdm.write(
            f"{self.name}: every source is slow. Going on with {which}, "
            f"{rate.host_of(url)} ({rate.in_words(speed)}{minutes})."
        )
