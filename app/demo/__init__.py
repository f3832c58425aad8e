"""The built-in demo clip: a seaside road, drawn by this package, with the true box of everything that moves."""

from pathlib import Path

DEMO_VIDEO = Path(__file__).resolve().parents[2] / "resources" / "demo.mp4"
