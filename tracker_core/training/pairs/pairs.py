"""Training pairs: an exemplar, and a search region that shows the same target or not.

A seed and a number always give the same pair, so a resumed run continues with pairs that it has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.pairs.augmentation import Photometry, degrade, from_afar, grey, recolour
from tracker_core.training.pairs.composites import cover_part, paste_over
from tracker_core.training.pictures.places import Origin, Place, twin_of
from tracker_core.training.pictures.prepared import Source
from tracker_core.training.pictures.stock import TRIES, Stock
from tracker_core.training.pictures.views import Jitter, View, draw_view
from tracker_core.training.synthetic.clip import SyntheticClip
from tracker_core.training.synthetic.pairs import draw_pair
from tracker_core.training.synthetic.scenes import ClipConfig, SyntheticClips

EXEMPLAR_JITTER = Jitter(shift=4, scale=0.05, aspect=0.05, rotation=3)
SEARCH_JITTER = Jitter(shift=64, scale=0.2, aspect=0.15, rotation=8)
SECOND_JITTER = Jitter(shift=6, scale=0.08, aspect=0.08, rotation=3)
"""For a second exemplar: often a tracker's box, which is less exact than a person's."""
PHOTOMETRY = Photometry()
CLIP = ClipConfig()
NEGATIVE_KINDS = ("beside", "same", "other", "background", "elsewhere")
"""From the hardest to the easiest. If no sample of a kind can be found, the next kind is tried."""
PAIRS_A_CLIP = 4
"""How many successive pairs share a synthetic clip, because reading its pictures takes as long as drawing a pair."""


@dataclass(frozen=True, slots=True)
class PairConfig:
    """Which pairs are drawn, how often, and how hard. ``mix`` gives shares to sources by name pattern; the first match
    wins.

    ``negative_kinds`` gives shares to the kinds of negatives (DaSiamRPN, section 3.2):

    - "beside": another object of the same picture; if the target is in sight, its box is the truth;
    - "same": an object of the same category in another picture;
    - "other": an object of another category;
    - "background": a picture without known objects;
    - "elsewhere": another part of the target's own picture, for people with only one video.

    If it is empty, half of the negatives of stills show another object of the same source, and all others any object.

    Raises:
        ValueError: if a share is out of its range, or a kind of negative is unknown.
    """

    mix: Mapping[str, float] = field(default_factory=lambda: {"video.*": 0.45, "video_extra.*": 0.05, "*": 0.5})
    search_size: int = 255
    window: float = EXEMPLAR_SIZE  # width of twice a square target, in crop pixels
    frame_range: int = 100
    negative: float = 0.15
    negative_kinds: Mapping[str, float] = field(default_factory=dict)
    synthetic: float = 0.0  # share of all pairs that come from synthetic clips
    clip: ClipConfig = CLIP  # what happens in those clips
    composite: float = 0.6  # share of the outlined targets of stills that are cut out and pasted elsewhere
    look_alike: float = 0.6  # share of the composites and synthetic clips with look-alikes
    semantic: bool = False  # draw look-alikes from the target's category, not just from its source
    surround: float = 0.7  # share of stills padded with another picture: a plain border would be a hint
    cover: float = 0.12
    flip: float = 0.5
    grey: float = 0.12
    exemplar_jitter: Jitter = EXEMPLAR_JITTER
    search_jitter: Jitter = SEARCH_JITTER
    composite_rotation: float = 25
    photometry: Photometry = PHOTOMETRY
    exemplars: int = 1  # 2 adds a second exemplar, from another frame if there is one
    stranger: float = 0.1  # share of second exemplars that show another object, so that the network learns to doubt
    backgrounds: str = "*"  # name pattern of the stills from which backgrounds are taken

    def __post_init__(self) -> None:
        for name in (
            "negative",
            "synthetic",
            "composite",
            "look_alike",
            "surround",
            "cover",
            "flip",
            "grey",
            "stranger",
        ):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"`{name}` is a share from 0 to 1, not {getattr(self, name)}")
        for kind in self.negative_kinds:
            if kind not in NEGATIVE_KINDS:
                raise ValueError(f"`negative_kinds` has no {kind!r}; known are {', '.join(NEGATIVE_KINDS)}")
        kinds = self.negative_kinds.values()
        if kinds and (min(kinds) < 0 or sum(kinds) <= 0):
            raise ValueError("`negative_kinds` needs shares of at least 0, and one above")


class Pair(NamedTuple):
    """``box`` is cx, cy, width, height in search pixels from the centre; NaN if the target is not there. ``clean`` is
    the search region before augmentation of light and lens, for a teacher.
    """

    exemplar: Image  # (127, 127, 3)
    search: Image  # (S, S, 3)
    clean: Image  # (S, S, 3)
    box: NDArray[np.float32]  # (4,)
    second: Image  # (127, 127, 3): the second exemplar; equals ``exemplar`` unless two were asked for


class Drawn(NamedTuple):
    """A pair before augmentation of light and lens."""

    exemplar: Image
    search: Image
    box: Box | None  # in search pixels
    kind: str
    is_flipped: bool = False  # set only for pairs from videos


class PairSampler:
    """``sampler[n]`` is pair n. It has the methods of a torch data set but does not import torch."""

    def __init__(self, sources: Sequence[Source], config: PairConfig, *, seed: int, count: int) -> None:
        self._config = config
        self._seed = seed
        self._count = count
        self._draw_view = partial(draw_view, window=config.window)
        self._stock = Stock(sources, config.mix, backgrounds=config.backgrounds)
        self._clips: SyntheticClips | None = None
        if config.synthetic > 0:
            self._clips = SyntheticClips(self._stock, config.clip, seed=seed, look_alike=config.look_alike)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Pair:
        rng = np.random.default_rng((self._seed, number))
        drawn, place = self._draw(number, rng)
        pair = self._finish(drawn, rng)
        if self._config.exemplars == 1:
            return pair
        # with random numbers of its own, so that the rest of the pair does not depend on it
        return pair._replace(second=self._second(drawn, place, pair, np.random.default_rng((self._seed, number, 2))))

    def describe(self, number: int) -> Origin:
        """What pair n shows, in words. Draws the pair again."""
        drawn, place = self._draw(number, np.random.default_rng((self._seed, number)))
        return Origin(drawn.kind, self._stock.sources[place.source].name, self._stock.look(place)[1].category)

    def _draw(self, number: int, rng: np.random.Generator) -> tuple[Drawn, Place]:
        """A pair, and the place of its target."""
        stock, config = self._stock, self._config
        if self._clips is not None and rng.random() < config.synthetic:
            clip = self._clips.clip(number // PAIRS_A_CLIP)
            return self._synthetic(clip, rng), clip.place
        place = stock.any_place(stock.any_source(rng), rng)
        if rng.random() < config.negative:
            return self._negative(place, rng), place
        if stock.sources[place.source].kind == "video":
            return self._from_video(place, rng), place
        if stock.look(place)[1].outline and rng.random() < config.composite:
            return self._composite(place, rng), place
        return self._still(place, rng), place

    def _synthetic(self, clip: SyntheticClip, rng: np.random.Generator) -> Drawn:
        """Two frames of a synthetic clip; in a negative, the second one does not show the target."""
        config = self._config
        pair = draw_pair(
            clip, rng, gap=config.frame_range, search_size=config.search_size, window=config.window,
            exemplar_jitter=config.exemplar_jitter,
            search_jitter=config.search_jitter, flip=bool(rng.random() < config.flip),
            with_target=bool(rng.random() >= config.negative), may_be_absent=config.negative > 0,
        )  # fmt: skip
        kind = "synthetic" if pair.box is not None else "negative: synthetic"
        return Drawn(pair.exemplar, pair.search, pair.box, kind)

    def _two_views(
        self, exemplar_image: Image, exemplar_box: Box, search_image: Image, search_box: Box, rng: np.random.Generator,
        *, surround: bool = False,
    ) -> tuple[Image, Image, View]:  # fmt: skip
        config = self._config
        flip = bool(rng.random() < config.flip)
        exemplar = self._draw_view(exemplar_box, size=EXEMPLAR_SIZE, jitter=config.exemplar_jitter, flip=flip, rng=rng)
        search = self._draw_view(search_box, size=config.search_size, jitter=config.search_jitter, flip=flip, rng=rng)
        shown = search.warp(search_image)
        if surround and rng.random() < config.surround:
            ground = self._stock.background(config.search_size, rng)
            shown = np.where(search.inside(search_image)[:, :, None], shown, ground)
        return exemplar.warp(exemplar_image), shown, search

    def _still(self, place: Place, rng: np.random.Generator, *, surround: bool = True) -> Drawn:
        """Two views of one object in one picture."""
        image, box = self._stock.image(place), self._stock.look(place)[1].box
        exemplar, search, view = self._two_views(image, box, image, box, rng, surround=surround)
        return Drawn(exemplar, search, view.box, "still")

    def _from_video(self, place: Place, rng: np.random.Generator) -> Drawn:
        twin = twin_of(place, self._stock.sources[place.source], reach=self._config.frame_range, rng=rng)
        images = self._stock.image(place), self._stock.image(twin)
        boxes = self._stock.look(place)[1].box, self._stock.look(twin)[1].box
        exemplar, search, view = self._two_views(images[0], boxes[0], images[1], boxes[1], rng)
        return Drawn(exemplar, search, view.box, "video", is_flipped=view.is_flipped)

    def _second(self, drawn: Drawn, place: Place, pair: Pair, rng: np.random.Generator) -> Image:
        """A second exemplar. In videos it comes from a frame before, between or after the other two, and sometimes
        shows another object. Other pairs repeat the first exemplar.
        """
        if drawn.kind != "video":
            return pair.exemplar
        stock, config = self._stock, self._config
        if rng.random() < config.stranger:
            shown = stock.any_place(stock.any_source(rng), rng)
        else:
            shown = twin_of(place, stock.sources[place.source], reach=config.frame_range, rng=rng)
        view = self._draw_view(
            stock.look(shown)[1].box, size=EXEMPLAR_SIZE, jitter=SECOND_JITTER, flip=drawn.is_flipped, rng=rng
        )
        return recolour(view.warp(stock.image(shown)), config.photometry, rng)

    def _negative(self, place: Place, rng: np.random.Generator) -> Drawn:
        """A search region without the target, or with another object in its middle."""
        kinds = self._config.negative_kinds
        if not kinds:
            return self._any_negative(place, rng)
        shares = np.array([*kinds.values()])
        wanted = [*kinds][int(rng.choice(len(kinds), p=shares / shares.sum()))]
        for kind in NEGATIVE_KINDS[NEGATIVE_KINDS.index(wanted) :]:
            drawn = self._negative_of(kind, place, rng)
            if drawn is not None:
                return drawn
        return self._still(place, rng, surround=False)  # no other object was found

    def _negative_of(self, kind: str, place: Place, rng: np.random.Generator) -> Drawn | None:
        stock, size = self._stock, self._config.search_size
        if kind == "background":
            ground = stock.empty_ground(place, size, rng)
            if ground is None:
                return None
            return Drawn(self._still(place, rng, surround=False).exemplar, ground, None, "negative: background")
        if kind == "elsewhere":
            return self._elsewhere(place, rng)
        choose = {"beside": stock.beside, "same": stock.of_its_category, "other": stock.of_other_category}[kind]
        other = choose(place, rng)
        if other is None:
            return None
        box, other_box = stock.look(place)[1].box, stock.look(other)[1].box
        exemplar, search, view = self._two_views(stock.image(place), box, stock.image(other), other_box, rng)
        own = view.shown(box) if kind == "beside" else None
        if own is not None and own.clipped(width=size, height=size).area > 0:
            return Drawn(exemplar, search, own, "beside: target in sight")
        return Drawn(exemplar, search, None, f"negative: {kind}")

    def _elsewhere(self, place: Place, rng: np.random.Generator) -> Drawn | None:
        image, own, size = self._stock.image(place), self._stock.look(place)[1].box, self._config.search_size
        for _ in range(TRIES):
            exemplar, search, view = self._two_views(image, own, image, self._stock.elsewhere(place, image, rng), rng)
            if view.shown(own).clipped(width=size, height=size).area == 0:
                return Drawn(exemplar, search, None, "negative: elsewhere")
        return None

    def _any_negative(self, place: Place, rng: np.random.Generator) -> Drawn:
        """For stills, half of the time another object of the same source; otherwise any object."""
        stock = self._stock
        instance = stock.look(place)[1]
        alike = stock.sources[place.source].kind == "stills" and rng.random() < 0.5
        source = place.source if alike else stock.any_source(rng)
        if source == place.source and stock.sources[source].kind == "video":
            source = stock.backgrounds[int(rng.integers(len(stock.backgrounds)))]
        if not stock.places[source]:  # this source has backgrounds only
            exemplar = self._still(place, rng, surround=False).exemplar
            return Drawn(exemplar, stock.background(self._config.search_size, rng), None, "negative: background")
        other = stock.any_place(source, rng)
        is_same_video = stock.sources[source].kind == "video" and source == place.source
        if is_same_video or (other.source, other.picture) == (place.source, place.picture):
            return self._still(place, rng, surround=False)
        other_box = stock.look(other)[1].box
        exemplar, search, _ = self._two_views(stock.image(place), instance.box, stock.image(other), other_box, rng)
        return Drawn(exemplar, search, None, "negative: same source" if source == place.source else "negative: any")

    def _composite(self, place: Place, rng: np.random.Generator) -> Drawn:
        """The target, cut out and pasted on another picture, sometimes with a look-alike beside it."""
        config, stock = self._config, self._stock
        instance, image = stock.look(place)[1], stock.image(place)
        kind = "composite"
        flip = bool(rng.random() < config.flip)
        loose = config.search_jitter
        jitter = replace(loose, aspect=loose.aspect * 1.5, rotation=config.composite_rotation)
        view = self._draw_view(instance.box, size=config.search_size, jitter=jitter, flip=flip, rng=rng)
        canvas = stock.background(config.search_size, rng)
        if rng.random() < config.look_alike:
            other = self._look_alike(place, rng)
            other_instance = stock.look(other)[1]
            if other_instance.outline and other != place:
                beside = _beside(view.box, config.search_size, rng)
                other_view = self._draw_view(
                    other_instance.box, size=config.search_size, jitter=jitter, flip=bool(rng.random() < 0.5), rng=rng,
                    at=beside,
                )  # fmt: skip
                canvas = paste_over(canvas, other_view.warp(stock.image(other)), other_view.mask(other_instance))[0]
                kind = "composite with look-alike"
        canvas, box = paste_over(canvas, view.warp(image), view.mask(instance))
        exemplar_view = self._draw_view(
            instance.box, size=EXEMPLAR_SIZE, jitter=config.exemplar_jitter, flip=flip, rng=rng
        )
        exemplar = exemplar_view.warp(image)
        if rng.random() < 0.5:
            exemplar = paste_over(stock.background(EXEMPLAR_SIZE, rng), exemplar, exemplar_view.mask(instance))[0]
        return Drawn(exemplar, canvas, box, kind)

    def _look_alike(self, place: Place, rng: np.random.Generator) -> Place:
        """Any object of the same source; with ``semantic``, if possible, an outlined one of the same category."""
        if self._config.semantic:
            kin = self._stock.of_its_category(place, rng, outlined=True)
            if kin is not None:
                return kin
        return self._stock.any_place(place.source, rng)

    def _finish(self, drawn: Drawn, rng: np.random.Generator) -> Pair:
        config = self._config
        exemplar, search, box = drawn.exemplar, drawn.search, drawn.box
        in_clip = drawn.kind == "synthetic"  # its targets are already covered by occluders
        if box is not None and not in_clip and rng.random() < config.cover:
            search = cover_part(search, box, self._stock.background(config.search_size, rng), rng)
        if config.photometry.far > 0 and rng.random() < config.photometry.far:
            exemplar, search = from_afar(exemplar, search, rng)
        clean = search
        if rng.random() < config.grey:
            exemplar, search = grey(exemplar), grey(search)
        exemplar = recolour(exemplar, config.photometry, rng)
        search = degrade(recolour(search, config.photometry, rng), config.photometry, rng)
        centre = config.search_size / 2
        truth = (np.nan,) * 4 if box is None else (box.cx - centre, box.cy - centre, box.width, box.height)
        return Pair(exemplar, search, clean, np.array(truth, np.float32), exemplar)


def _beside(box: Box, size: int, rng: np.random.Generator) -> tuple[float, float]:
    """An offset from the crop's centre at which a second object hardly touches the first box."""
    angle = rng.uniform(0, 2 * np.pi)
    distance = rng.uniform(0.9, 1.6) * max(box.width, box.height)
    return box.cx - size / 2 + distance * np.cos(angle), box.cy - size / 2 + distance * np.sin(angle)
