"""The desktop program: model, store, video, exchange, assist below; document and workers; controllers; views on top."""
