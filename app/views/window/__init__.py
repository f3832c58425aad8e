"""The frame around everything: menus, toolbar, panels, status bar, and the table of actions."""
