from __future__ import annotations

import mmap
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.video.cache import FrameCache
from tracker_core.tracker import Image


def image_of(size: int, value: int = 0) -> Image:
    return np.full((size, 1, 3), value, dtype=np.uint8)  # 3 * size bytes


actions = st.lists(
    st.tuples(st.sampled_from(["put", "get"]), st.integers(0, 12), st.integers(1, 60)), min_size=1, max_size=80
)


@given(limit=st.integers(0, 150), actions=actions)
def test_the_bytes_are_bounded_and_what_was_used_last_is_there(limit: int, actions: list[tuple[str, int, int]]) -> None:
    cache = FrameCache(limit)
    used: dict[int, Image] = {}  # the model: every image ever put, in the order of use
    for action, index, size in actions:
        if action == "put":
            used.pop(index, None)
            used[index] = image_of(size)
            cache.put(index, used[index])
        elif (image := cache.get(index)) is not None:
            assert image is used[index]
            used[index] = used.pop(index)
        kept = [index for index in used if index in cache]
        assert cache.bytes_used == sum(used[index].nbytes for index in kept)
        assert cache.bytes_used <= limit or len(kept) == 1
        assert kept == list(used)[len(used) - len(kept) :]


def test_ten_thousand_frames_stay_within_the_bound() -> None:
    sizes = np.random.default_rng(3).integers(1, 400, size=10_000)
    cache = FrameCache(30_000)
    for index, size in enumerate(sizes):
        cache.put(index, image_of(int(size)))
        assert cache.bytes_used <= 30_000
    assert cache.bytes_used > 30_000 - 3 * 400
    assert len(cache) > 10


def test_a_frame_larger_than_the_bound_is_kept_alone() -> None:
    cache = FrameCache(100)
    cache.put(1, image_of(10))
    cache.put(2, image_of(1000))
    assert (1 in cache, 2 in cache, cache.bytes_used) == (False, True, 3000)
    cache.put(3, image_of(10))
    assert (2 in cache, 3 in cache, cache.bytes_used) == (False, True, 30)


def test_asking_whether_a_frame_is_there_does_not_keep_it() -> None:
    cache = FrameCache(60)
    cache.put(1, image_of(10))
    cache.put(2, image_of(10))
    assert 1 in cache
    cache.put(3, image_of(10))
    assert 1 not in cache


def test_many_threads_leave_the_count_right() -> None:
    cache = FrameCache(900)

    def work(seed: int) -> None:
        rng = np.random.default_rng(seed)
        for index, size in zip(rng.integers(0, 40, 2000), rng.integers(1, 60, 2000), strict=True):
            if cache.get(int(index)) is None:
                cache.put(int(index), image_of(int(size)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    kept = [image for index in range(40) if (image := cache.get(index)) is not None]
    assert cache.bytes_used == sum(image.nbytes for image in kept) <= 900


def test_a_large_frame_has_pages_of_its_own_and_its_pixels() -> None:
    image = np.random.default_rng(0).integers(0, 255, (720, 1280, 3), np.uint8)
    cache = FrameCache(10 * image.nbytes)
    cache.put(3, image)
    kept = cache.get(3)
    assert kept is not None
    assert not np.shares_memory(kept, image)  # but lies in pages that go back to the system with it
    assert np.array_equal(kept, image)
    assert kept.flags["C_CONTIGUOUS"]


def test_where_no_more_pages_can_be_had_a_frame_is_kept_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*how: object, **more: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(mmap, "mmap", refuse)
    image = np.zeros((720, 1280, 3), np.uint8)
    cache = FrameCache(10 * image.nbytes)
    cache.put(3, image)
    assert cache.get(3) is image
