"""The contact sheet: one track in many small pictures, to check at a glance."""
