"""Runs the program: python -m counter_app."""

import sys

from counter_app.program import main

sys.exit(main())
