"""Every setting once (key, kind, default, label), and where their values are kept. No Qt."""
