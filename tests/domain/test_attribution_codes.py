"""Every remittance code of the table: what it makes out alone, and with each fact that settles it, to which outcomes.

``attribution_codes.txt`` is what is in force. After a change that is meant, ``python -m
tests.domain.test_attribution_codes`` prints it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.attribution import Party
from clawguard.domain.attribution.topics import Topic, topic_of
from clawguard.domain.promises import permitted
from clawguard.domain.remit_codes import REMIT_CODES, CodeSet, Reading, RemitCode
from tests.domain.attribution_clock_rows import IN_TIME, PAYER, PAYER_DUE, request, sent
from tests.domain.test_attribution_grounds import DAY_30, DAY_31, DOS, LIMIT, RATE, TOO_LATE, look

PRINTED = Path(__file__).with_name("attribution_codes.txt")
ON_REMITTANCES = (CodeSet.CARC, CodeSet.RARC, CodeSet.GROUP, CodeSet.PLB)
SENT_LATE = {**LIMIT, "claim_submitted_at": TOO_LATE}
Settling = dict[str, dict[str, Any]]  # in words: the facts

TOPICS: dict[Topic, Settling] = {
    Topic.COVERAGE: {
        "shown active": {"eligibility_shown": "active"},
        "shown inactive": {"eligibility_shown": "inactive"},
    },
    Topic.STATUS: {"told in": {"network_status_told": "in"}, "told out": {"network_status_told": "out"}},
    Topic.AUTHORIZATION: {
        "not known of": {"authorization_known_at_booking": False},
        "obtained": {"authorization_required": True, "authorization_obtained": True},
    },
    Topic.RECORDS: {
        "no answer": {**request(), **PAYER},
        "answered in time": {**request(**sent(IN_TIME)), **PAYER},
        "forwarded in time": {**request(**sent(IN_TIME)), **PAYER, "records_forwarded_at": PAYER_DUE},
    },
    Topic.FILING: {
        "confirmed on day 30": {**DOS, "session_confirmed_at": DAY_30},
        "confirmed on day 30, sent after the limit": {**DOS, **SENT_LATE, "session_confirmed_at": DAY_30},
        "confirmed on day 31": {**DOS, "session_confirmed_at": DAY_31},
        "confirmed after the limit": {**DOS, **SENT_LATE, "session_confirmed_at": TOO_LATE},
    },
    Topic.DUPLICATE: {
        "by the network": {"duplicate_origin": "network"},
        "by the provider": {"duplicate_origin": "provider"},
    },
    Topic.PICKER: {
        "offered": {"code_offered_by_network": True},
        "not offered": {"code_offered_by_network": False},
    },
    Topic.CREDENTIALING: {
        "go-ahead": {"credentialing_go_ahead": True},
        "license lapsed": {"credentialing_go_ahead": False, "license_valid_on_service_date": False},
    },
    Topic.PLACE: {
        "set by the network": {"place_of_service_set_by": "network"},
        "set by the provider": {"place_of_service_set_by": "provider"},
    },
}
READINGS: dict[Reading, Settling] = {
    Reading.PROVIDER_CODING: {
        "confirmed": {"coding_findings": ["CG101"]},
        "looked, none": {"coding_findings": []},
    },
    Reading.PROVIDER_DOCUMENTATION: {
        "notes differ": {"codes_match_notes": False},
        "notes support": {"codes_match_notes": True},
    },
}
CODES = [code for code in REMIT_CODES.rows.values() if code.code_set in ON_REMITTANCES]
# Group and provider-level codes set the scene of reason codes; by themselves they accuse nobody.
READABLE = [code for code in CODES if code.code_set in (CodeSet.CARC, CodeSet.RARC)]
PARTIES = {
    Reading.PROVIDER_CODING: {Party.PROVIDER},
    Reading.PROVIDER_DOCUMENTATION: {Party.PROVIDER},
    Reading.PROVIDER_NO_RESPONSE: {Party.PROVIDER, Party.NETWORK},
    Reading.NETWORK: {Party.NETWORK},
    Reading.PAYER: {Party.PAYER},
    Reading.CLIENT: {Party.CLIENT},
    Reading.NEUTRAL: {Party.NONE},
}


def settled(code: RemitCode) -> Settling:
    topic = topic_of(code)
    if topic is not None:
        return TOPICS[topic]
    return READINGS.get(code.reading, {}) if code in READABLE else {}


def rows(code: RemitCode) -> Iterator[tuple[str, str]]:
    """What is known beside the code, in words, and the clause that follows."""
    for words, facts in {"alone": {}, **settled(code)}.items():
        yield words, look({**RATE, **facts, code.code_set.value: [code.code]}).clause


def lines(code: RemitCode) -> Iterator[str]:
    yield f"{code.code_set.value.upper()} {code.code}: {code.label} ({code.reading.value}, {code.confidence})"
    for words, clause in rows(code):
        outcomes = ", ".join(permitted(Party(clause.partition(".")[0])))
        yield f"  {words}: {clause} -> {outcomes or 'people decide'}"


def printed() -> str:
    return "\n".join(line for code in CODES for line in lines(code)) + "\n"


def test_the_printed_codes_are_what_the_engine_answers() -> None:
    assert printed() == PRINTED.read_text(encoding="utf-8"), "run python -m tests.domain.test_attribution_codes"


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{code.code_set}-{code.code}")
def test_no_code_alone_makes_a_providers_error(code: RemitCode) -> None:
    alone = dict(rows(code))["alone"]
    assert not alone.startswith("provider.")
    assert alone != "open.no_ground"


@pytest.mark.parametrize("code", READABLE, ids=lambda code: f"{code.code_set}-{code.code}")
def test_a_defined_reading_can_come_out_and_an_unsure_one_asks(code: RemitCode) -> None:
    reached = {Party(clause.partition(".")[0]) for _words, clause in rows(code)}
    if code.reading is Reading.AMBIGUOUS or (code.confidence == "low" and topic_of(code) is None):
        assert dict(rows(code))["alone"] == "open.facts_missing" or reached & {Party.CLIENT, Party.NONE}
    else:
        assert reached & PARTIES[code.reading]


def test_every_topic_is_settled_by_some_fact() -> None:
    assert TOPICS.keys() == set(Topic)


if __name__ == "__main__":
    PRINTED.write_text(printed(), encoding="utf-8")
