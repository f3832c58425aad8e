"""The command line, one file per command. A headless command loads no Qt, and torch only when it tracks or trains."""
