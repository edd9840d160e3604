"""The fields by which stored sessions are chosen, for the forms of tries and new screenings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from clawguard.domain.checks import ALL
from sessions import selectors


def scope_fields(given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """What was chosen, or the last ninety days; and what there is to choose from."""
    return {
        "from": given.get("from") or (today - dt.timedelta(days=89)).isoformat(),
        "to": given.get("to") or today.isoformat(),
        "payer": given.get("payer", ""),
        "provider": given.get("provider", ""),
        "check": given.get("check", ""),
        "payers": [(payer.payer_id, str(payer)) for payer in selectors.payers()],
        "checks": [(key, info.title) for key, info in sorted(ALL.items())],
    }
