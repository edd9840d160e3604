"""What the database itself refuses about cases: promises 1 to 4 hold for direct SQL as well as for the services.

Errors are ``restrict_violation`` (23001) and name the promise in words. The functions read the case under the lock that
the foreign key takes anyway, so a decision cannot slip past a change of its case.
"""

from django.db import migrations

GROWS = ("disputes_casefact", "disputes_proposal", "disputes_proposedadjustment")
KEPT = ("disputes_message", "disputes_decision", "disputes_appeal", "disputes_case", "disputes_dispute")

SET_ONCE = """
CREATE FUNCTION disputes_set_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    becomes jsonb := to_jsonb(NEW);
    field text;
BEGIN
    FOREACH field IN ARRAY TG_ARGV LOOP
        IF was ->> field IS NOT NULL AND was -> field IS DISTINCT FROM becomes -> field THEN
            RAISE EXCEPTION '%.% is set once and then kept', TG_TABLE_NAME, field USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""

# The data key of a seal may be wrapped anew (its first 72 bytes, see clawguard/sealing.py); the sealed words are kept.
SEALED_ONCE = """
CREATE FUNCTION disputes_sealed_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_72 CONSTANT integer := 1 + length('\\x') + 2 * 72;
    was jsonb := to_jsonb(OLD);
    becomes jsonb := to_jsonb(NEW);
    field text;
BEGIN
    FOREACH field IN ARRAY TG_ARGV LOOP
        IF was ->> field IS NOT NULL
                AND substring(was ->> field FROM before_72) IS DISTINCT FROM substring(becomes ->> field FROM before_72) THEN
            RAISE EXCEPTION '%.% is sealed once and then kept', TG_TABLE_NAME, field USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""

ONCE = {
    "disputes_case": ("notice_delivered_at", "answer_due_at", "answer_lapsed_at", "answered_at", "opened_at"),
    "disputes_message": (
        "case_id", "kind", "internal", "from_provider", "at", "author_kind", "author_id", "author_name", "late",
        "delivered_at", "read_at",
    ),
    "disputes_appeal": ("case_id", "decision_id", "at", "by_id", "decided_at", "answer_id"),
    "disputes_dispute": (
        "opened_at", "delivered_at", "due_at", "answered_at", "lapsed_at", "decided_at",
    ),
}  # fmt: skip
SEALED = {
    "disputes_message": ("body",),
    "disputes_appeal": ("reason",),
    "disputes_dispute": ("statement", "response"),
}

DECISION = """
CREATE FUNCTION disputes_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about disputes_case%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.final_at IS NOT NULL OR OLD.returned_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a decision that is final or returned is kept as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.case_id, OLD.party, OLD.clause, OLD.outcome, OLD.amount, OLD.explanation, OLD.evidence,
            OLD.proposed_by_id, OLD.proposed_at)
        IS DISTINCT FROM (NEW.case_id, NEW.party, NEW.clause, NEW.outcome, NEW.amount, NEW.explanation, NEW.evidence,
            NEW.proposed_by_id, NEW.proposed_at) THEN
        RAISE EXCEPTION 'the second person sees what the first proposed: it cannot be changed in between'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF jsonb_typeof(NEW.evidence) <> 'array' OR jsonb_array_length(NEW.evidence) = 0 THEN
        RAISE EXCEPTION 'a decision names at least one fact it rests on' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO about FROM disputes_case WHERE id = NEW.case_id FOR SHARE;
    IF NEW.party = 'provider' AND (about.notice_delivered_at IS NULL
            OR (about.answered_at IS NULL AND about.answer_lapsed_at IS NULL)) THEN
        RAISE EXCEPTION 'no provider-error decision before a delivered notice and an answer or a lapsed answer time'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.party = 'provider' AND NEW.final_at IS NOT NULL
            AND (NEW.second_by_id IS NULL OR NEW.second_by_id = NEW.proposed_by_id OR NEW.second_at IS NULL) THEN
        RAISE EXCEPTION 'a provider-error decision needs a second person' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.party = 'network' AND (NEW.outcome <> 'pay_contracted_rate' OR about.contracted_rate IS NULL
            OR NEW.amount IS DISTINCT FROM about.contracted_rate) THEN
        RAISE EXCEPTION 'a network error ends only with the provider paid the contracted rate'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_decision BEFORE INSERT OR UPDATE ON disputes_decision
    FOR EACH ROW EXECUTE FUNCTION disputes_guard_decision();
"""

GUARANTEE = """
CREATE FUNCTION disputes_guarantee_is_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.party = 'network' AND NEW.final_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM disputes_proposedadjustment WHERE decision_id = NEW.id AND kind = 'pay_contracted_rate') THEN
        RAISE EXCEPTION 'a network error ends only with the provider paid the contracted rate'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guarantee_is_proposed AFTER INSERT OR UPDATE ON disputes_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION disputes_guarantee_is_proposed();
"""

ADJUSTMENT = """
CREATE FUNCTION disputes_guard_adjustment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about disputes_case%ROWTYPE;
    decided disputes_decision%ROWTYPE;
BEGIN
    SELECT * INTO about FROM disputes_case WHERE id = NEW.case_id FOR SHARE;
    SELECT * INTO decided FROM disputes_decision WHERE id = NEW.decision_id FOR SHARE;
    IF decided.final_at IS NULL OR decided.case_id <> NEW.case_id OR about.provider_id <> NEW.provider_id THEN
        RAISE EXCEPTION 'an adjustment is proposed only by a final decision of the same case'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF about.notice_delivered_at IS NULL OR (about.answered_at IS NULL AND about.answer_lapsed_at IS NULL) THEN
        RAISE EXCEPTION 'no proposed adjustment before a delivered notice and an answer or a lapsed answer time'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF jsonb_typeof(NEW.names) <> 'array' OR jsonb_array_length(NEW.names) = 0 OR EXISTS (
            SELECT FROM jsonb_array_elements(NEW.names) AS person WHERE coalesce(person ->> 'name', '') = '') THEN
        RAISE EXCEPTION 'a proposed adjustment carries the names of people' USING ERRCODE = 'restrict_violation';
    END IF;
    IF decided.party = 'network'
            AND (NEW.kind <> 'pay_contracted_rate' OR NEW.amount IS DISTINCT FROM about.contracted_rate) THEN
        RAISE EXCEPTION 'a network error ends only with the provider paid the contracted rate'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kind = 'recover' AND (decided.party <> 'provider' OR decided.second_by_id IS NULL
            OR decided.second_by_id = decided.proposed_by_id OR jsonb_array_length(NEW.names) < 2) THEN
        RAISE EXCEPTION 'recovering needs a provider-error decision by two people' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_adjustment BEFORE INSERT ON disputes_proposedadjustment
    FOR EACH ROW EXECUTE FUNCTION disputes_guard_adjustment();
"""

CASE = """
CREATE FUNCTION disputes_guard_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.contracted_rate IS DISTINCT FROM OLD.contracted_rate
            AND EXISTS (SELECT FROM disputes_decision WHERE case_id = NEW.id AND final_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the contracted rate of a decided case is kept' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status IN ('decided', 'closed') AND NEW.status <> OLD.status
            AND NOT EXISTS (SELECT FROM disputes_decision WHERE case_id = NEW.id AND final_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a case ends only with a final decision' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_case BEFORE UPDATE ON disputes_case
    FOR EACH ROW WHEN (OLD.contracted_rate IS DISTINCT FROM NEW.contracted_rate OR OLD.status <> NEW.status)
    EXECUTE FUNCTION disputes_guard_case();
"""


def refused(table: str, *operations: str) -> migrations.RunSQL:
    rows = " OR ".join(operations)
    return migrations.RunSQL(
        f"CREATE TRIGGER kept BEFORE {rows} ON {table} FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER kept ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


def once(table: str, fields: tuple[str, ...], kind: str = "set") -> migrations.RunSQL:
    named = ", ".join(f"'{field}'" for field in fields)
    return migrations.RunSQL(
        f"CREATE TRIGGER {kind}_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION disputes_{kind}_once({named});",
        f"DROP TRIGGER {kind}_once ON {table};",
    )


def function(sql: str, name: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION {name}() CASCADE;")


class Migration(migrations.Migration):
    dependencies = [("disputes", "0001_initial"), ("events", "0002_append_only")]

    operations = [
        function(SET_ONCE, "disputes_set_once"),
        function(SEALED_ONCE, "disputes_sealed_once"),
        function(DECISION, "disputes_guard_decision"),
        function(GUARANTEE, "disputes_guarantee_is_proposed"),
        function(ADJUSTMENT, "disputes_guard_adjustment"),
        function(CASE, "disputes_guard_case"),
        *[refused(table, "UPDATE", "DELETE") for table in GROWS],
        *[refused(table, "DELETE") for table in KEPT],
        *[once(table, fields) for table, fields in ONCE.items()],
        *[once(table, fields, "sealed") for table, fields in SEALED.items()],
    ]
