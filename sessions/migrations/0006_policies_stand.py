"""What was proposed and published is never changed or removed: the database refuses it."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION sessions_keep_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a policy revision stays in the history' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.scope_id, NEW.number, NEW.author_id, NEW.created_at, NEW.reverts_id)
        IS DISTINCT FROM (OLD.scope_id, OLD.number, OLD.author_id, OLD.created_at, OLD.reverts_id) THEN
        RAISE EXCEPTION 'a policy revision keeps its place and its author' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'draft' AND (NEW.first_day, NEW.last_day, NEW.values, NEW.reason)
        IS DISTINCT FROM (OLD.first_day, OLD.last_day, OLD.values, OLD.reason) THEN
        RAISE EXCEPTION 'the second person sees what was proposed: it cannot be changed from then on'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.approved_by_id IS NOT NULL AND (NEW.approved_by_id, NEW.approved_at, NEW.proposed_at)
        IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at, OLD.proposed_at) THEN
        RAISE EXCEPTION 'who agreed to a policy, and when, is kept as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION sessions_keep_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_by_id IS NULL AND NEW.ended_by_id IS NOT NULL
       AND to_jsonb(NEW) - 'ended_by_id' = to_jsonb(OLD) - 'ended_by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a published period is refused: another takes its place', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""

DROP_FUNCTIONS = "DROP FUNCTION sessions_keep_period(); DROP FUNCTION sessions_keep_policy();"

TRIGGERS = """
CREATE TRIGGER keep_policy BEFORE UPDATE OR DELETE ON therapy_sessions_policyrevision
    FOR EACH ROW EXECUTE FUNCTION sessions_keep_policy();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON therapy_sessions_policyrevision
    EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER keep_period BEFORE UPDATE OR DELETE ON therapy_sessions_publishedperiod
    FOR EACH ROW EXECUTE FUNCTION sessions_keep_period();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON therapy_sessions_publishedperiod
    EXECUTE FUNCTION clawguard_refuse_change();
"""

DROP_TRIGGERS = """
DROP TRIGGER never_emptied ON therapy_sessions_publishedperiod;
DROP TRIGGER keep_period ON therapy_sessions_publishedperiod;
DROP TRIGGER never_emptied ON therapy_sessions_policyrevision;
DROP TRIGGER keep_policy ON therapy_sessions_policyrevision;
"""


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0005_policies_packs_trials"), ("events", "0002_append_only")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
    ]
