"""The description of a model, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.language import marked, tr, translated
from tracker_core.trackers.families import FAMILIES
from tracker_core.weights.catalog import DamagedModel, Model
from tracker_core.weights.published import PublishedModel

CARD_LANGUAGE = marked("The model card is in English.")
"""Told where the window speaks another language."""

SOURCE_TITLES = {
    "base": marked("learnt from"),
    "project": marked("in the project"),
    "date": marked("on"),
    "boxes": marked("boxes that taught it"),
    "overlap_before": marked("overlap before"),
    "overlap_after": marked("overlap after"),
    "base_sha256": marked("sha256 of what it began from"),
    "title": marked("converted from"),
    "file": marked("its file"),
    "sha256": marked("sha256 of its file"),
    "layout": marked("its layout"),
    "licence": marked("licence"),
    "page": marked("page"),
}


def details_of(model: Model, *, digest: str) -> str:
    """Facts and model card. ``digest``: sha256 of the file, empty while it is being computed."""
    facts = [
        (tr("family"), model.family.title + ("" if model.family.is_tracker else tr(", which does not track"))),
        (tr("size"), megabytes(model.size)),
        (tr("constants"), _listed(model.constants.as_mapping())),
        (tr("layers"), _listed(model.network)),
        *((translated(title), _source(key, model)) for key, title in SOURCE_TITLES.items() if key in model.source),
        (tr("file"), _plain(str(model.path))),
        ("sha256", digest or "…"),
    ]
    card = model.card.strip() or tr("There is no model card.")
    if model.is_built_in and translated(CARD_LANGUAGE) != CARD_LANGUAGE:
        card = f"*{translated(CARD_LANGUAGE)}*\n\n{card}"
    return f"{_table(facts)}\n\n{card}\n"


def details_of_damaged(model: DamagedModel) -> str:
    return tr("**This model cannot be used.**\n\n{plain}.\n", plain=_plain(model.problem))


def details_of_plugin(model: Model) -> str:
    return tr(
        "**{plain}** is a plug-in of the package {package}.\n\n"
        "What its scores mean was not measured here. To remove it, uninstall the package.\n",
        plain=_plain(model.name),
        package=_plain(model.plugin),
    )


def details_of_gone(model: Model) -> str:
    return tr("{plain} cannot be read any more.\n", plain=_plain(str(model.path)))


def details_of_published(model: PublishedModel) -> str:
    facts = [
        (tr("family"), family_of(model)),
        (tr("parameters"), tr("{parameters:.1f} million", parameters=model.parameters / 1e6)),
        (tr("licence"), _plain(model.licence)),
        (tr("page"), _link(model.page)),
    ]
    if model.is_plain_download:
        digits = len(model.sha256_start)
        how = tr(
            "It is downloaded from {plain}. The first {digits} digits of its sha256, all that its "
            "publisher gives, are checked.",
            plain=_plain(model.address),
            digits=digits,
        )
    else:
        how = tr("Siamark cannot download it: open its page, download the file there, and add it here.")
    return f"**{_plain(model.title)}**\n\n{_table(facts)}\n\n{how}\n"


def family_of(model: PublishedModel) -> str:
    return FAMILIES[model.family].title if model.family in FAMILIES else model.family


def megabytes(size: int) -> str:
    return tr("{size:.1f} MB", size=size / 1e6)


def _listed(values: Mapping[str, Any]) -> str:
    return _plain(
        ", ".join(
            f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in values.items()
        )
    )


def _source(key: str, model: Model) -> str:
    return _link(model.source[key]) if key == "page" else _plain(model.source[key])


def _link(address: str) -> str:
    """A web address as a link; anything else unchanged."""
    is_plain = address.startswith("https://") and not set(address) & set("()<> \t\n")
    return f"[{_plain(address)}]({address})" if is_plain else _plain(address)


def _table(facts: Iterable[tuple[str, str]]) -> str:
    """A Markdown table of titles and values; the values are Markdown already."""
    rows = [f"| {title} | {value} |" for title, value in facts]
    return "\n".join(["| | |", "|---|---|", *rows])


def _plain(text: str) -> str:
    """Text from outside, escaped so that nothing in it is read as Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~" else sign for sign in " ".join(text.split()))
