"""The header of our weights files: one JSON text under one key. Imports nothing, so that anybody may read it."""

HEADER_KEY = "siamark"
