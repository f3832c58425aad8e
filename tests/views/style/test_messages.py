"""Sentences of rooms without a window, as a Chinese window shows them."""

from __future__ import annotations

# ruff: noqa: RUF001 (Chinese has wide commas)
import pytest

from app.views.style.messages import Messages
from resources import TRANSLATIONS

CHINESE = Messages.read(TRANSLATIONS / "messages_zh_CN.json")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Pixels are counted from 1, frames from 1.", "像素从 1 开始计数，帧从 1 开始。"),
        ("1 box wholly outside the picture: left out.", "1 个框完全在画面之外：不写出。"),
        ("2,000 boxes interpolated: left out, keyframes only.", "2,000 个框为插值：只写关键帧，不写出。"),
        ("3 boxes of 2 tracks on 4 frames and 5 pictures", "2 条轨迹的 3 个框，共 4 帧和5 幅图像"),
        ("The format has no place for who made a box, what is reviewed.", "该格式不能保存框的来源、是否已审查。"),
        ("The format has no place for scores (59 boxes), labels (1 label) and who made a box (3 boxes of a tracker or "
         "interpolated).", "该格式不能保存得分（59 个框）、标签（1 个标签）和框的来源（3 个框来自跟踪器或插值）。"),
        ("/a b/x.json is not valid JSON: Expecting value.", "/a b/x.json 不是有效的 JSON：Expecting value。"),
        ("a.xml is not a file of CVAT for video: its root is b, not c.",
         "a.xml 不是CVAT 视频标注文件：其根元素为 b，而不是 c。"),
        ("tracks.txt, line 3: an id stands twice in a frame", "tracks.txt, line 3: 一个 id 在一帧中出现两次"),
        ("v.mp4 is empty; copy or record it again. Frame 3 of v.mp4 cannot be decoded; the file is damaged there.",
         "v.mp4 是空的；请重新复制或录制。 v.mp4 的第 3 帧无法解码；文件在该处已损坏。"),
    ],
)  # fmt: skip
def test_facts_are_kept_and_translated_where_they_are_sentences_themselves(english: str, chinese: str) -> None:
    assert CHINESE.translate(english) == chinese


@pytest.mark.parametrize("name", ["", "car", "Out of Africa on film", "我的 video is here.mp4", "a, b, c", "1 2 3"])
def test_names_stay_as_they_are(name: str) -> None:
    assert CHINESE.translate(name) == name
