from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.settings.schema import CACHE_MEGABYTES, DOUBT_SCORE, OVERLAY_OPACITY, OVERLAY_VISIBLE, RECENT_FILES, THEME
from app.settings.store import SettingsError, SettingsStore, settings_path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_file_everything_is_the_default_and_no_file_is_made(path: Path) -> None:
    store = SettingsStore(path)
    assert store.get(THEME) == "system"
    assert store.get(CACHE_MEGABYTES) == 1024
    assert store.problems == []
    assert not path.exists()


def test_what_was_set_is_read_again(path: Path) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    store.set(OVERLAY_VISIBLE, True)
    store.set(RECENT_FILES, ("/videos/Zürich.mp4", "/videos/b.mp4"))
    again = SettingsStore(path)
    assert again.get(THEME) == "dark"
    assert again.get(OVERLAY_VISIBLE) is True
    assert again.get(RECENT_FILES) == ("/videos/Zürich.mp4", "/videos/b.mp4")
    assert again.problems == []


def test_the_file_holds_only_what_differs_from_the_defaults(path: Path) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    store.set(CACHE_MEGABYTES, 2048)
    store.set(THEME, "system")
    store.set(DOUBT_SCORE, DOUBT_SCORE.default)
    assert json.loads(path.read_text(encoding="utf-8")) == {"video.cache_megabytes": 2048}


def test_a_bad_value_cannot_be_set(path: Path) -> None:
    store = SettingsStore(path)
    with pytest.raises(ValueError, match=r"^video\.cache_megabytes cannot be 1: it must be a whole number from 64 to"):
        store.set(CACHE_MEGABYTES, 1)
    assert store.get(CACHE_MEGABYTES) == 1024
    assert not path.exists()


def test_an_unknown_key_is_reported_and_kept(path: Path) -> None:
    write(path, '{"future.setting": [1, 2], "window.theme": "dark"}')
    store = SettingsStore(path)
    assert store.problems == [f'{path} has a setting "future.setting" that Siamark does not know; it is ignored.']
    assert store.get(THEME) == "dark"
    store.set(THEME, "light")
    assert json.loads(path.read_text(encoding="utf-8")) == {"future.setting": [1, 2], "window.theme": "light"}


def test_a_bad_value_in_the_file_is_reported_and_the_default_used(path: Path) -> None:
    write(path, '{"score_map.overlay_opacity": 7, "window.theme": "dark"}')
    store = SettingsStore(path)
    assert store.problems == [
        f"{path}: score_map.overlay_opacity cannot be 7: it must be a number from 0 to 1; 0.5 is used."
    ]
    assert store.get(OVERLAY_OPACITY) == 0.5
    assert store.get(THEME) == "dark"


def test_setting_the_default_mends_a_bad_value_in_the_file(path: Path) -> None:
    write(path, '{"score_map.overlay_opacity": 7}')
    SettingsStore(path).set(OVERLAY_OPACITY, 0.5)
    assert SettingsStore(path).problems == []


@pytest.mark.parametrize("text", ["{", "[1]", "null", "\ufeff{}", "[" * 100_000, '{"a": ' + "1" * 10_000 + "}"])
def test_a_broken_file_is_reported_once_and_kept_beside_the_new_one(path: Path, text: str) -> None:
    write(path, text)
    store = SettingsStore(path)
    assert len(store.problems) == 1
    assert str(path) in store.problems[0]
    assert store.problems[0].endswith("the defaults are used.")
    assert len(store.problems[0]) < 400 + len(str(path))
    assert SettingsStore(path).problems == []
    store.set(THEME, "dark")
    assert SettingsStore(path).get(THEME) == "dark"
    assert path.with_suffix(".unreadable").read_text(encoding="utf-8") == text


def test_a_file_that_is_not_utf8_is_reported(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"window.theme": "\xff"}')
    assert "not valid JSON" in SettingsStore(path).problems[0]


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")

    def fail(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(SettingsError, match=r"could not be written to .*: No space left on device"):
        store.set(THEME, "light")
    assert store.get(THEME) == "light"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]
    assert SettingsStore(path).get(THEME) == "dark"


def test_a_folder_in_the_files_place_is_reported_and_set_aside(path: Path) -> None:
    path.mkdir(parents=True)
    store = SettingsStore(path)
    assert "cannot be read" in store.problems[0]
    store.set(THEME, "dark")
    assert SettingsStore(path).get(THEME) == "dark"


def test_the_file_lies_in_the_users_configuration_folder() -> None:
    assert settings_path().name == "settings.json"
    assert "Siamark" in settings_path().parts


@pytest.mark.parametrize(
    "value", ["1" * 400, "1e999", "NaN", "-Infinity", "[" * 900 + "]" * 900, '"' + "x" * 5000 + '"']
)
def test_a_value_beyond_all_bounds_is_reported_in_short(path: Path, value: str) -> None:
    write(path, f'{{"{DOUBT_SCORE.key}": {value}}}')
    store = SettingsStore(path)
    assert store.get(DOUBT_SCORE) == DOUBT_SCORE.default
    (problem,) = store.problems
    assert len(problem) < 400 + len(str(path))


@pytest.mark.parametrize(
    "text",
    [
        '{"later": ' + "[" * 900 + "]" * 900 + "}",
        '{"later": "' + "x" * 2_000_000 + '"}',
        "[" * 100_000,
    ],
)
def test_what_could_not_be_written_again_is_set_aside(path: Path, text: str) -> None:
    write(path, text)
    store = SettingsStore(path)
    (problem,) = store.problems
    assert "kept as settings.unreadable" in problem
    store.set(THEME, "dark")
    assert SettingsStore(path).problems == []
    assert path.with_suffix(".unreadable").read_text() == text


def test_a_name_that_is_no_text_is_kept(path: Path) -> None:
    """A file's name may hold any bytes; Python shows those that are no text as lone surrogates."""
    name = os.fsdecode(b"/videos/Z\xfcrich \xc3\xbc.mp4")
    SettingsStore(path).set(RECENT_FILES, (name,))
    assert SettingsStore(path).get(RECENT_FILES) == (name,)
    assert SettingsStore(path).problems == []


def test_an_unknown_key_is_shown_on_one_line_whatever_it_is(path: Path) -> None:
    write(path, json.dumps({"\r\n\ud800" + "x" * 5000: 1}))
    store = SettingsStore(path)
    (problem,) = store.problems
    assert problem.isprintable()
    assert len(problem) < 300 + len(str(path))
    store.set(THEME, "dark")
    assert len(json.loads(path.read_text())) == 2
