"""A certificate in words, for the window and the report of every export."""

from __future__ import annotations

from app.language import plural, tr, tr_counted
from app.model.certificate import Certificate, changed_since
from app.model.project import Project
from app.model.score_meaning import ScoreMeaning
from app.model.share_right import LEVEL, ShareRight
from app.model.uncalibrated_scores import count_of


def percent(share: float) -> str:
    """As in "97.3 %". Only exactly all or nothing is shown as 100 or 0."""
    number = min(max(round(share * 100, 1), 0.1), 99.9) if 0 < share < 1 else share * 100
    return f"{number:g} %"


def overlap_words(target_iou: float) -> str:
    """When a box counts as right, as in "overlap their target by half or more"."""
    by = tr("half") if target_iou == 0.5 else f"{target_iou:.0%}".replace("%", " %")
    return tr("overlap their target by {by} or more", by=by)


def interval_words(share: ShareRight) -> str:
    """As in "95.2 to 98.7 %"."""
    if share.low == share.high:
        return percent(share.low)
    return tr("{low} to {high}", low=percent(share.low).removesuffix(" %"), high=percent(share.high))


def statement(certificate: Certificate) -> str:
    """The result of a complete certificate: "97.3 % of 1,000 boxes overlap ... (95 % sure: 95.2 to 98.7 %), 300 looked
    at".
    """
    share = certificate.share
    sure = (
        tr(" ({level} sure: {interval})", level=f"{LEVEL:.0%}".replace("%", " %"), interval=interval_words(share))
        if share.low < share.high
        else ""
    )
    boxes = tr_counted(certificate.box_count, "box", "boxes")
    looked = tr("all") if share.looked_at == certificate.box_count else f"{share.looked_at:,}"
    return tr(
        "{percent} of {boxes} {overlap_words}{sure}, {looked} looked at",
        percent=percent(share.share),
        boxes=boxes,
        overlap_words=overlap_words(certificate.target_iou),
        sure=sure,
        looked=looked,
    )


def unfinished(certificate: Certificate) -> str:
    """How far an incomplete certificate is."""
    return tr(
        "{judged_count:,} of {boxes} looked at",
        judged_count=certificate.judged_count,
        boxes=tr_counted(len(certificate.drawn), "box", "boxes"),
    )


def report(project: Project) -> tuple[str, ...]:
    """The sentences for the report of every export; none if no certificate was begun."""
    certificate = project.certificate
    if certificate is None:
        return ()
    return (_said_by(certificate, project), *uncalibrated(project))


def uncalibrated(project: Project) -> tuple[str, ...]:
    """Sentences, if boxes were drawn by scores that are not calibrated."""
    sentences = []
    raw, changed = count_of(project, ScoreMeaning.RAW), count_of(project, ScoreMeaning.CHANGED)
    if raw:
        text = plural(
            raw,
            "The score of {n} box by which boxes were chosen for the certificate is raw: not calibrated. The share of "
            "right boxes does not rest on it.",
            "The scores of {n} boxes by which boxes were chosen for the certificate are raw: not calibrated. The share "
            "of right boxes does not rest on them.",
        )
        sentences.append(text)
    if changed:
        text = plural(
            changed,
            "The score of {n} box by which boxes were chosen for the certificate was made with changed settings: not "
            "calibrated. The share of right boxes does not rest on it.",
            "The scores of {n} boxes by which boxes were chosen for the certificate were made with changed settings: "
            "not calibrated. The share of right boxes does not rest on them.",
        )
        sentences.append(text)
    return tuple(sentences)


def _said_by(certificate: Certificate, project: Project) -> str:
    if not certificate.is_complete:
        return tr(
            "The certificate is not finished and says nothing so far: {unfinished}.",
            unfinished=unfinished(certificate),
        )
    day, changed = certificate.drawn_at[:10], changed_since(certificate, project.tracks)
    if changed:
        return plural(
            changed,
            "The certificate is out of date: {n} box has changed since it was drawn on {day}. "
            "It said that {statement}.",
            "The certificate is out of date: {n} boxes have changed since it was drawn on {day}. "
            "It said that {statement}.",
            day=day,
            statement=statement(certificate),
        )
    return tr("Certificate of {day}: {statement}.", day=day, statement=statement(certificate))
