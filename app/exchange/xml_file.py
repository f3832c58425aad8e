"""Foreign XML files, without document types, which can make a small file expand without end."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from app.exchange.errors import ExchangeError, quoted, read_text, shortened


def load_xml(path: Path, root: str, what: str) -> Element:
    """The root element, which must have the name ``root``. ``what`` the file should be is for the message.

    Raises:
        ExchangeError: if it cannot be read or is something else.
    """
    text = read_text(path)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ExchangeError(f"{path} declares a document type, which {what} has no need of; it is not read.")
    try:
        element = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ExchangeError(f"{path} is not valid XML: {shortened(str(error))}.") from None
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{path} is not valid XML: {shortened(str(error))}.") from None
    if element.tag != root:
        raise ExchangeError(f"{path} is not {what}: its root is {quoted(element.tag)}, not {quoted(root)}.")
    return element


def child_text(element: Element, name: str) -> str:
    """The text of a child, stripped.

    Raises:
        ValueError: if there is no such child.
    """
    child = element.find(name)
    if child is None:
        raise ValueError(f"<{name}> is missing")
    return (child.text or "").strip()


def add_child(element: Element, name: str, text: object = "") -> Element:
    child = ElementTree.SubElement(element, name)
    child.text = str(text)
    return child


def write_xml(path: Path, root: Element) -> None:
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
