"""The table of formats. A new one is a file with ``write``, ``read`` and ``check``, and a row here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.exchange import (
    boxed_video,
    coco,
    coco_check,
    coco_detection,
    crops,
    csv_table,
    cvat,
    got10k,
    kitti,
    labelme,
    lasot,
    mot,
    mot_check,
    mot_det,
    otb,
    text_columns,
    viame,
    voc,
    vot,
    yolo,
    youtube_vis,
)
from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError, check_path, quoted, system_errors_told
from app.exchange.format import Export, Format, Option, Place, Rendering
from app.exchange.plugged import plugged_formats

__all__ = [
    "EXPORTS",
    "FORMATS",
    "RENDERINGS",
    "Format",
    "all_exports",
    "all_formats",
    "check",
    "export_named",
    "format_named",
    "plugin_problems",
]

FORMATS = (
    Format(
        name="mot", label="MOTChallenge",
        description="Text rows for TrackEval and MOTChallenge tools; frames and pixels are counted from 1.",
        file_filter="MOT text (*.txt)", suffix=".txt", place=Place.EITHER,
        tolerance=mot.TOLERANCE, write=mot.write, read=mot.read, check=mot_check.check, fit=mot.fit, holds=mot.HOLDS,
        options=frozenset({Option.SINGLE_CLASS, Option.FIRST_PIXEL, Option.MOT17, Option.PICTURES}), counts_frames=True,
    ),
    Format(
        name="mot-det", label="MOTChallenge detections",
        description="det.txt: boxes with scores and without tracks, for trackers that link detections.",
        file_filter="MOT text (*.txt)", suffix=".txt", place=Place.FILE,
        tolerance=mot_det.TOLERANCE, write=mot_det.write, read=mot_det.read, check=mot_det.check, holds=mot_det.HOLDS,
        options=frozenset({Option.FIRST_PIXEL}), first_class=None, counts_frames=True,
    ),
    Format(
        name="coco", label="COCO with videos",
        description="One JSON file with images, videos and tracks, as pycocotools and most training loaders read it.",
        file_filter="COCO JSON (*.json)", suffix=".json", place=Place.FILE,
        tolerance=coco.TOLERANCE, write=coco.write, read=coco.read, check=coco_check.check,
        difference_in_many=coco.difference_in_many,
        options=frozenset({Option.SINGLE_CLASS, Option.PICTURES}),
        names_pictures=True,
    ),
    Format(
        name="coco-detection", label="COCO detection",
        description="One JSON file with images and boxes, without tracks, for training a detector.",
        file_filter="COCO JSON (*.json)", suffix=".json", place=Place.FILE,
        tolerance=coco_detection.TOLERANCE, write=coco_detection.write, read=coco_detection.read,
        check=coco_check.check, holds=coco_detection.HOLDS,
        options=frozenset({Option.SINGLE_CLASS, Option.PICTURES}),
        names_pictures=True,
    ),
    Format(
        name="youtube-vis", label="YouTube-VIS",
        description="One JSON file with a list of boxes and outlines for each track, as video segmentation reads it.",
        file_filter="YouTube-VIS JSON (*.json)", suffix=".json", place=Place.FILE,
        tolerance=youtube_vis.TOLERANCE, write=youtube_vis.write, read=youtube_vis.read, check=youtube_vis.check,
        holds=youtube_vis.HOLDS, options=frozenset({Option.SINGLE_CLASS, Option.PICTURES}),
        names_pictures=True,
    ),
    Format(
        name="kitti", label="KITTI tracking",
        description="One line per box with type, corners and occlusion; frames and pixels are counted from 0.",
        file_filter="KITTI text (*.txt)", suffix=".txt", place=Place.FILE,
        tolerance=kitti.TOLERANCE, write=kitti.write, read=kitti.read, check=kitti.check, fit=kitti.fit,
        holds=kitti.HOLDS, first_class=None, counts_frames=True,
    ),
    Format(
        name="otb", label="OTB",
        description="One folder per target with groundtruth_rect.txt; pixels are counted from 1.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=otb.TOLERANCE, write=otb.write, read=otb.read, check=otb.check, holds=otb.HOLDS,
        options=frozenset({Option.FIRST_PIXEL, Option.PICTURES}), first_class=None,
    ),
    Format(
        name="got10k", label="GOT-10k",
        description="One folder per target with groundtruth.txt and labels of absence and cover; pixels count from 0.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=got10k.TOLERANCE, write=got10k.write, read=got10k.read, check=got10k.check, holds=got10k.HOLDS,
        options=frozenset({Option.PICTURES}), first_class=None,
    ),
    Format(
        name="vot", label="VOT",
        description="One folder per target with a region per frame, a rectangle or a polygon; pixels count from 0.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=vot.TOLERANCE, write=vot.write, read=vot.read, check=vot.check, holds=vot.HOLDS,
        options=frozenset({Option.POLYGONS, Option.PICTURES}), first_class=None,
    ),
    Format(
        name="lasot", label="LaSOT",
        description="One folder per class and in it one per target, with groundtruth.txt; pixels are counted from 1.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=lasot.TOLERANCE, write=lasot.write, read=lasot.read, check=lasot.check, holds=lasot.HOLDS,
        options=frozenset({Option.FIRST_PIXEL, Option.PICTURES}), first_class=None,
    ),
    Format(
        name="yolo", label="YOLO",
        description="A folder with a text file per picture and data.yaml, to train a detector; classes count from 0.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=yolo.TOLERANCE, write=yolo.write, read=yolo.read, check=yolo.check, fit=yolo.fit, holds=yolo.HOLDS,
        options=frozenset({Option.SINGLE_CLASS, Option.PICTURES}), first_class=0,
        names_pictures=True,
    ),
    Format(
        name="voc", label="Pascal VOC",
        description="A folder with an XML file per picture, for training a detector; whole pixels, counted from 1.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=voc.TOLERANCE, write=voc.write, read=voc.read, check=voc.check, fit=voc.fit, holds=voc.HOLDS,
        options=frozenset({Option.PICTURES}), first_class=None,
        names_pictures=True,
    ),
    Format(
        name="cvat", label="CVAT for video 1.1",
        description="One XML file with an element per track, as CVAT writes and uploads it.",
        file_filter="CVAT XML (*.xml)", suffix=".xml", place=Place.FILE,
        tolerance=cvat.TOLERANCE, write=cvat.write, read=cvat.read, check=cvat.check, holds=cvat.HOLDS,
        options=frozenset({Option.PICTURES}), first_class=None,
    ),
    Format(
        name="labelme", label="LabelMe",
        description="A folder with a JSON file per picture; the track is the group of a shape.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER,
        tolerance=labelme.TOLERANCE, write=labelme.write, read=labelme.read, check=labelme.check, holds=labelme.HOLDS,
        options=frozenset({Option.PICTURES}), first_class=None,
        names_pictures=True,
    ),
    Format(
        name="viame", label="VIAME CSV",
        description="One line per box with track, corners, confidence and attributes, as VIAME and DIVE read it.",
        file_filter="VIAME CSV (*.csv)", suffix=".csv", place=Place.FILE,
        tolerance=viame.TOLERANCE, write=viame.write, read=viame.read, check=viame.check, fit=viame.fit,
        holds=viame.HOLDS, options=frozenset({Option.PICTURES}), first_class=None,
        names_pictures=True,
    ),
    Format(
        name="darklabel", label="DarkLabel and text columns",
        description="Lines of text with columns that you name; as they stand, those of DarkLabel.",
        file_filter="Text (*.txt *.csv)", suffix=".txt", place=Place.FILE,
        tolerance=text_columns.TOLERANCE, write=text_columns.write, read=text_columns.read, check=text_columns.check,
        fit=text_columns.fit, holds_with=text_columns.holds, check_with=text_columns.check_with,
        reading=text_columns.reading, options=frozenset({Option.COLUMNS}), first_class=0,
    ),
    Format(
        name="csv", label="CSV table",
        description="A table with a heading for spreadsheets and scripts; everything that the project says.",
        file_filter="CSV (*.csv)", suffix=".csv", place=Place.FILE,
        tolerance=csv_table.TOLERANCE, write=csv_table.write, read=csv_table.read, check=csv_table.check,
        holds=csv_table.HOLDS, first_class=None,
    ),
)  # fmt: skip


RENDERINGS = (
    Rendering(
        name="video", label="Video with the boxes drawn in",
        description="A video to look at: boxes in the colours of their tracks, with label and number.",
        file_filter="Video (*.mp4 *.mkv *.mov)", suffix=".mp4", place=Place.FILE, render=boxed_video.render,
        unit=("frame of video", "frames of video"), first_class=None,
    ),
    Rendering(
        name="crops", label="Crops by track",
        description="One folder per track with the content of its boxes, and a table that says where each was cut.",
        file_filter="Folders (*)", suffix="", place=Place.FOLDER, render=crops.render, unit=("crop", "crops"),
        options=frozenset({Option.PICTURES, Option.MARGIN}), first_class=None,
    ),
)  # fmt: skip
"""What is to be looked at, or trained on as pictures, and is not read back."""

EXPORTS: tuple[Export, ...] = (*FORMATS, *RENDERINGS)


OURS = frozenset(entry.name for entry in EXPORTS)


def all_formats() -> tuple[Format, ...]:
    """Siamark's own, then those of plug-ins. The first call imports the plug-ins."""
    return (*FORMATS, *plugged_formats(OURS).formats)


def all_exports() -> tuple[Export, ...]:
    """Siamark's own, then those of plug-ins. The first call imports the plug-ins."""
    return (*EXPORTS, *plugged_formats(OURS).formats)


def plugin_problems() -> tuple[str, ...]:
    """A sentence for each plug-in that brings no usable format. The first call imports all plug-ins."""
    return plugged_formats(OURS).problems


def format_named(name: str) -> Format:
    """
    Raises:
        ExchangeError: naming the known formats.
    """
    for entry in FORMATS:
        if entry.name == name:
            return entry
    return _plugged(name, FORMATS)


def export_named(name: str) -> Export:
    """A format or a rendering.

    Raises:
        ExchangeError: naming the known formats and renderings.
    """
    for entry in (*FORMATS, *RENDERINGS):
        if entry.name == name:
            return entry
    return _plugged(name, EXPORTS)


def _plugged(name: str, ours: Sequence[Export]) -> Format:
    """
    Raises:
        ExchangeError: naming the known ones, and plug-ins that cannot be used.
    """
    formats, problems = plugged_formats(OURS)
    for entry in formats:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in (*ours, *formats))
    told = " ".join(["", *problems])
    raise ExchangeError(f"There is no format {quoted(name)}; choose one of {known}.{told}")


def check(path: Path, format_name: str, *, columns: str = "") -> list[str]:
    """What is wrong with a file as other programs read it, one line for each rule; empty if nothing.

    Args:
        columns: as in ``ExportOptions``, for text files whose columns a person names.

    Raises:
        ExchangeError: for an unknown format or a file that cannot be read.
    """
    entry = format_named(format_name)
    check_path(path)
    with system_errors_told(path):
        return entry.checker(ExportOptions(columns=columns))(path)
