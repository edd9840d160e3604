"""Statements that the application's own role must not get through, each with the promise that forbids it.

``{id}`` is a row for which the statement would break the promise; the query beside it finds one, if there is any.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import DatabaseError, connection, transaction


class Forbidden(NamedTuple):
    promise: str
    row: str  # finds a row that it is about
    sql: str


FINAL = "SELECT id FROM disputes_decision WHERE final_at IS NOT NULL"
NETWORK = f"{FINAL} AND party = 'network'"
CASE, ANY_REQUEST = "SELECT id FROM disputes_case", "SELECT id FROM notes_notesrequest"
ADJUSTMENT = "SELECT id FROM disputes_proposedadjustment"
LAPSED = f"{ANY_REQUEST} WHERE lapsed_at IS NOT NULL"
PERSON = "(SELECT id FROM accounts_user WHERE name = 'Rui Test')"
DECISION = (
    "INSERT INTO disputes_decision (id, case_id, number, party, clause, outcome, amount, explanation, evidence,"
    " proposed_by_id, proposed_at, returned_reason, final_at) SELECT gen_random_uuid(), c.id, 99, '{party}', 'x',"
    " '{outcome}', {amount}, 'x', '[{{\"fact\": \"x\"}}]', {person}, now(), '', now()"
    " FROM disputes_case c WHERE c.id = '{{id}}'"
)
MONEY = (
    "INSERT INTO disputes_proposedadjustment (id, case_id, decision_id, provider_id, kind, amount, names, created_at)"
    " SELECT gen_random_uuid(), d.case_id, d.id, c.provider_id, '{kind}', {amount}, '{names}', now()"
    " FROM disputes_decision d JOIN disputes_case c ON c.id = d.case_id WHERE d.id = '{{id}}'"
)
NAMES = '[{{"name": "Rui Test"}}]'
WITHOUT_MONEY = " AND NOT EXISTS (SELECT FROM disputes_proposedadjustment a WHERE a.decision_id = disputes_decision.id)"
UNHEARD = f"{CASE} WHERE answered_at IS NULL AND answer_lapsed_at IS NULL"
RATED = f"{CASE} WHERE contracted_rate IS NOT NULL"


def decision(party: str, outcome: str, amount: str) -> str:
    return DECISION.format(party=party, outcome=outcome, amount=amount, person=PERSON)


def money(kind: str, amount: str, names: str = NAMES) -> str:
    return MONEY.format(kind=kind, amount=amount, names=names)


STATEMENTS = (
    Forbidden("1", RATED, decision("network", "no_issue", "NULL")),
    Forbidden("1", RATED, decision("network", "pay_contracted_rate", "c.contracted_rate - 1")),
    Forbidden("1", RATED, decision("network", "pay_contracted_rate", "c.contracted_rate")),  # and forgets to propose it
    Forbidden(
        "1",
        NETWORK,
        "UPDATE disputes_case SET contracted_rate = 1 WHERE id ="
        " (SELECT case_id FROM disputes_decision WHERE id = '{id}')",
    ),
    Forbidden("2", ADJUSTMENT, "UPDATE disputes_proposedadjustment SET amount = amount + 1 WHERE id = '{id}'"),
    Forbidden("2", ADJUSTMENT, "DELETE FROM disputes_proposedadjustment WHERE id = '{id}'"),
    Forbidden("2", ADJUSTMENT, "TRUNCATE disputes_proposedadjustment CASCADE"),
    Forbidden("2", FINAL + WITHOUT_MONEY, money("pay_contracted_rate", "1", "[]")),
    Forbidden("3", UNHEARD, decision("provider", "recover", "40")),
    Forbidden(
        "3",
        f"{CASE} WHERE answer_due_at IS NOT NULL AND answer_lapsed_at IS NULL",
        "UPDATE disputes_case SET answer_lapsed_at = answer_due_at - interval '1 second' WHERE id = '{id}'",
    ),
    Forbidden(
        "3",
        f"{CASE} WHERE notice_delivered_at IS NOT NULL",
        "UPDATE disputes_case SET notice_delivered_at = notice_delivered_at - interval '9 days' WHERE id = '{id}'",
    ),
    Forbidden(
        "3", f"{CASE} WHERE answered_at IS NOT NULL", "UPDATE disputes_case SET answered_at = NULL WHERE id = '{id}'"
    ),
    Forbidden("4", CASE, decision("provider", "recover", "40")),
    Forbidden(
        "4",
        "SELECT id FROM disputes_decision WHERE final_at IS NULL AND party = 'provider' AND returned_at IS NULL",
        "UPDATE disputes_decision SET final_at = now() WHERE id = '{id}'",
    ),
    Forbidden(
        "4",
        "SELECT id FROM disputes_decision WHERE final_at IS NULL AND party = 'provider' AND returned_at IS NULL",
        "UPDATE disputes_decision SET final_at = now(), second_at = now(), second_by_id = proposed_by_id"
        " WHERE id = '{id}'",
    ),
    Forbidden("4", FINAL, "UPDATE disputes_decision SET party = 'none' WHERE id = '{id}'"),
    Forbidden("4", FINAL + " AND party <> 'provider'" + WITHOUT_MONEY, money("recover", "40")),
    Forbidden(
        "5",
        f"{ANY_REQUEST} WHERE status = 'open' AND due_at IS NOT NULL",
        "UPDATE notes_notesrequest SET lapsed_at = due_at - interval '1 second', status = 'lapsed' WHERE id = '{id}'",
    ),
    Forbidden("6", LAPSED, "UPDATE notes_notesrequest SET lapsed_at = NULL, status = 'answered' WHERE id = '{id}'"),
    Forbidden("6", LAPSED, "UPDATE notes_notesrequest SET due_at = due_at + interval '3 days' WHERE id = '{id}'"),
    Forbidden(
        "8",
        "SELECT id FROM therapy_sessions_screening",
        "INSERT INTO therapy_sessions_screening (session_id, revision, pack_id, note_version, at, findings_count)"
        " SELECT session_id, revision, pack_id, note_version, now(), 0 FROM therapy_sessions_screening"
        " WHERE id = '{id}'",
    ),
    Forbidden(
        "10", "SELECT id FROM disputes_message", "UPDATE disputes_message SET body = 'open words' WHERE id = '{id}'"
    ),
    Forbidden("11", "SELECT id FROM events_event", "UPDATE events_event SET actor_name = 'Somebody' WHERE id = '{id}'"),
    Forbidden("11", "SELECT id FROM events_event", "DELETE FROM events_event WHERE id = '{id}'"),
    Forbidden("11", "SELECT id FROM events_event", "TRUNCATE events_event CASCADE"),
    Forbidden("11", "SELECT id FROM events_accesslog", "UPDATE events_accesslog SET reason = 'none' WHERE id = '{id}'"),
    Forbidden("11", "SELECT id FROM events_accesslog", "DELETE FROM events_accesslog WHERE id = '{id}'"),
    Forbidden("11", "SELECT id FROM notes_note", "UPDATE notes_note SET late = NOT late WHERE id = '{id}'"),
    Forbidden("11", "SELECT id FROM notes_note", "DELETE FROM notes_note WHERE id = '{id}'"),
    Forbidden(
        "12",
        "SELECT id FROM notes_storedfile WHERE quarantined_at IS NOT NULL",
        "UPDATE notes_storedfile SET quarantined_at = NULL, quarantine_reason = '' WHERE id = '{id}'",
    ),
)


REFUSALS = ("23", "P0001")  # integrity constraints and what triggers raise; a statement with a fault fails the test


def attempt(statement: Forbidden) -> str:
    """``refused``, or ``nothing`` where no row is there to break the promise with. A statement that passes fails."""
    with connection.cursor() as cursor:
        cursor.execute(f"{statement.row} ORDER BY id LIMIT 1")
        found = cursor.fetchone()
    if found is None:
        return "nothing"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of a transaction
            cursor.execute(statement.sql.replace("{{", "{").replace("}}", "}").replace("{id}", str(found[0])))
    except DatabaseError as error:
        code = getattr(error.__cause__, "pgcode", "")
        assert code.startswith(REFUSALS), f"not refused, but faulty ({code}): {statement.sql}"
        return "refused"
    raise AssertionError(f"promise {statement.promise} can be broken by SQL: {statement.sql}")
