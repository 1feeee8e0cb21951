import sys

from counter_app.district.program import main

sys.exit(main())
