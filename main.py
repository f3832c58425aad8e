"""Starts Siamark from a source tree: the window, or a subcommand (``python main.py --help``)."""

import sys

OUR_OWN = ("app", "benchmarks", "resources", "tracker_core")

if __name__ == "__main__":
    try:
        from app.cli.main import run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in OUR_OWN:
            raise
        sys.exit(
            f"This Python has no package {error.name}, which Siamark needs. script/run sets up an environment that has "
            "all of them; activate it with: . .venv/bin/activate"
        )
    except KeyboardInterrupt:  # Ctrl+C while the program is still being loaded
        sys.exit(130)
    run()
