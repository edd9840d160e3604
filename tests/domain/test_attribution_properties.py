"""What holds of an attribution whatever the facts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.attribution import Confidence, Party, attribute
from clawguard.domain.case_facts import FACT_NAMES
from clawguard.domain.case_facts_json import READERS, case_facts_as_dict, read_case_facts
from clawguard.domain.clauses import CLAUSES
from clawguard.domain.promises import permitted
from clawguard.domain.remit_codes import REMIT_CODES, CodeSet

NOW = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)


def choices() -> dict[str, st.SearchStrategy[Any]]:
    """A value for any fact, all drawn from small sets so that facts often meet."""
    moments = st.integers(0, 12).map(lambda week: (NOW - dt.timedelta(weeks=week)).isoformat())
    findings = st.sampled_from(["CG101", "CG301", "CG401", "CG501", "CG701", "CG801"])
    by_name: dict[str, st.SearchStrategy[Any]] = {
        "contracted_rate": st.just("142.50"),
        "date_of_service": st.sampled_from(["2026-03-18", "2026-05-20"]),
        "ended_on": st.sampled_from(["2026-02-28", "2026-05-31"]),
        "carc": st.lists(st.sampled_from([code for kind, code in REMIT_CODES.rows if kind is CodeSet.CARC] + ["999"])),
        "rarc": st.lists(st.sampled_from([code for kind, code in REMIT_CODES.rows if kind is CodeSet.RARC] + ["N0"])),
        "group": st.lists(st.sampled_from(["CO", "PR", "OA"])),
        "plb": st.lists(st.sampled_from(["WO", "72", "L6", "ZZ"])),
        "coding_findings": st.lists(findings),
        "duplicate_of": st.just("S-1"),
        "note_request": st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(
                ("delivered_at", "due_at", "responded_at", "notes_received_at", "on_file_at"), moments
            )
            | dict.fromkeys(("bounced", "notes_owed", "paused"), st.booleans()),
        ),
        "dispute": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("provider_asked_at", "due_at", "provider_answered_at"), moments)
        ),
    }
    for name in FACT_NAMES:
        if name in by_name:
            continue
        if name.endswith("_at"):
            by_name[name] = moments
        else:
            by_name[name] = st.sampled_from([True, False, "in", "out", "active", "inactive", "provider", "network"])
            by_name[name] = by_name[name].filter(lambda value, name=name: _reads(name, value))
    return by_name


def _reads(name: str, value: Any) -> bool:
    try:
        READERS[name](value)
    except Exception:
        return False
    return True


@settings(max_examples=300)
@given(st.fixed_dictionaries({}, optional=choices()))
def test_what_holds_for_any_facts(given_facts: dict[str, Any]) -> None:
    facts = read_case_facts(given_facts)
    found = attribute(facts, NOW)
    assert attribute(read_case_facts(case_facts_as_dict(facts)), NOW) == found  # the same facts, the same answer
    network = any(ground.startswith("network.") for ground in found.grounds)
    provider = any(ground.startswith("provider.") for ground in found.grounds)
    assert found.guarantee.applies is network
    assert found.party is not Party.PROVIDER or (provider and not network and found.needs_second_person)
    assert found.party is not Party.NETWORK or (network and not provider and not found.needs_second_person)
    assert not (network and provider) or found.party is Party.OPEN
    assert (found.confidence is Confidence.LOW) is (found.party is Party.OPEN)
    assert found.party is Party.OPEN or (found.evidence and permitted(found.party))
    assert CLAUSES.find(found.clause, NOW.date()) is not None
    asked = {question.fact for question in found.missing}
    assert all(not facts.stated(fact) or fact in ("carc", "rarc", "group", "plb") for fact in asked), asked
    assert json.dumps(found.as_dict())
