"""The regions that may have a calendar of their own: US states and territories by two letters, in order of name."""

from __future__ import annotations

from clawguard.domain.notes._table_states import STATES

_TERRITORIES = {"AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "VI": "US Virgin Islands"}
_NAMES = {code: name.title().replace(" Of ", " of ") for code, name in STATES.items()} | _TERRITORIES
REGIONS = dict(sorted(_NAMES.items(), key=lambda item: item[1]))
