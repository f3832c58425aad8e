"""uv gets the settings of the machine's pip."""

from __future__ import annotations

import pytest

from script.uv_environment import pip_options, uv_variables

LISTING = """\
:env:.default-timeout='90'
:env:.find-links='/srv/wheels'
global.extra-index-url='file:///srv/one/simple\\nfile:///srv/two/simple'
global.find-links='/srv/old-wheels'
install.constraint='/etc/a.txt /etc/b.txt'
freeze.timeout='10'
"""


def test_the_environment_wins_over_the_configuration_file() -> None:
    assert pip_options(LISTING)["find-links"] == "/srv/wheels"


def test_options_of_other_commands_are_left_out() -> None:
    assert "timeout" not in pip_options(LISTING)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("UV_FIND_LINKS", "/srv/wheels"),
        ("UV_EXTRA_INDEX_URL", "file:///srv/one/simple file:///srv/two/simple"),
        ("UV_CONSTRAINT", "/etc/a.txt /etc/b.txt"),
        ("UV_HTTP_TIMEOUT", "90"),
        ("UV_INDEX_STRATEGY", "unsafe-best-match"),
    ],
)
def test_each_option_becomes_the_variable_that_uv_reads(variable: str, value: str) -> None:
    assert uv_variables(pip_options(LISTING))[variable] == value


def test_several_folders_of_wheels_are_parted_by_commas() -> None:
    assert uv_variables({"find-links": "/a /b"})["UV_FIND_LINKS"] == "/a,/b"


def test_without_another_index_uv_keeps_its_own_strategy() -> None:
    assert "UV_INDEX_STRATEGY" not in uv_variables({"find-links": "/a"})
