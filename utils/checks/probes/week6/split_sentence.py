"""On which inputs `split_sentence` is tried."""

from ..recorder import probe
from ._captions import LETTERS, new_words


@probe
def split_sentence(call, rng):
    words = rng.permutation(new_words(rng, 9)).tolist()
    one, two, three, four = words[:4]
    plain = words[: rng.integers(4, 10)]
    number, digit = int(rng.integers(10, 1000)), int(rng.integers(10))
    accented = [word + accent for word, accent in zip(words[4:7], rng.permutation(list("éïüñåø")))]
    first, second, third = accented
    call("a plain sentence with a word twice", " ".join([*plain, one]))
    call("capitals, a comma and a full stop", f"A {one.title()} {two.upper()}, {three}.")
    call("a hyphen, an apostrophe and a slash", f"{one}-{two} {three}'s {one}/{four}")
    call("numbers and an underscore", f"{one} {number} {two}{digit} {three}_{four}")
    call("letters with accents", f"{first.title()} {one} {second}{two} {third.upper()} {four}")
    call("several spaces, a tab and a new line", f"  {one}   {two}\t{three}\n{four} ")
    call("brackets right beside words", f'("{one}") [{two}]; {three}!? {four}...')
    call("curly quotes and dashes", f"“{one}”—{two}’s {three}… {four} – ß{digit}")
    call("one letter", str(rng.choice(LETTERS)).upper())
    call("only punctuation", " ... !")
    call("nothing", "")
