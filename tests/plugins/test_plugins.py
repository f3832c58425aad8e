"""Packages that bring trackers, detectors and formats: the examples of the documents, and broken ones."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.assist.loaded_tracker import LoadedTracker, load
from app.batch.doing import do_job
from app.batch.job import FirstBox, Job, JobError
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import all_exports, all_formats, check, format_named
from app.exchange.importing import import_tracks
from app.exchange.plugged import plugged_formats
from app.settings.tracker_choice import TrackerChoice
from tests.support.annotated_projects import street
from tests.support.batches import project_in
from tracker_core.geometry import Box
from tracker_core.plugins import TRACKERS, PluginError, plugin_named, plugins
from tracker_core.weights.catalog import CatalogError, look_through, model_named
from tracker_core.weights.keeping import ModelError, remove_model

Install = Callable[..., None]


def write_moving_square(folder: Path, *, frames: int) -> tuple[Path, list[Box]]:
    """Pictures of a bright, patterned square that moves by three pixels a frame."""
    folder.mkdir()
    boxes = []
    pattern = np.random.default_rng(0).integers(210, 256, (24, 24, 1), np.uint8)
    for number in range(frames):
        picture = np.full((90, 160, 3), 60, np.uint8)
        x, y = 20 + 3 * number, 30 + number
        picture[y : y + 24, x : x + 24] = pattern
        cv2.imwrite(str(folder / f"{number:03}.png"), picture)
        boxes.append(Box(x, y, 24, 24))
    return folder, boxes


@pytest.fixture
def install(tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a package where Python looks for installed ones, as pip would."""
    place = tmp_path / "site-packages"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    before = set(sys.modules)
    plugged_formats.cache_clear()

    def installed(package: str, entries: dict[str, dict[str, str]], *, source: str | Path) -> None:
        module = next(iter(next(iter(entries.values())).values())).partition(":")[0]
        if isinstance(source, Path):
            shutil.copy(project_root / "docs" / "examples" / source, place)
        else:
            (place / f"{module}.py").write_text(source)
        info = place / f"{package.replace('-', '_')}-0.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.1\n")
        lines = [
            line
            for group, points in entries.items()
            for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()), "")
        ]
        (info / "entry_points.txt").write_text("\n".join(lines))
        plugged_formats.cache_clear()

    yield installed
    for name in set(sys.modules) - before:
        if name.startswith(("siamark_", "broken")):
            del sys.modules[name]
    plugged_formats.cache_clear()


@pytest.fixture
def template(install: Install) -> None:
    install(
        "siamark-template-tracker",
        {"siamark.trackers": {"template": "siamark_template_tracker:load"}},
        source=Path("plugin_tracker", "siamark_template_tracker.py"),
    )


def test_the_examples_name_what_their_modules_hold(project_root: Path) -> None:
    found = {}
    for place in (project_root / "docs" / "examples").glob("plugin_*"):
        told = tomllib.loads((place / "pyproject.toml").read_text("utf-8"))
        for group, points in told["project"]["entry-points"].items():
            for name, value in points.items():
                module, _, attribute = value.partition(":")
                assert attribute in (place / f"{module}.py").read_text("utf-8")
                found[group] = name
    assert found == {"siamark.trackers": "template", "siamark.detectors": "bright", "siamark.formats": "lines"}


def test_a_tracker_is_listed_without_being_imported_and_follows(template: None, tmp_path: Path) -> None:
    model = model_named("template", added=tmp_path)
    assert (model.family.title, model.plugin, model.is_built_in) == ("Plug-in", "siamark-template-tracker 0.1", False)
    assert len(model.sha256) == 64
    assert "siamark_template_tracker" not in sys.modules
    loaded = load(TrackerChoice("template"), models_folder=tmp_path)
    assert loaded.tracker.name == "template"
    video, boxes = write_moving_square(tmp_path / "square", frames=12)
    out = tmp_path / "out"
    out.mkdir()
    do_job(
        Job("a", "template", video=video, boxes=(FirstBox(boxes[0]),)),
        out,
        lambda name: load(TrackerChoice(name), models_folder=tmp_path),
        lambda done, total: None,
    )
    (track,) = project_in(out).tracks.values()
    records = dict(track.items())
    assert len(records) == 12
    assert all(record.box is not None and record.box.iou(boxes[frame]) > 0.7 for frame, record in records.items())


def test_a_plug_in_is_not_deleted_from_the_models(template: None, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is a plug-in of the package siamark-template-tracker"):
        remove_model("template", folder=tmp_path)


def test_a_format_goes_out_and_comes_in_like_ours(install: Install, tmp_path: Path) -> None:
    install(
        "siamark-lines-format",
        {"siamark.formats": {"lines": "siamark_lines_format:FORMAT"}},
        source=Path("plugin_format", "siamark_lines_format.py"),
    )
    assert [entry.name for entry in all_formats()][-1] == [entry.name for entry in all_exports()][-1] == "lines"
    project = street()
    report = export(project, "lines", tmp_path / "tracks.txt")
    assert report.tracks == 3
    assert check(tmp_path / "tracks.txt", "lines") == []
    imported = import_tracks("lines", tmp_path / "tracks.txt", project.video)
    assert {track.id: track.label for track in imported.tracks} == {1: "car", 2: "person", 5: "car"}
    (tmp_path / "bad.txt").write_text("0 1 0 0 1e999 5 car\n")
    with pytest.raises(ExchangeError, match=r"bad.txt, line 1: "):
        import_tracks("lines", tmp_path / "bad.txt", project.video)


def test_a_detector_starts_a_batch(install: Install, tmp_path: Path) -> None:
    install(
        "siamark-bright-detector",
        {"siamark.detectors": {"bright": "siamark_bright_detector:load"}},
        source=Path("plugin_detector", "siamark_bright_detector.py"),
    )
    video, boxes = write_moving_square(tmp_path / "square", frames=6)
    out = tmp_path / "out"
    out.mkdir()
    result = do_job(
        Job("a", "none", video=video, detector="bright", carry=0), out, _no_tracker, lambda done, total: None
    )
    assert result.tracks >= 1
    project = project_in(out)
    assert list(project.labels) == ["bright"]
    for frame, box in enumerate(boxes):
        shown = [track.get(frame) for track in project.tracks.values()]
        assert any(record is not None and record.box is not None and record.box.iou(box) > 0.7 for record in shown)


def _no_tracker(name: str) -> LoadedTracker:
    raise AssertionError("nothing is tracked here")


@pytest.mark.parametrize(
    "source", ["raise ImportError('a library is\\nmissing')", "", "x = 1", "def load(d, p): 1 / 0"]
)
def test_a_broken_tracker_is_named_in_one_line_and_stops_nothing(install: Install, tmp_path: Path, source: str) -> None:
    name = "x" if source == "x = 1" else "load"
    install("broken-package", {"siamark.trackers": {"broken": f"broken_package:{name}"}}, source=source)
    assert "siamrpnpp_tiny" in {model.name for model in look_through(added=tmp_path)[0]}
    with pytest.raises(CatalogError) as told:
        load(TrackerChoice("broken"), models_folder=tmp_path)
    assert "the plug-in broken (broken-package 0.1)" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_tracker_with_the_name_of_another_is_not_used(install: Install, tmp_path: Path) -> None:
    install("broken-package", {"siamark.trackers": {"siamfc": "broken_package:load"}}, source="")
    usable, damaged = look_through(added=tmp_path)
    assert [model.plugin for model in usable if model.name == "siamfc"] == [""]
    assert "has the name of another tracker" in damaged[0].problem


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('no')", "cannot be loaded (ValueError: no)"),
        ("FORMAT = 3", "is no Format"),
        (
            "from dataclasses import replace\nfrom app.exchange.formats import FORMATS\nFORMAT = FORMATS[0]",
            "the two must be the same",
        ),
    ],
)
def test_a_broken_format_is_named_where_a_format_is_asked_for(install: Install, source: str, said: str) -> None:
    install("broken-package", {"siamark.formats": {"strange": "broken_package:FORMAT"}}, source=source)
    assert all_formats()[-1].name != "strange"
    assert format_named("mot").name == "mot"
    with pytest.raises(ExchangeError, match="There is no format") as told:
        format_named("strange")
    assert "the plug-in strange (broken-package 0.1)" in str(told.value)
    assert said in str(told.value)


FAILING = """
from dataclasses import replace
from app.exchange.format import Format
from app.exchange.formats import FORMATS
def write(path, annotations, options):
    raise KeyError("oh")
FORMAT = replace(FORMATS[0], name="strange", write=write)
"""


def test_a_format_that_fails_says_so_in_one_line_and_leaves_what_was_there(install: Install, tmp_path: Path) -> None:
    install("broken-package", {"siamark.formats": {"strange": "broken_package:FORMAT"}}, source=FAILING)
    (tmp_path / "a.txt").write_text("before")
    with pytest.raises(ExchangeError, match=r"the plug-in strange \(broken-package 0.1\) failed \(KeyError: 'oh'\)"):
        export(street(), "strange", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "before"


def test_an_unknown_or_broken_detector_makes_its_job_fail(install: Install, tmp_path: Path) -> None:
    video, _ = write_moving_square(tmp_path / "square", frames=3)
    job = Job("a", "none", video=video, detector="bright", carry=0)
    with pytest.raises(JobError, match="there is no detector 'bright'; none is installed"):
        do_job(job, tmp_path, _no_tracker, lambda done, total: None)
    source = "def load(device):\n    return lambda image: [('box', 'car', 1)]\n"
    install("broken-package", {"siamark.detectors": {"bright": "broken_package:load"}}, source=source)
    with pytest.raises(JobError, match="failed on frame 0"):
        do_job(job, tmp_path, _no_tracker, lambda done, total: None)


def test_an_unknown_plug_in_names_those_that_there_are(template: None) -> None:
    assert [plugin.name for plugin in plugins(TRACKERS)] == ["template"]
    with pytest.raises(PluginError, match="there is no tracker 'other'; installed are: template"):
        plugin_named(TRACKERS, "other")
