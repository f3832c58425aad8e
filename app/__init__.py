"""The desktop program: model, store, video, exchange, assist below; document and workers; controllers; views on top."""

from typing import Final

__version__: Final = "0.1.0"
