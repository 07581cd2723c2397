"""The course's site: `make site`, or python -m utils.site; what it needs: requirements-site.txt."""
