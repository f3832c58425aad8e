"""Starts Siamark: the window, or a subcommand (`python main.py --help`)."""

import faulthandler
import os
import sys

from app.cli import main

# Before torch is loaded, which reads it once. Else the network's waiting threads spin on the core that decodes: on two
# busy cores `track` then took 119 ms of processor time a frame, and takes 32 so.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

if __name__ == "__main__":
    faulthandler.enable()
    sys.exit(main())
