"""Starts Siamark: the window, or a subcommand (`python main.py --help`)."""

import faulthandler
import sys

from app.cli import main

if __name__ == "__main__":
    faulthandler.enable()
    sys.exit(main())
