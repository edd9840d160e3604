"""Screening learns: which findings preceded which takebacks, by check and payer. Predicted against happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from clawguard.accounts.actors import Actor
from clawguard.domain.proportions import Share, share
from disputes import policies
from sessions import policies as session_policies

# A takeback counts from the day its payment was read; a finding before it was a prediction. Where the sums of a payment
# disagree, nothing in it counts until a person accepts that.
_COUNTED = """
WITH taken AS (
    SELECT m.session_id, min(r.created_at) AS at
    FROM (
        SELECT claim_id, session_id FROM disputes_claimmatch
        UNION ALL SELECT claim_id, session_id FROM disputes_linematch
    ) m JOIN disputes_remittanceclaim c ON c.id = m.claim_id
    JOIN disputes_remittance r ON r.id = c.remittance_id
    WHERE m.session_id IS NOT NULL AND (c.claim_status = '22' OR c.paid < 0)
        AND (r.imbalances = '[]' OR r.accepted_at IS NOT NULL)
    GROUP BY m.session_id
)
SELECT y.payer_id, coalesce(nullif(y.name, ''), y.payer_id), count(DISTINCT f.session_id),
    count(DISTINCT f.session_id) FILTER (WHERE t.at > f.created_at),
    count(DISTINCT f.session_id) FILTER (WHERE t.at > f.created_at AND f.verdict = 'confirmed')
FROM therapy_sessions_finding f JOIN therapy_sessions_therapysession s ON s.id = f.session_id
JOIN therapy_sessions_payer y ON y.id = s.payer_id LEFT JOIN taken t ON t.session_id = f.session_id
WHERE f.check_id = %s AND {reach} GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 1
"""
_TEAM = "s.provider_id IN (SELECT id FROM accounts_provider WHERE team_id = %s)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sessions with a finding of the check, those of them a payer took money back for later, and those confirmed."""

    payer: str
    predicted: int
    happened: int
    confirmed: int

    @property
    def percent(self) -> int:
        return round(100 * (self.share.value or 0))

    @property
    def share(self) -> Share:
        return share(self.happened, self.predicted)


def of_check(actor: Actor, check_id: str, _now: dt.datetime) -> dict[str, Any] | None:
    """The outcomes of a check by payer, and of all; None for who reads no remittances, or while none is here."""
    session_policies.require_health(actor)
    policies.require_remittance_reader(actor)
    unlimited = policies.claim_reach(actor) == Q()
    values = [check_id] if unlimited else [check_id, actor.team_id]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(reach="true" if unlimited else _TEAM), values)
        rows = [Outcome(*row[1:]) for row in cursor.fetchall()]
    if not rows:
        return None
    sums = zip(*((row.predicted, row.happened, row.confirmed) for row in rows), strict=True)
    return {"rows": rows, "all": Outcome("All payers", *map(sum, sums))}
