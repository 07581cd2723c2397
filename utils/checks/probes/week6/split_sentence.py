"""On which inputs `split_sentence` is tried."""

from ..recorder import probe
from ._captions import new_words


@probe
def split_sentence(call, rng):
    one, two, three, four = rng.permutation(new_words(rng, 4))
    call("a plain sentence with a word twice", f"{one} {two} {three} {one}")
    call("capitals, a comma and a full stop", f"A {one.title()} {two.upper()}, {three}.")
    call("a hyphen, an apostrophe and a slash", f"{one}-{two} {three}'s {one}/{four}")
    call("numbers and an underscore", f"{one} 42 {two}3 {three}_{four}")
    call("letters with accents", f"Café {one} naïve ÜBER {two}")
    call("several spaces, a tab and a new line", f"  {one}   {two}\t{three}\n{four} ")
    call("brackets right beside words", f'("{one}") [{two}]; {three}!? {four}...')
    call("one letter", "A")
    call("only punctuation", " ... !")
    call("nothing", "")
