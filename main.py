"""Starts Siamark from a source tree: the window, or a subcommand (``python main.py --help``)."""

from app.cli.main import run

if __name__ == "__main__":
    run()
