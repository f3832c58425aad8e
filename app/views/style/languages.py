"""The languages of the window: finds and installs the translations of Siamark and Qt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.language import look_up_with, messages_with
from app.settings.schema import ENGLISH, SYSTEM_LANGUAGE
from app.views.style.messages import Messages
from resources import TRANSLATIONS

CONTEXT = "Siamark"
"""All texts are in one context, so equal texts have equal translations."""


def use_language(qt: QCoreApplication, name: str) -> str:
    """Show all texts made from now on in a language ("zh_CN") or in the system's. Returns the language used, English if
    there is no translation.
    """
    for old in qt.findChildren(QTranslator):
        qt.removeTranslator(old)
        old.deleteLater()
    look_up_with(None)
    messages_with(None)
    wanted = QLocale.system().uiLanguages() if name == SYSTEM_LANGUAGE else [name]
    for one in wanted:
        locale = QLocale(one)
        if locale.language() in (QLocale.Language.English, QLocale.Language.C):
            return ENGLISH
        own = QTranslator(qt)
        if not own.load(locale, "siamark", "_", str(TRANSLATIONS)):
            continue
        qts = QTranslator(qt)
        if qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            qt.installTranslator(qts)
        qt.installTranslator(own)
        look_up_with(_in_qt)
        messages = TRANSLATIONS / f"messages_{own.language()}.json"
        if messages.exists():
            messages_with(Messages.read(messages).translate)
        return own.language()
    return ENGLISH


def _in_qt(text: str, count: int) -> str:
    return QCoreApplication.translate(CONTEXT, text, None, count)
