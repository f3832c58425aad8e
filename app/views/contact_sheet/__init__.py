"""The contact sheet: one track in many small pictures, to be seen at a glance."""
