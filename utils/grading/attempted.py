"""Tells an answer from the stub that the course's notebook holds in its place."""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_attempted(answer):
    """Whether an exercise was worked on. answer: rebuild.Answer."""
    own = [piece for piece in answer.pieces if answer.name in piece.binds]
    return bool(own) and not any(map(_holds_stub, own))


def _holds_stub(piece):
    """Whether a function of a statement does nothing but raise NotImplementedError."""
    try:
        nodes = list(ast.walk(ast.parse(piece.source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(_is_stub(node) for node in nodes if isinstance(node, FUNCTIONS))


def _is_stub(node):
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    first = body[0] if body else None
    return isinstance(first, ast.Raise) and "NotImplementedError" in ast.unparse(first)
