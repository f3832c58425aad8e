"""The list of published models, and the download of those that are plain files. Most need a browser. mmtracking's are
plain files whose names contain the first eight digits of the sha256, which are checked. torch is only imported after a
download.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker_core.weights.keeping import ModelError, free_name

if TYPE_CHECKING:
    from tracker_core.weights.catalog import Model

MOST_BYTES = 2_000_000_000
TIMEOUT = 30.0  # seconds without a byte

OnProgress = Callable[[int, int], None]
"""Bytes received, and the total; 0 if the server does not say."""
Download = Callable[[str, Path, OnProgress], None]
"""Downloads from an address into a file.

Raises:
    OSError: if the network or the server fails.
"""


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """A model that others have published. ``address`` and ``sha256_start`` are empty if it is not a plain download."""

    name: str
    title: str
    family: str
    layout: str
    parameters: int
    licence: str
    page: str
    address: str = ""
    sha256_start: str = ""

    @property
    def is_plain_download(self) -> bool:
        return bool(self.address)

    @property
    def checked_by(self) -> str:
        """How the download is checked, as a sentence."""
        return f"The first {len(self.sha256_start)} digits of its sha256, all that its publisher gives, are right."


_ZOO = "https://github.com/STVIR/pysot/blob/master/MODEL_ZOO.md"
_MMTRACKING = "https://github.com/open-mmlab/mmtracking/tree/master/configs/sot/siamese_rpn"
_NANOTRACK = "https://github.com/HonglinChu/SiamTrackers/tree/master/NanoTrack"
_FILES = "https://download.openmmlab.com/mmtracking"


def _pysot(name: str, title: str, parameters: int, *, family: str = "siamrpnpp", layout: str = "") -> PublishedModel:
    layout = f"pysot-{layout or name}"
    return PublishedModel(f"pysot-{name}", title, family, layout, parameters, "CC BY-SA 3.0", _ZOO)


def _dasiamrpn(name: str, title: str, parameters: int) -> PublishedModel:
    page = "https://github.com/foolwood/DaSiamRPN"
    return PublishedModel(f"dasiamrpn-{name}", title, "dasiamrpn", f"dasiamrpn-{name}", parameters, "MIT", page)


def _nanotrack(version: int, parameters: int) -> PublishedModel:
    name, title = f"nanotrack-v{version}", f"NanoTrack, version {version}"
    return PublishedModel(name, title, "nanotrack", name, parameters, "Apache-2.0", _NANOTRACK)


def _mmtracking(name: str, file: str, *, layout: str = "") -> PublishedModel:
    title = "mmtracking, " + file.rpartition("/")[2].partition("_2022")[0]
    sha256_start = file.removesuffix(".pth").rpartition("-")[2]
    return PublishedModel(
        f"mmtracking-{name}", title, "siamrpnpp", f"mmtracking-{layout or name}", 53_950_624, "Apache-2.0",
        _MMTRACKING, f"{_FILES}/{file}", sha256_start,
    )  # fmt: skip


_SOT = "sot/siamese_rpn/siamese_rpn_r50_1x"
PUBLISHED: tuple[PublishedModel, ...] = (
    _pysot("alexnetlegacy", "pysot, siamrpn_alex_dwxcorr", 6_251_102),
    _pysot("alexnetlegacy-otb", "pysot, siamrpn_alex_dwxcorr_otb", 6_251_102, layout="alexnetlegacy"),
    _pysot("mobilev2", "pysot, siamrpn_mobilev2_l234_dwxcorr", 11_150_446),
    _pysot("r50", "pysot, siamrpn_r50_l234_dwxcorr", 53_950_624),
    _pysot("r50-otb", "pysot, siamrpn_r50_l234_dwxcorr_otb", 53_950_618),
    _pysot("r50-lt", "pysot, siamrpn_r50_l234_dwxcorr_lt", 60_018_336, family="siamrpnpp_lt"),
    _dasiamrpn("big", "DaSiamRPN, SiamRPNBIG", 90_436_132),
    _dasiamrpn("vot", "DaSiamRPN, SiamRPNvot", 22_632_932),
    _dasiamrpn("otb", "DaSiamRPN, SiamRPNotb", 22_632_932),
    PublishedModel(
        "siamrpn-pytorch", "siamrpn-pytorch, SiamRPN", "siamrpn", "siamrpn-pytorch", 90_436_132,
        "none stated; translated from DaSiamRPN's submission to VOT2018, which is MIT",
        "https://github.com/huanglianghua/siamrpn-pytorch",
    ),
    PublishedModel(
        "siamfc-pytorch", "siamfc-pytorch, AlexNetV1", "siamfc", "siamfc-pytorch", 2_336_320, "none stated",
        "https://github.com/huanglianghua/siamfc-pytorch",
    ),
    _nanotrack(1, 287_966),
    _nanotrack(2, 334_078),
    _nanotrack(3, 541_446),
    _mmtracking("lasot", f"{_SOT}_lasot/siamese_rpn_r50_20e_lasot_20220420_181845-dd0f151e.pth"),
    _mmtracking(
        "lasot-fp16", "fp16/siamese_rpn_r50_fp16_20e_lasot_20220422_181501-ce30fdfd.pth", layout="lasot"
    ),
    _mmtracking("uav123", f"{_SOT}_uav123/siamese_rpn_r50_20e_uav123_20220420_181845-dc2d4831.pth"),
    _mmtracking("otb100", f"{_SOT}_otb100/siamese_rpn_r50_20e_otb100_20220421_144232-6b8f1730.pth"),
    _mmtracking("vot2018", f"{_SOT}_vot2018/siamese_rpn_r50_20e_vot2018_20220420_181845-1111f25e.pth"),
)  # fmt: skip


def published_named(name: str) -> PublishedModel | None:
    return next((model for model in PUBLISHED if model.name == name), None)


def _no_progress(_: int, __: int) -> None: ...


def fetch_model(
    published: PublishedModel,
    *,
    folder: Path,
    name: str | None = None,
    on_progress: OnProgress = _no_progress,
    download: Download | None = None,
) -> Model:
    """Download a published model, check it, and add it to the person's models in ``folder``: completely or not at all.

    Args:
        published: the model; it must be a plain download.
        folder: of the person's models.
        name: of the model here; the published one's by default.
        on_progress: called after each piece; an exception from it ends the download.
        download: does the download; over HTTP by default.

    Raises:
        ModelError: if it is not a plain download, the network fails, the file is not the published one, or it cannot be
            added.
    """
    if not published.is_plain_download:
        raise ModelError(
            f"{published.name} cannot be fetched by itself; fetch it with a browser from {published.page} "
            "and add the file"
        )
    from tracker_core.weights.adding import add_model  # torch comes with it

    free_name(name or published.name, folder=folder)  # before a long wait
    with tempfile.TemporaryDirectory(prefix="siamark-") as room:
        path = Path(room) / published.address.rpartition("/")[2]
        try:
            (download or _over_http)(published.address, path, on_progress)
        except OSError as error:
            raise ModelError(f"{published.name} could not be fetched from {published.address}: {error}") from error
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if not sha256.startswith(published.sha256_start):
            raise ModelError(
                f"what came from {published.address} is not what was published: its sha256 begins with "
                f"{sha256[: len(published.sha256_start)]} instead of {published.sha256_start}"
            )
        return add_model(path, folder=folder, name=name or published.name, layout=published.layout)


class _Progress:
    """The progress bar that pooch asks for."""

    def __init__(self, on_progress: OnProgress) -> None:
        self.total = 0
        self._done = 0
        self._on_progress = on_progress

    def update(self, count: int) -> None:
        self._done += count
        if max(self._done, self.total) > MOST_BYTES:
            raise OSError(f"it has more than {MOST_BYTES / 1e9:g} GB")
        self._on_progress(min(self._done, self.total) if self.total else self._done, self.total)

    def reset(self) -> None:
        self._done = 0

    def close(self) -> None: ...


def _over_http(address: str, path: Path, on_progress: OnProgress) -> None:
    import pooch  # type: ignore[import-untyped]
    import requests  # pooch has it

    fetch = pooch.HTTPDownloader(progressbar=_Progress(on_progress), chunk_size=1 << 18, timeout=TIMEOUT)
    try:
        fetch(address, str(path), None)
    except requests.HTTPError as error:
        said = "no" if error.response is None else f"{error.response.status_code} {error.response.reason}"
        raise OSError(f"the server says {said}") from error
    except requests.Timeout as error:
        raise OSError("the server does not answer") from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise OSError("the connection broke off") from error
    except requests.ConnectionError as error:
        raise OSError("there is no connection to the server") from error
