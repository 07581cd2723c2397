"""python -m utils.site: build.py says more."""

import sys

from .build import main

sys.exit(main())
