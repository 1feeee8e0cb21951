"""`python -m counter_app.district`: the server's program."""

import sys

from counter_app.district.program import main

if __name__ == "__main__":
    sys.exit(main())
