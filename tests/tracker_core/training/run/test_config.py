from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tracker_core.trackers.families import parts_of
from tracker_core.trackers.siamrpnpp import NetworkConfig
from tracker_core.training.losses.region_proposal import ProposalLoss
from tracker_core.training.losses.siamfc import ScoreMapLoss
from tracker_core.training.pairs.augmentation import Photometry
from tracker_core.training.pairs.pairs import PairConfig
from tracker_core.training.pairs.verifier_samples import TripleConfig
from tracker_core.training.run.config import (
    ConfigError,
    Logging,
    Schedule,
    TrainingConfig,
    Validation,
    Weights,
    read_config,
)
from tracker_core.training.run.start import begin_from

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples"
WHOLE = """
data = "../prepared"
out = "first"
teacher = "/models/teacher.onnx"

[network]
stem = 16
channels = 96

[pairs]
negative = 0.2
mix = { "video.*" = 0.7, "*" = 0.3 }

[schedule]
steps = 100
rate = 1

decay = "log"
precision = "float32"

[weights]
distillation = 0.5

[validation]
videos = "../videos"
frames = 50
every = 250

[logging]
tensorboard = true
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "run.toml"
    path.write_text(text)
    return path


def test_every_key_lands_where_it_belongs_and_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    assert read_config(written(tmp_path, WHOLE)) == TrainingConfig(
        data=tmp_path / "../prepared",
        out=tmp_path / "first",
        teacher=Path("/models/teacher.onnx"),
        network=NetworkConfig(stem=16, channels=96),
        pairs=PairConfig(negative=0.2, mix={"video.*": 0.7, "*": 0.3}),
        schedule=Schedule(steps=100, rate=1, decay="log", precision="float32"),
        weights=Weights(distillation=0.5),
        validation=Validation(videos=tmp_path / "../videos", frames=50, every=250),
        logging=Logging(tensorboard=True),
    )


def test_a_deep_network_is_described_by_lists(tmp_path: Path) -> None:
    text = 'backbone = "mobilenet_v2"\nlevels = [3, 5]\nneck_channels = [64, 32]\nweighted = true'
    config = read_config(written(tmp_path, f'data = "d"\nout = "o"\n[network]\n{text}'))
    assert config.network == NetworkConfig(
        backbone="mobilenet_v2", levels=(3, 5), neck_channels=(64, 32), weighted=True
    )


def test_what_is_not_said_is_the_default(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, 'data = "d"\nout = "o"\n'))
    assert config == TrainingConfig(data=tmp_path / "d", out=tmp_path / "o")


def test_a_part_of_a_table_is_a_table_and_keeps_what_is_not_said(tmp_path: Path) -> None:
    text = 'data = "d"\nout = "o"\n[pairs]\nsearch_jitter = { shift = 0 }\n[pairs.photometry]\nblur = 0.5\nnoise = 0'
    assert read_config(written(tmp_path, text)).pairs == PairConfig(
        search_jitter=replace(PairConfig().search_jitter, shift=0), photometry=Photometry(blur=0.5, noise=0)
    )
    triples = read_config(written(tmp_path, f'family = "verifier"\n{text.replace("search", "same")}')).pairs
    assert triples.same_jitter == replace(TripleConfig().same_jitter, shift=0)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", 255),
        ('family = "siamrpn"', 271),
        ("[network]\ninstance_size = 223", 223),
        ("[pairs]\nsearch_size = 255", 255),
    ],
)
def test_search_regions_are_as_large_as_the_network_takes_them(tmp_path: Path, text: str, size: int) -> None:
    assert read_config(written(tmp_path, f'data = "d"\nout = "o"\n{text}')).pairs.search_size == size


def test_pairs_show_targets_as_large_as_the_network_takes_them(tmp_path: Path) -> None:
    text = 'data = "d"\nout = "o"\n[network]\ninstance_size = 159\ntarget_cells = 6'
    assert read_config(written(tmp_path, text)).pairs.window == pytest.approx(127 * 6 / 8)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('out = "o"', "`data` is missing"),
        ('data = "d"', "`out` is missing"),
        ('data = "d"\nout = "o"\ndate = 1', "unknown key `date`; known are data, out, family, teacher"),
        ('family = "resnet"', r"there is no `family` 'resnet'; known are siam"),
        ('family = "nanotrack"', "a NanoTrack cannot be trained here"),
        ('data = 3\nout = "o"', "`data` must be a path in quotes"),
        ('data = "d"\nout = "o"\nschedule = 4', r"\[schedule\] must be a table"),
        ("[schedule]\nstep = 4", r"\[schedule\]: unknown key `step`; known are steps, batch"),
        ("[schedule]\nsteps = 4.5", r"\[schedule\]: `steps` must be int, not 4.5"),
        ('[schedule]\nrate = "fast"', r"\[schedule\]: `rate` must be float, not 'fast'"),
        ("[schedule]\nrate = true", r"\[schedule\]: `rate` must be float, not True"),
        ("[schedule]\nsteps = true", r"\[schedule\]: `steps` must be int, not True"),
        ("[pairs]\nmix = 1", r"\[pairs\]: `mix` must be a table, not 1"),
        ('[pairs]\nmix = { "*" = "all" }', r"\[pairs\]: `mix`: \"\*\" must be a number, not 'all'"),
        ("[pairs]\nsearch_jitter = 64", r"\[pairs\]: `search_jitter` must be a table, not 64"),
        (
            "[pairs]\nsearch_jitter = { shft = 0 }",
            r"\[pairs\]: `search_jitter`: unknown key `shft`; known are shift, scale, aspect, rotation",
        ),
        (
            '[pairs.photometry]\nblur = "much"',
            r"\[pairs\]: `photometry`: `blur` must be float, not 'much'",
        ),
        ("[network]\nbackbone = 50", r"\[network\]: `backbone` must be str, not 50"),
        ('[network]\nbackbone = "resnet50"', r"\[network\]: .*resnet50"),
        ("[network]\ninstance_size = 223\n[pairs]\nsearch_size = 255", r"`search_size` of \[pairs\] is 255 and"),
        ("data = ", "is not valid TOML"),
        ('[schedule]\ndecay = "linear"', r"\[schedule\]: `decay` is one of cosine, log, not 'linear'"),
        ('[schedule]\nprecision = "fp16"', r"\[schedule\]: `precision` is one of auto, float32, bf16, not 'fp16'"),
        ('[schedule]\ndecay = "log"\nfinal_rate = 0', r"\[schedule\]: a `decay` by equal ratios never reaches 0"),
        ("[schedule]\nbatch = 0", r"\[schedule\]: `batch` must be at least 1, not 0"),
        ("[schedule]\nthreads = -1", r"\[schedule\]: `threads` must not be negative, as -1 is"),
        ("[validation]\nevery = 9", r"\[validation\]: give either `videos`, a folder, or `hold_back`"),
        ('[validation]\nvideos = "v"\nhold_back = ["a"]', r"\[validation\]: give either `videos`"),
        ("[validation]\nvideos = 3", r"\[validation\]: `videos` must be a path in quotes, not 3"),
        ("[validation]\nhold_back = [3]", r"\[validation\]: `hold_back` must be patterns in quotes, not \[3\]"),
        ('[validation]\nvideos = "v"\nframes = 1', r"\[validation\]: `frames` must be at least 2, not 1"),
        ("[logging]\ntensorboard = 1", r"\[logging\]: `tensorboard` must be bool, not 1"),
        (
            'data = "d"\nout = "o"\nfamily = "verifier"\n[validation]\nvideos = "v"',
            r"\[validation\]: a verifier follows nothing in `videos`; give `hold_back`",
        ),
    ],
)
def test_a_mistake_is_answered_with_the_file_and_the_key(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=rf"run\.toml:? {complaint}"):
        read_config(written(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "data = 0x" + "f" * 5000,
        "family = 0x" + "f" * 5000,
        'data = "d"\nout = "o"\n[schedule]\nsteps = 0x' + "f" * 5000,
        'data = "d"\nout = "o"\n[schedule]\nprecision = 0x' + "f" * 5000,
        'data = "d"\nout = "o"\n[schedule]\nrates = { a = "' + "x" * 9000 + '" }',
        '"' + "key" * 3000 + '" = 1',
        '"a\\u0007\\nb" = 1',
    ],
    ids=lambda text: text[:60],
)
def test_a_mistake_of_any_length_is_one_short_line(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert len(sentence) < 500 + 2 * len(str(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml cannot be read"):
        read_config(tmp_path / "gone.toml")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"run\.toml is not valid TOML"):
        read_config(path)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_is_a_training_file(path: Path) -> None:
    assert read_config(path).schedule.steps > 0


@pytest.mark.parametrize(
    "path", [path for path in sorted(EXAMPLES.glob("*.toml")) if "\nstart = " in path.read_text()], ids=lambda p: p.stem
)
def test_every_example_fits_the_weights_from_which_it_starts(path: Path) -> None:
    config = read_config(path)
    assert config.start is not None
    network = parts_of(config.family).network(config.network)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    begin_from(config.start, network, family=config.family)  # raises if a layer differs
    assert any(not tensor.equal(before[name]) for name, tensor in network.state_dict().items())


def test_the_loss_is_that_of_the_family(tmp_path: Path) -> None:
    head = 'data = "d"\nout = "o"\n'
    boxes = read_config(written(tmp_path, head + '[loss]\ntarget = "overlap"\nbox = "smooth_l1"'))
    assert boxes.loss == ProposalLoss(target="overlap", box="smooth_l1")
    cells = read_config(written(tmp_path, head + 'family = "siamfc"\n[loss]\ndistance = "block"\nradius = 24'))
    assert cells.loss == ScoreMapLoss(radius=24, distance="block")
    assert read_config(written(tmp_path, head)).loss == ProposalLoss()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[loss]\ntarget = "iou"', "is one of anchor, overlap"),
        ('family = "siamfc"\n[loss]\nradius = 0.0', "must be positive"),
        ('family = "siamfc"\n[loss]\ntarget = "overlap"', "unknown key `target`"),
        ('family = "verifier"\n[loss]\nradius = 1', "unknown key `loss`"),
    ],
)
def test_a_loss_of_another_family_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_config(written(tmp_path, f'data = "d"\nout = "o"\n{text}'))
