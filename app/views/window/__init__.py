"""The main window: menus, toolbar, panels, status bar, and the table of actions."""
