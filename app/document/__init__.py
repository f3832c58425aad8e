"""The open project and its sole owner, the commands that edit it, and the session that is not saved."""
