"""A file may hold several films, or only say where films are."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.video.source import OtherVideoError, VideoError, open_source
from tests.support.films import PREVIEW_HEIGHT, PREVIEW_WIDTH, with_two_films
from tests.support.numbered_clips import Coding, number_in, write_clip


@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
@pytest.mark.parametrize("first_is_preview", [True, False])
@pytest.mark.parametrize("previews", [1, 50])
def test_the_film_is_shown_and_not_the_preview_beside_it(
    previews: int, first_is_preview: bool, suffix: str, tmp_path: Path
) -> None:
    path = with_two_films(tmp_path / f"two{suffix}", previews=previews, frames=50, first_is_preview=first_is_preview)
    source = open_source(path)
    assert [number_in(source.read(index)) for index in (49, 7, 30)] == [49, 7, 30]
    assert source.info.frame_count == 50
    assert len(source.info.films) == 2


def test_which_film_is_shown_is_said_where_both_are_films(tmp_path: Path) -> None:
    path = with_two_films(tmp_path / "two.mkv", previews=50, frames=50)
    (note,) = open_source(path).info.notes
    assert note == "The file holds 2 films (streams 0, 1); that of 192 x 64 pixels is shown, not 64 x 48."
    assert open_source(with_two_films(tmp_path / "one.mkv", previews=1, frames=50)).info.notes == ()


def test_the_other_film_can_be_chosen_and_is_another_video(tmp_path: Path) -> None:
    path = with_two_films(tmp_path / "two.mkv", previews=40, frames=50)
    main, other = open_source(path), open_source(path, film=0)
    assert (other.info.width, other.info.height, other.info.frame_count) == (PREVIEW_WIDTH, PREVIEW_HEIGHT, 40)
    assert other.read(39).max() < 10
    assert other.info.fingerprint != main.info.fingerprint
    assert other.info.film == 0
    with pytest.raises(VideoError, match=r"two\.mkv has no film 7"):
        open_source(path, film=7)


def test_a_film_is_found_by_the_fingerprint_that_a_project_knows(tmp_path: Path) -> None:
    path = with_two_films(tmp_path / "two.mkv", previews=40, frames=50)
    other = open_source(path, film=0).info
    for found in (open_source(path, known_as=other.fingerprint), open_source(path, prefers=other.fingerprint)):
        assert found.info.film == 0
        assert found.info.frame_count == 40
    assert open_source(path, prefers="00" * 16).info.film == 1
    with pytest.raises(OtherVideoError):
        open_source(path, known_as="00" * 16)


LISTS = {
    "join.ffconcat": "ffconcat version 1.0\nfile clip.mp4\n",
    "join.txt": "ffconcat version 1.0\nfile clip.mp4\n",
    "empty.ffconcat": "",
    "play.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\nclip.mp4\n#EXT-X-ENDLIST\n",
    "stream.mp4": "\n#EXTM3U\n#EXTINF:1.0,\nhttp://127.0.0.1:9/clip.mp4\n",
    "dash.mpd": '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>\n',
    "call.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_videos_is_told_as_what_it_is(name: str, tmp_path: Path) -> None:
    write_clip(tmp_path, Coding(), frames=5)
    path = tmp_path / name
    path.write_text(LISTS[name])
    with pytest.raises(VideoError, match=r"is a list of videos; join them|is a playlist, which only says") as caught:
        open_source(path)
    assert str(caught.value).startswith(str(path))
