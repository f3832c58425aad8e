"""What counts as doubtful, as the person has set it."""

from __future__ import annotations

from app.model.doubt import DoubtRules
from app.settings.schema import DOUBT_SCORE, TARGET_IOU
from app.settings.store import SettingsStore


def doubt_rules(settings: SettingsStore) -> DoubtRules:
    return DoubtRules(least_right=settings.get(DOUBT_SCORE), target_iou=float(settings.get(TARGET_IOU)))
