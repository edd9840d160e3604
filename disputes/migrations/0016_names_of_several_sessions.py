"""Takebacks that name claims of several sessions counted in full for each of them. They wait for people now."""

from django.db import migrations

# As disputes.naming tells: of claims paid up to the takeback's day where there are any. The sessions of a claim are its
# own, or those of its lines.
SEVERAL = """
WITH about AS (
    SELECT m.claim_id, m.session_id, m.provider_id FROM disputes_claimmatch m WHERE m.session_id IS NOT NULL
    UNION ALL
    SELECT l.claim_id, l.session_id, m.provider_id
    FROM disputes_linematch l JOIN disputes_claimmatch m ON m.claim_id = l.claim_id
    WHERE l.session_id IS NOT NULL AND m.how = 'lines'
), several AS (
    SELECT a.id AS adjustment_id, named.provider_id
    FROM disputes_accountadjustment a JOIN disputes_remittance p ON p.id = a.remittance_id
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT s.session_id) AS ever, count(DISTINCT s.session_id) FILTER (WHERE
                coalesce(o.paid_on, o.produced_on, (o.created_at AT TIME ZONE 'UTC')::date)
                <= coalesce(p.paid_on, p.produced_on, (p.created_at AT TIME ZONE 'UTC')::date)) AS by_then,
            CASE WHEN count(DISTINCT s.provider_id) = 1 THEN min(s.provider_id::text)::uuid END AS provider_id
        FROM disputes_remittanceclaim c JOIN disputes_remittance o ON o.id = c.remittance_id
        JOIN about s ON s.claim_id = c.id
        WHERE o.payer_code = p.payer_code AND (c.claim_id = ANY (a.names) OR c.payer_claim_id = ANY (a.names))
    ) AS named
    WHERE a.reason IN ('WO', 'WU', 'RA', 'OB', 'CS', 'J1') AND a.amount <> 0
      AND (by_then > 1 OR (by_then = 0 AND ever > 1))
)
INSERT INTO disputes_accountmatch (id, adjustment_id, provider_id, how, by_name, reason)
SELECT gen_random_uuid(), adjustment_id, provider_id, '', '', '' FROM several
ON CONFLICT (adjustment_id) DO UPDATE SET how = '', at = NULL WHERE disputes_accountmatch.how = 'name'
"""


class Migration(migrations.Migration):
    dependencies = [("disputes", "0015_longer_reasons")]

    operations = [migrations.RunSQL(SEVERAL, migrations.RunSQL.noop)]
