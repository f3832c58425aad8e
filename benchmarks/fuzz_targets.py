"""The readers that ``fuzz_readers`` tries: for each its intact files, how they are changed, and how they are read."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import cv2
import numpy as np

from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Format
from app.exchange.formats import FORMATS, check
from app.exchange.importing import fitted_to, import_tracks, new_labels
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from app.settings.schema import OVERLAY_OPACITY, SETTINGS, Setting
from app.settings.store import SettingsStore
from app.store.autosave import LeftOpen, read_path
from app.store.block_rows import check_blocks
from app.store.errors import StoreError
from app.store.left_frames import LeftFrames
from app.store.project_store import ProjectStore
from app.store.rows import track_of, track_row
from app.store.salvage import salvage
from app.video.index import VideoIndex
from app.video.info import VideoError
from app.video.levels import chosen_levels
from app.video.source import open_source
from benchmarks.fuzz_changes import TEXT, Change, by_arrays, by_bytes, by_cells
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.geometry import Box
from tracker_core.training.run.config import ConfigError, read_config
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.reader import SourceError
from tracker_core.weights.catalog import look_through

Files: TypeAlias = Mapping[str, bytes]
"""Contents by path below one folder."""

WIDTH, HEIGHT, FRAMES = 64, 48, 12
VIDEO = VideoReference(Path("/videos/street.mp4"), 30, 640, 360, Fraction(25))


@dataclass(frozen=True, slots=True)
class Reader:
    """``read`` gets the folder with the files, and may only raise ``refusals``.

    ``keeps`` are files that are never changed, because they only accompany the others.
    """

    name: str
    wholes: Callable[[], Iterator[Files]]
    read: Callable[[Path], None]
    refusals: tuple[type[Exception], ...] = ()
    changes: tuple[Change, ...] = ()
    keeps: tuple[str, ...] = ()

    def changed(self, chance: Random, files: Files, wholes: Sequence[Files]) -> Files:
        """The files with one of them changed; sometimes it is missing instead, or takes the place of another."""
        names = [name for name in files if Path(name).suffix not in self.keeps]
        name = chance.choice(names)
        made, others = dict(files), [content for whole in wholes for content in whole.values()]
        if chance.random() < 0.03:
            del made[name]
        elif chance.random() < 0.03:
            made[name] = chance.choice(others)
        else:
            made[name] = chance.choice(self.changes)(chance, made[name], others)
        return made


# Intact files


def _project() -> Project:
    car = Track(1, "car", "#3b82f6", {"make": "Saab"})
    car.put({0: keyframe(Box(10, 20, 40, 30)), 10: keyframe(Box(33, 47, 43, 30.5))})
    car.put({at: BoxRecord(Box(30.5 + at, 47, 43, 30), Source.TRACKER, score=0.9, run_id=1) for at in range(11, 15)})
    car.put({15: keyframe(None), 20: keyframe(Box(100, 60, 45, 31), occluded=True)})
    car.marks = TrackMarks(FrameSpans.of([(16, 18)]), (Overruled(12, 14, 1),))
    person = Track(2, "person", "#f97316")
    person.put({at: BoxRecord(Box(200 + at, 100, 20, 60), Source.TRACKER, score=0.2 * at) for at in range(4, 6)})
    labels = {name: Label(name, "#f97316") for name in ("person", "car")}
    made = Project(VIDEO, labels, {1: car, 2: person})
    made.runs[1] = Run(1, "siamfc", "2026-01-02T03:04:05+00:00", 10, 14, "cpu", {"window_influence": 0.4})
    return made


def _read_folder(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _made(write: Callable[[Path], None]) -> Files:
    with tempfile.TemporaryDirectory() as room:
        write(Path(room))
        return _read_folder(Path(room))


def _picture(number: int) -> Any:  # noqa: ANN401  (of uint8, for OpenCV)
    picture = np.random.default_rng(0).integers(60, 90, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    picture[10:30, 3 * number : 3 * number + 20] = (0, 0, 230)
    return picture


def _encoded(suffix: str, picture: Any) -> bytes:  # noqa: ANN401  (as above)
    done, data = cv2.imencode(suffix, picture)
    assert done
    return data.tobytes()


# Formats


def _reader_of(entry: Format) -> Reader:
    def wholes() -> Iterator[Files]:
        yield _made(lambda room: _export(room / f"tracks{entry.suffix}"))

    def _export(path: Path) -> None:
        export(_project(), entry.name, path)

    def read(place: Path) -> None:
        path = place / f"tracks{entry.suffix}"
        said: list[str] = []
        problem: ExchangeError | None = None
        uses: tuple[Callable[[str, Path], Iterable[str]], ...] = (lambda name, path: check(path, name), _imported)
        for use in uses:
            try:
                said += use(entry.name, path)
            except ExchangeError as error:
                problem = error
        for sentence in said:
            if not sentence.isprintable() or len(sentence) > 500 + 2 * len(str(path)):
                raise AssertionError(f"a note: {sentence[:300]!r}")
        if problem is not None:
            raise problem

    return Reader(f"format-{entry.name}", wholes, read, (ExchangeError,), TEXT)


def _imported(format_name: str, path: Path) -> tuple[str, ...]:
    """Import a file and return the notes. The result must fit into a project file and be writable in another format."""
    project = Project(VIDEO)
    read = fitted_to(project, import_tracks(format_name, path, VIDEO))
    project.labels.update({label.name: label for label in new_labels(project, read)})
    for track in read.tracks:
        track_of(track_row(track), track.marks)
        check_blocks(track.id, track.blocks())
        project.tracks[track.id] = track
    with tempfile.TemporaryDirectory() as room:
        export(project, "coco", Path(room, "again.json"))
    return read.notes


# Projects


def _project_files() -> Iterator[Files]:
    def write(room: Path) -> None:
        store = ProjectStore.create(room / "street.siamark", VIDEO)
        store.put_project(_project())
        store.close()

    yield _made(write)


def _read_project(place: Path) -> None:
    """Open a project; if that fails, recover what is left of it, which may be nothing."""
    path = place / "street.siamark"
    try:
        store = ProjectStore.open(path)
        try:
            project = store.load()
        finally:
            store.let_go()
    except StoreError:
        salvage(path, place / "recovered.siamark")
        store = ProjectStore.open(place / "recovered.siamark")
        store.load()
        store.let_go()
        raise
    for track in project.tracks.values():
        for frame in (0, 15, project.video.frame_count - 1):
            record_at(track, frame)
    if project.video.frame_count < 1000:
        try:
            export(project, "coco", place / "tracks.json")
        except ExchangeError as error:
            raise StoreError(str(error)) from error


# Remembered state


def _settings() -> Iterator[Files]:
    values = {
        "window.theme": "dark", "window.keys": ["track=T"], "window.recent_files": ["/a/b.mp4", "/c.mp4"],
        "tracking.doubt_score": 0.4, "video.cache_megabytes": 500, "score_map.overlay": True, "of_later": [1, {"a": 2}],
    }  # fmt: skip
    yield {"settings.json": json.dumps(values, indent=1).encode()}


def _read_settings(place: Path) -> None:
    """Read the settings, change one and read them again. Unknown entries must stay and do no harm."""
    store = SettingsStore(place / "settings.json")
    everything: tuple[Setting[Any], ...] = SETTINGS
    for setting in everything:
        store.get(setting)
    for problem in store.problems:
        if not problem.isprintable() or len(problem) > 500 + len(str(place)):
            raise AssertionError(f"a problem: {problem[:300]!r}")
    store.set(OVERLAY_OPACITY, 0.25)
    if SettingsStore(place / "settings.json").get(OVERLAY_OPACITY) != 0.25:
        raise AssertionError("a changed setting was not kept")


def _notes() -> Iterator[Files]:
    yield {
        "left.json": json.dumps({"/projects/a.siamark": 12, "/projects/b.siamark": 0}).encode(),
        "levels.json": b'{"low": 100.0, "high": 900.5}',
        "open/0123.txt": b"/projects/a.siamark",
        "saved-as.txt": b"/projects/b.siamark",
    }


def _read_notes(place: Path) -> None:
    frames = LeftFrames(place / "left.json")
    frames.frame_of(Path("/projects/a.siamark"))
    frames.note(Path("/projects/c.siamark"), 3)
    if frames.frame_of(Path("/projects/c.siamark")) != 3:
        raise AssertionError("a frame was not kept")
    LeftOpen(place / "open").projects()
    read_path(place / "saved-as.txt")
    kept = place.parent / "home" / "Siamark" / "levels" / "0123.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes((place / "levels.json").read_bytes() if (place / "levels.json").is_file() else b"")
    chosen_levels("0123")


def _layouts() -> Iterator[Files]:
    from PySide6.QtCore import QSettings

    def write(room: Path) -> None:
        places = QSettings(str(room / "window.ini"), QSettings.Format.IniFormat)
        window = _window(places)
        window.close()
        places.sync()

    yield _made(write)


def _read_layout(place: Path) -> None:
    from PySide6.QtCore import QSettings

    window = _window(QSettings(str(place / "window.ini"), QSettings.Format.IniFormat))
    window.restore_places()
    window.show()
    for title in window.docks:
        window.show_panel(title, True)
    window.close()
    window.deleteLater()


def _window(places: Any) -> Any:  # noqa: ANN401  (of Qt, which is imported only here)
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication, QWidget

    from app.views.window.main_window import BOTTOM, RIGHT, MainWindow

    qInstallMessageHandler(lambda *_: None)  # the offscreen platform logs a lot
    QApplication.instance() or QApplication([])
    window = MainWindow(places)
    window.set_middle(QWidget(), QWidget())
    for title, area in (("Tracks", BOTTOM), ("Score map", RIGHT), ("Review", RIGHT)):
        window.add_panel(title, QWidget(), area)
    return window


# Training and data sets


def _configs() -> Iterator[Files]:
    for path in sorted(Path(__file__).parents[1].glob("docs/examples/*.toml")):
        yield {"run.toml": path.read_bytes()}
    yield {
        "run.toml": b'family = "siamrpn"\ndata = "d"\nout = "o"\n[schedule]\nsteps = 10\nbatch = 2\nrate = 1e-3\n'
        b'rates = { "backbone.*" = 0.1 }\nworkers = 0\n[network]\nchannels = 8\n[validation]\nhold_back = ["a*"]\n'
    }


def _read_config(place: Path) -> None:
    read_config(place / "run.toml")


def _data_sets() -> Iterator[Files]:
    pictures = {f"car/{number:08d}.jpg": _encoded(".jpg", _picture(number)) for number in range(4)}
    truth = "".join(f"{3 * number},10,20,20\n" for number in range(4)).encode()
    labels = b"0\n0\n1\n0\n"
    yield {**pictures, "car/groundtruth.txt": truth, "car/absence.label": labels, "car/cover.label": b"8\n8\n0\n3\n",
           "list.txt": b"car\n"}  # fmt: skip
    regions = b"1,2,3,4,5,6,7,8\nm3,10,4,2,0,3,1,4\n0\n1,2,3,4\n"
    yield {**pictures, "car/groundtruth.txt": regions, "car/sequence": b"channels.color=%08d.jpg\nfps=30\n",
           "car/occlusion.tag": labels}  # fmt: skip
    yield {name.replace("car/", "car/img/"): content for name, content in pictures.items()} | {
        "car/groundtruth_rect.txt": truth.replace(b",", b"\t")
    }
    seqinfo = b"[Sequence]\nname=car\nimDir=img1\nframeRate=30\nseqLength=4\nimWidth=64\nimHeight=48\nimExt=.jpg\n"
    rows = "".join(f"{number + 1},1,{3 * number},10,20,20,1,1,1\n" for number in range(4)).encode()
    yield {name.replace("car/", "car/img1/"): content for name, content in pictures.items()} | {
        "car/seqinfo.ini": seqinfo, "car/gt/gt.txt": rows,
    }  # fmt: skip
    images = [{"id": number, "file_name": f"{number:08d}.jpg", "width": 64, "height": 48} for number in range(4)]
    boxes = [{"id": n + 1, "image_id": n, "category_id": 1, "bbox": [3 * n, 10, 20, 20], "iscrowd": 0,
              "segmentation": [[0, 0, 9, 0, 9, 9]]} for n in range(4)]  # fmt: skip
    coco = {"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "car"}]}
    yield {name.replace("car/", "train2017/"): content for name, content in pictures.items()} | {
        "annotations/instances_train2017.json": json.dumps(coco).encode()
    }


UNREADABLE = (SequenceError, SourceError, OSError, ValueError)
"""The errors that ``prepare`` expects from a source; impossible numbers are a ValueError."""


def _read_data_set(place: Path) -> None:
    """Read a data set as ``prepare`` and ``evaluate`` do; each may refuse it."""
    problems: list[Exception] = []
    for use in (_evaluated, _prepared):
        try:
            use(place)
        except UNREADABLE as error:
            problems.append(error)
    if problems:
        raise problems[0]


def _evaluated(place: Path) -> None:
    for sequence in read_sequences(place):
        for _ in sequence.open_frames():
            pass


def _prepared(place: Path) -> None:
    for source in find_sources(place):
        source.mark()
        for _ in source.pictures(lambda problem, where="": None):
            pass


def _models() -> Iterator[Files]:
    from safetensors.numpy import save

    header = {"family": "siamfc", "network": {}, "constants": {"window_influence": 0.3}, "source": "own",
              "reliability": {"score": [0.1, 0.9], "right": [0.2, 0.8]}}  # fmt: skip
    weights = save({"layer": np.zeros(4, np.float32)}, metadata={"siamark": json.dumps(header)})
    yield {"mine.safetensors": weights, "mine.md": "# mine\n\nA tracker, für alle.\n".encode()}


def _read_models(place: Path) -> None:
    usable, damaged = look_through(added=place)
    for model in usable:
        _ = model.card
    for problem in (str(model.problem) for model in damaged):
        if not problem.isprintable() or len(problem) > 500 + len(str(place)):
            raise AssertionError(f"a problem: {problem[:300]!r}")


# Pictures and videos


def _folders_of_pictures() -> Iterator[Files]:
    for suffix in (".jpg", ".png", ".tiff", ".bmp", ".webp"):
        yield {f"pictures/{number}{suffix}": _encoded(suffix, _picture(number)) for number in range(3)}
    deep = _picture(0)[:, :, 0].astype(np.uint16) * 9
    yield {f"pictures/{number}.png": _encoded(".png", deep + number) for number in range(3)}
    yield {"pictures/0.tiff": _encoded(".tiff", deep.astype(np.float32) / 3000)}
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    jpeg = _encoded(".jpg", _picture(1))
    yield {"pictures/1.jpg": jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:]}
    done, pages = cv2.imencodemulti(".tiff", [_picture(number) for number in range(3)])
    assert done
    yield {"pictures/pages.tiff": np.asarray(pages).tobytes()}


def _read_pictures(place: Path) -> None:
    files = sorted((place / "pictures").glob("*"))
    _watched(place / "pictures" if len(files) > 1 else (files[0] if files else place / "pictures"))


VIDEOS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("mp4", "libx264", {"bf": "2", "g": "6"}), ("avi", "mpeg4", {"bf": "2"}), ("avi", "mjpeg", {}),
    ("mkv", "libvpx", {"deadline": "realtime"}), ("mpg", "mpeg2video", {}), ("ts", "libx264", {"g": "6"}),
    ("mov", "png", {}), ("flv", "flv", {}),
)  # fmt: skip


def _videos() -> Iterator[Files]:
    import av
    from av.video.frame import VideoFrame

    for suffix, codec, options in VIDEOS:
        file: Any = io.BytesIO()
        kind = {"mkv": "matroska", "ts": "mpegts", "mpg": "mpeg"}.get(suffix, suffix)
        with av.open(file, "w", format=kind) as container:
            stream: Any = container.add_stream(codec, rate=25, options=options)
            stream.width, stream.height = WIDTH, HEIGHT
            stream.pix_fmt = {"mjpeg": "yuvj420p", "png": "rgb24"}.get(codec, "yuv420p")
            for number in range(FRAMES):
                container.mux(stream.encode(VideoFrame.from_ndarray(_picture(number), format="bgr24")))
            container.mux(stream.encode(None))
        yield {f"video.{suffix}": file.getvalue()}


def _read_video(place: Path) -> None:
    for path in sorted(place.glob("video.*")):
        _watched(path)


def _watched(path: Path) -> None:
    """Decode the first, the last and some other frames, forward and backward. The file is opened twice; its index is
    kept.
    """
    for is_proven in (False, True):
        source = open_source(path, is_proven=is_proven)
        try:
            count = source.info.frame_count
            for frame in (0, count - 1, count // 2, min(1, count - 1)):
                try:
                    image = source.read(frame)
                except VideoError:  # damaged at this frame
                    continue
                if image.shape != (source.info.height, source.info.width, 3) or image.dtype != np.uint8:
                    raise AssertionError(f"frame {frame} is {image.shape} {image.dtype}")
        finally:
            source.close()


def _indices() -> Iterator[Files]:
    videos = list(_videos())[:2]
    for files in videos:

        def write(room: Path, files: Files = files) -> None:
            ((name, content),) = files.items()
            (room / name).write_bytes(content)
            open_source(room / name, is_proven=True).close()

        _made(write)
    for kept in Path(_cache()).glob("*.npz"):
        yield {"index.npz": kept.read_bytes()}


def _cache() -> Path:
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("Siamark"), "video_index")


def _read_index(place: Path) -> None:
    index = VideoIndex.load(place / "index.npz")
    if index is None:
        return
    for frame in {0, index.frame_count // 2, index.frame_count - 1}:
        index.sync_point_of(frame)
        index.is_damaged(frame)
        index.check_of(frame)
    _ = index.times


READERS = (
    *map(_reader_of, FORMATS),
    Reader("project", _project_files, _read_project, (StoreError,), (by_bytes, by_cells, by_cells)),
    Reader("settings", _settings, _read_settings, (), TEXT),
    Reader("notes", _notes, _read_notes, (), TEXT),
    Reader("layout", _layouts, _read_layout, (), TEXT),
    Reader("index", _indices, _read_index, (), (by_bytes, by_arrays)),
    Reader("training-file", _configs, _read_config, (ConfigError,), TEXT),
    Reader("data-set", _data_sets, _read_data_set, UNREADABLE, TEXT),
    Reader("added-model", _models, _read_models, (), TEXT),
    Reader("pictures", _folders_of_pictures, _read_pictures, (VideoError,), (by_bytes,)),
    Reader("video", _videos, _read_video, (VideoError,), (by_bytes,)),
)
