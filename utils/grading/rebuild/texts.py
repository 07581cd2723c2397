"""What a statement binds or uses by a name that is text: `globals()["rate"]`, and files."""

import ast
import re

SPACES = {"globals", "locals", "vars"}  # the notebook's names, as a dict
WRITERS = {  # of files
    *("dump", "save", "savetxt", "savez", "savez_compressed", "to_csv", "touch", "write"),
    *("write_bytes", "write_text", "writelines", "writerow", "writerows"),
}
MAKERS = {"makedirs", "mkdir"}  # of folders
FILE = re.compile(r"[\w. /-]*\w\.\w{1,5}")
MAX_TEXTS, MAX_STATEMENTS, MIN_LETTERS = 20, 20, 3  # more would make reading slow


def of(nodes):
    """Return the strings among nodes, and what imports call their files, as a set."""
    found = {node.value for node in nodes if isinstance(node, ast.Constant)}
    found |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return {text for text in found if isinstance(text, str) and text.isprintable()}


def written(nodes, texts):
    """Return the names of files and folders that these nodes write, as far as texts hold them."""
    functions = {_name(node.func) for node in nodes if isinstance(node, ast.Call)}
    if functions & MAKERS:
        return {part for text in texts for part in text.split("/") if len(part) >= MIN_LETTERS}
    if functions & WRITERS:
        return {text.rpartition("/")[2] for text in texts if FILE.fullmatch(text)}
    return set()


def read(texts, files):
    """Return those of the files that texts name, as `out/table.csv` or as a module."""
    parts = {part for text in texts for part in text.split("/")}
    return files & (parts | {f"{text}.py" for text in texts})


def names_in(texts, names):
    """Return those of the names that texts are, or that they begin or end: `f"{kind}_rule"`."""
    ends = tuple(sorted(text for text in texts if len(text) >= MIN_LETTERS)[:MAX_TEXTS])
    affixed = {name for name in names if name.startswith(ends) or name.endswith(ends)}
    return affixed | names & texts


def resolve(statements):
    """Add what is named by text to what statements bind and use."""
    files = set().union(*(statement.writes for statement in statements))
    names = set().union(*(statement.binds for statement in statements))
    reflecting = [statement for statement in statements if statement.uses & SPACES]
    for statement in reflecting[:MAX_STATEMENTS]:
        place = statement.now if statement.now & SPACES else statement.later
        place |= names_in(statement.texts, names - statement.binds)
    for statement in statements if files else ():
        statement.now |= {f"file {name}" for name in read(statement.texts, files)}
        statement.binds |= {f"file {name}" for name in statement.writes}


def _name(function):
    return getattr(function, "attr", None) or getattr(function, "id", None)
