"""Data sets, one module each: `fetch_*` may download, `make_*` draws. All return arrays."""
