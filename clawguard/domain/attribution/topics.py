"""Which remittance codes ask which question. A code in a topic is read by the facts of that topic, not by default."""

from __future__ import annotations

from enum import StrEnum

from clawguard.domain.remit_codes import CodeSet, RemitCode


class Topic(StrEnum):
    COVERAGE = "coverage"  # not covered on the day
    STATUS = "status"  # provider not in the client's network
    AUTHORIZATION = "authorization"
    RECORDS = "records"  # what the payer asked for did not arrive, or arrived late
    FILING = "filing"
    DUPLICATE = "duplicate"
    PICKER = "picker"  # a code that did not exist on the day
    CREDENTIALING = "credentialing"
    PLACE = "place"  # place of service and telehealth modifier


_CARC: dict[Topic, str] = {
    Topic.COVERAGE: "26 27 32 33 35 119 149 177 200 204 239",
    Topic.STATUS: "242 279",
    Topic.AUTHORIZATION: "39 197 198 210 243 284 287 288 296 302",
    Topic.RECORDS: "163 164 226 228 252",
    Topic.FILING: "29 B4",
    Topic.DUPLICATE: "18 B13",
    Topic.PICKER: "146 181 182",
    Topic.CREDENTIALING: "8 170 185 B7",
    Topic.PLACE: "4 5 58",
}
_RARC: dict[Topic, str] = {
    Topic.COVERAGE: "N30 N587",
    Topic.AUTHORIZATION: "M62 N54",
    Topic.RECORDS: "M127 N29 N102 N366 N393 N706 N710 N714 N791",
    Topic.DUPLICATE: "M86",
    Topic.CREDENTIALING: "M143 N95 N570 N808",
    Topic.PLACE: "M77 MA114 N79 N519 N822 N823",
}
_TOPICS: dict[tuple[CodeSet, str], Topic] = {
    (code_set, code): topic
    for code_set, table in ((CodeSet.CARC, _CARC), (CodeSet.RARC, _RARC))
    for topic, codes in table.items()
    for code in codes.split()
}


def topic_of(code: RemitCode) -> Topic | None:
    return _TOPICS.get((code.code_set, code.code))


def about(topic: Topic, codes: tuple[RemitCode, ...]) -> tuple[RemitCode, ...]:
    return tuple(code for code in codes if topic_of(code) is topic)
