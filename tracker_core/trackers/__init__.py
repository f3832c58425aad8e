"""A family a page: its network, its engine and its tracker."""
