"""The command line: a file a command. A headless command loads no Qt, and torch only when it tracks or trains."""
