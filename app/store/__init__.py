"""The project file: SQLite, and every edit is on disk when the call returns. No Qt."""
