"""A story begins on a Wednesday morning in November, with its own folder for files and a mail box to look into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW
from tests.story.telling import Telling


@pytest.fixture
def told(db: None, settings: Any, tmp_path: Path) -> Telling:
    settings.DATA_DIR, settings.MOVABLE_CLOCK = tmp_path, True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return Telling(NOW)
