"""/calendar: the business days that clocks starting now are counted with."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, query
from clawguard.access.schema import documented
from clawguard.domain.regions import REGIONS
from notes import calendars, policies

DAY = {"type": "object", "properties": {"date": {"type": "string", "format": "date"}, "name": {"type": "string"}}}
CALENDAR = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "region": {"type": "string", "description": "as asked; empty: the network"},
        "first_year": {"type": "integer"},
        "last_year": {"type": "integer"},
        "rules": {"type": "object"},
        "days_off": {"type": "array", "items": DAY, "description": "beside Saturdays and Sundays"},
    },
}


class Calendar(ApiView):
    @documented(
        "Business days in force",
        answer=CALENDAR,
        scope=policies.READ,
        query={"year": "", "region": "a US state: the calendar that its providers are counted by"},
    )
    def get(self, request: Request) -> Response:
        policies.require_calendar_reader(self.actor)
        asked = query(request, {"year": int, "region": tuple(REGIONS)}, page=False)
        year, region = asked.get("year"), asked.get("region", calendars.NETWORK)
        found = calendars.in_force(region)
        content: dict[str, Any] = calendars.content_of(found)
        days = [{"date": day, "name": name} for day, name in content.pop("holidays").items()]
        shown = [day for day in days if year is None or day["date"].startswith(f"{year:04d}-")]
        return Response({**content, "version": found.version, "region": region, "days_off": shown})
