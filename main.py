"""Starts Siamark: the window, or a subcommand (`python main.py --help`)."""

import faulthandler
import os
import sys

from app.cli import main

# Before torch is loaded, which reads it once. Threads of the network that wait shall spin for some 20 microseconds and
# then sleep. libgomp's own choice, milliseconds, takes the core that decodes; no spinning costs a third of the speed.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")

if __name__ == "__main__":
    faulthandler.enable()
    sys.exit(main())
