from __future__ import annotations

import re
from typing import Any

import pytest

from app.settings.schema import SETTINGS, THEME, Kind, Setting


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_says_what_it_is_and_allows_its_own_default(setting: Setting[Any]) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", setting.key)
    assert setting.label
    assert setting.checked(setting.default) == setting.default
    assert (setting.kind is Kind.CHOICE) == bool(setting.choices)


def test_no_two_settings_share_a_key() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert len(set(keys)) == len(keys)


SWITCH = Setting("a.switch", Kind.SWITCH, False, "Switch")
WHOLE = Setting("a.whole", Kind.WHOLE, 3, "Whole", least=1, most=9)
NUMBER = Setting("a.number", Kind.NUMBER, 0.5, "Number", least=0, most=1)
TEXTS: Setting[tuple[str, ...]] = Setting("a.texts", Kind.LIST, (), "Texts")


@pytest.mark.parametrize(
    ("setting", "value", "read"),
    [
        (SWITCH, True, True),
        (WHOLE, 1, 1),
        (WHOLE, 9, 9),
        (NUMBER, 1, 1.0),
        (NUMBER, 0.25, 0.25),
        (THEME, "dark", "dark"),
        (TEXTS, ["a", "b"], ("a", "b")),
    ],
)
def test_a_good_value_is_read_as_the_settings_own_type(setting: Setting[Any], value: object, read: object) -> None:
    checked = setting.checked(value)
    assert checked == read
    assert type(checked) is type(setting.default)


@pytest.mark.parametrize(
    ("setting", "value", "allowed"),
    [
        (SWITCH, 1, "true or false"),
        (SWITCH, "true", "true or false"),
        (WHOLE, True, "a whole number from 1 to 9"),
        (WHOLE, 2.0, "a whole number from 1 to 9"),
        (WHOLE, 10, "a whole number from 1 to 9"),
        (NUMBER, float("nan"), "a number from 0 to 1"),
        (NUMBER, 2, "a number from 0 to 1"),
        (THEME, "blue", "one of system, light, dark"),
        (THEME, None, "one of system, light, dark"),
        (TEXTS, [1], "a list of texts"),
        (TEXTS, "ab", "a list of texts"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(setting: Setting[Any], value: object, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(allowed)}$"):
        setting.checked(value)
