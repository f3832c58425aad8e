"""Collects the texts of the window into resources/translations/*.ts, and makes the .qm files that the program reads.

    python script/translations.py            after a text was added, changed or translated
    python script/translations.py zh_CN ja   the same, and begins a language that is not there yet

Sentences of rooms without a window go into resources/translations/messages_*.json: null is still to be translated,
and "" is shown to nobody.

Texts are the arguments of ``tr``, ``plural``, ``tr_counted`` and ``marked`` in ``app/language.py``, and the tables of
actions, keys, settings, formats and constants. Qt's lupdate merges them into the .ts files and lrelease makes the
.qm files; both come with PySide6. A person translates with Qt Linguist (``pyside6-linguist``) or a text editor.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import PySide6  # noqa: E402

from app.exchange.format import Holds  # noqa: E402
from app.exchange.formats import EXPORTS  # noqa: E402
from app.language import LISTED  # noqa: E402
from app.settings.schema import LANGUAGE, SETTINGS  # noqa: E402
from app.views.settings.presenter import TITLES  # noqa: E402
from app.views.style.languages import CONTEXT  # noqa: E402
from app.views.style.messages import LISTS  # noqa: E402
from app.views.window.actions import ACTIONS, SECTIONS  # noqa: E402
from app.views.window.fixed_keys import MOUSE_AND_FIXED_KEYS  # noqa: E402
from app.views.window.looking_actions import LOOKING_ACTIONS  # noqa: E402
from tracker_core.trackers.families import FAMILIES  # noqa: E402

FOLDER = ROOT / "resources" / "translations"


class Text(NamedTuple):
    """A text of the program and its place. ``is_counted``: it depends on a count."""

    text: str
    file: str
    line: int
    is_counted: bool = False


class NotPlainError(Exception):
    """A call whose text is not a literal, so it cannot be collected."""


def collect() -> list[Text]:
    """Every text of the program, by file and line.

    Raises:
        NotPlainError: names file and line.
    """
    found = [text for path in sorted((ROOT / "app").rglob("*.py")) for text in of_file(path)]
    return [*found, *of_tables()]


def of_file(path: Path) -> Iterator[Text]:
    name = path.relative_to(ROOT).as_posix()
    if name == "app/language.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COLLECTED:
            constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            words = [constant for constant in constants if isinstance(constant, str)]
            needed, make = COLLECTED[node.func.id]
            if len(words) < needed or len(words) < len(constants):
                raise NotPlainError(f"{name}:{node.lineno}: {node.func.id}() needs its text as a plain string")
            yield Text(make(words), name, node.lineno, node.func.id in ("plural", "tr_counted"))


COLLECTED: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "tr": (1, lambda words: words[0]),
    "marked": (1, lambda words: words[0]),
    "plural": (2, lambda words: words[-1]),
    "tr_counted": (1, lambda words: "{n} " + (words[1] if len(words) > 1 else words[0] + "s")),
}
"""By the name of a function: how many texts it is called with at least, and which text is looked up."""


def of_tables() -> Iterator[Text]:
    """The texts of tables, which are translated when shown."""
    menus = "app/views/window/actions.py"
    texts = [(menus, text) for row in (*ACTIONS, *LOOKING_ACTIONS) for text in (row.text, row.tooltip)]
    texts += [(menus, section) for section in SECTIONS]
    for row in MOUSE_AND_FIXED_KEYS:
        texts += [("app/views/window/fixed_keys.py", text) for text in (row.section, row.text, row.shortcut)]
    for setting in SETTINGS:
        choices = [label for _, label in setting.choices] if setting is not LANGUAGE else [setting.choices[0][1]]
        texts += [("app/settings/schema.py", text) for text in (setting.label, *choices)]
    texts.append(("app/language.py", LISTED))
    texts += [("app/views/settings/presenter.py", title) for title in TITLES.values()]
    texts += [("app/exchange/formats.py", text) for entry in EXPORTS for text in (entry.label, entry.description)]
    tunables = [row for family in FAMILIES.values() if family.is_tracker for row in family.constants.tunables]
    texts += [("app/views/score_map/constants.py", text) for row in tunables for text in (row.title, row.explanation)]
    return (Text(text, file, 1) for file, text in texts if any(map(str.isalpha, text)))


WITHOUT_WINDOW = ("exchange", "store", "video", "workspace", "settings/store.py")
"""Rooms whose sentences are English in the code, and translated where the window shows them (app/views/style)."""

NOT_FOR_PERSONS = re.compile(r"(SELECT|INSERT|DELETE|CREATE|ALTER|PRAGMA|UPDATE|DROP|BEGIN)\b")


def collect_messages() -> dict[str, str]:
    """The sentences of rooms without a window, each with where it is, and their counted words ("{n} boxes").

    Facts are numbered: "{0} is empty". Single words are not collected.
    """
    found: dict[str, str] = {}
    for room in WITHOUT_WINDOW:
        place = ROOT / "app" / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            for text in messages_of(ast.parse(path.read_text("utf-8"))):
                found.setdefault(text, path.relative_to(ROOT).as_posix())
    tables = {text.text for text in of_tables()}
    found |= dict.fromkeys(LISTS, "app/views/style/messages.py")
    found |= dict.fromkeys(Holds, "app/exchange/format.py")
    found |= {f"{{n}} {unit}{s}": "app/exchange/losses.py" for unit in ("label", "attribute") for s in ("", "s")}
    found |= {f"{{n}} {unit}": "app/exchange/formats.py" for entry in EXPORTS for unit in entry.unit}
    return {text: where for text, where in found.items() if text not in tables}


def messages_of(tree: ast.Module) -> Iterator[str]:
    passed_over: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed_over.add(node.value)  # a purpose, not a message
        elif isinstance(node, ast.JoinedStr):
            passed_over.update(node.values)
            passed_over.update(
                part.format_spec for part in node.values if isinstance(part, ast.FormattedValue) and part.format_spec
            )
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in COLLECTED:
                passed_over.update(node.args)
            elif node.func.id == "counted":
                passed_over.update(node.args)
                words = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
                if words:
                    yield f"{{n}} {words[0]}"
                    yield f"{{n}} {words[1] if len(words) > 1 else f'{words[0]}s'}"
    for node in ast.walk(tree):
        text = None if node in passed_over else pattern_of(node)
        if text is None or NOT_FOR_PERSONS.match(text.strip()) or '"' in text[:2] or "{{" in text:
            continue
        literal = re.sub(r"\{\w+\}", "", text)
        if len(re.findall(r"[A-Za-z]{2,}", literal)) > 1 and " " in literal.strip():
            yield text


def pattern_of(node: ast.AST) -> str | None:
    """A text with its facts numbered; None if the node is not a text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{", "{{").replace("}", "}}")
    if not isinstance(node, ast.JoinedStr):
        return None
    texts, count = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            texts.append(str(part.value).replace("{", "{{").replace("}", "}}"))
        else:
            texts.append(f"{{{count}}}")
            count += 1
    return "".join(texts)


def update_messages(language: str) -> None:
    """Add new texts with null, until a person translates them, or sets "" for those that no window shows."""
    path = FOLDER / f"messages_{language}.json"
    before = json.loads(path.read_text("utf-8")) if path.exists() else {}
    table = {text: before.get(text) for text in sorted(collect_messages())}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_sources(texts: list[Text], folder: Path) -> list[Path]:
    """Write the same files with only their texts, each in its line, in a form that lupdate reads."""
    lines: dict[str, dict[int, str]] = {}
    for text, file, line, is_counted in texts:
        call = f'QCoreApplication.translate("{CONTEXT}", {quoted(text)}, None' + (", 1)" if is_counted else ")")
        at = lines.setdefault(file, {})
        at[line] = f"{at[line]}; {call}" if line in at else call
    for file, at in lines.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(at.get(number, "") for number in range(1, max(at) + 1)) + "\n", "utf-8")
    return [folder / file for file in sorted(lines)]


def quoted(text: str) -> str:
    """A text literal that is the same in C and Python."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def tool(name: str) -> str:
    """The path of lupdate or lrelease in PySide6."""
    return str(Path(PySide6.__file__).parent / name)


def update(languages: list[str]) -> None:
    texts = collect()
    FOLDER.mkdir(exist_ok=True)
    ours = {path.stem.removeprefix("siamark_") for path in FOLDER.glob("siamark_*.ts")}
    for language in sorted(ours.union(languages)):
        ts = FOLDER / f"siamark_{language}.ts"
        with TemporaryDirectory() as folder:
            sources = write_sources(texts, Path(folder))
            names = [str(path.relative_to(folder)) for path in sources]
            options = ["-source-language", "en", "-target-language", language, "-locations", "absolute", "-no-obsolete"]
            options += ["-disable-heuristic", "similartext"]  # an unchecked guess is not a translation
            # Run beside the sources, so that places are relative to the root.
            copy = Path(folder, ts.name)
            if ts.exists():
                copy.write_bytes(ts.read_bytes())
            subprocess.run([tool("lupdate"), *options, *names, "-ts", copy.name], check=True, cwd=folder)
            # Leave out line numbers, which would change in every merge.
            ts.write_text(re.sub(r' line="\d+"', "", copy.read_text("utf-8")), "utf-8")
        update_messages(language)
        subprocess.run([tool("lrelease"), str(ts), "-qm", str(ts.with_suffix(".qm"))], check=True)


if __name__ == "__main__":
    update(sys.argv[1:])
