import { sql } from 'drizzle-orm';
import { ensureWorkspace } from '../../../src/modules/accounts/queries/workspaces.ts';
import { createConnection } from '../../../src/modules/connections/queries/connections.ts';
import { applySurveys, listSurveys } from '../../../src/modules/surveys/queries/surveys.ts';
import { surveyDefinition } from '../../../src/modules/surveys/survey.ts';
import type { Database, Queryable } from '../../../src/platform/database/database.ts';
import { defaultWorkspace } from '../../../src/platform/workspaces/queries.ts';

/**
 * Two years in which every second contact who was asked answered: so many answers, each of another contact with a record,
 * a score and an event, and as many invitations again that nobody answered.
 */
export async function saveHistory(database: Database, answers: number, now: Date): Promise<void> {
  const { db } = database;
  await database.transaction((tx) => ensureWorkspace(tx, defaultWorkspace, now));
  const values = { workspaceId: defaultWorkspace, connector: 'zendesk', origin: 'environment' };
  const connection = await createConnection(db, values, now);
  const definitions = ['nps', 'csat'].map((metric) => surveyDefinition.parse({ key: metric, metric, status: 'live' }));
  await database.transaction((tx) => applySurveys(tx, defaultWorkspace, 'file', definitions, now));
  const surveys = (await listSurveys(db, defaultWorkspace)).map(({ id }) => id);
  await fill(db, { answers, connectionId: connection.id, surveys, now });
  await db.execute(sql`analyze`);
}

type Filled = { answers: number; connectionId: string; surveys: readonly string[]; now: Date };

async function fill(db: Queryable, { answers, connectionId, surveys, now }: Filled): Promise<void> {
  const workspace = defaultWorkspace;
  const id = (kind: number) => sql.raw(`(lpad(to_hex(n), 8, '0') || '-0000-4000-8000-00000000000${kind}')::uuid`);
  const contacts = sql`generate_series(1, ${answers}::int) n`;
  const asked = sql`generate_series(1, ${2 * answers}::int) n`;
  // Spread over two years, in no order.
  const at = sql`(${now.toISOString()}::timestamptz - (n::bigint * 7919 % 63072000) * interval '1 second')`;
  const contact = sql.raw(`(lpad(to_hex((n - 1) / 2 + 1), 8, '0') || '-0000-4000-8000-000000000001')::uuid`);
  const survey = sql`(case when n % 4 < 2 then ${surveys[0]}::uuid else ${surveys[1]}::uuid end)`;
  const statements = [
    sql`insert into contact (id, workspace_id, name, company, language, created_at)
      select ${id(1)}, ${workspace}, 'Customer ' || n, 'Company ' || n % 1000, (array['en', 'de', 'fr'])[n % 3 + 1], ${at} from ${contacts}`,
    sql`insert into contact_email (workspace_id, address, contact_id)
      select ${workspace}, 'customer-' || n || '@example.com', ${id(1)} from ${contacts}`,
    sql`insert into crm_fields (contact_id, workspace_id, revision, values, changed_at)
      select ${id(1)}, ${workspace}, 1, jsonb_build_object('nps_latest_rating', n % 11, 'nps_latest_category',
        case when n % 11 > 8 then 'promoter' when n % 11 > 6 then 'passive' else 'detractor' end,
        'nps_latest_comment', case when n % 3 = 0 then 'Comment ' || n end, 'nps_latest_date', to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"'),
        'nps_response_count', 1, 'feedback_at_risk', n % 100 = 0, 'feedback_advocate', n % 50 = 1), ${at} from ${contacts}`,
    sql`insert into record_link (id, workspace_id, connection_id, contact_id, record_id, state, written_revision, written_at)
      select ${id(2)}, ${workspace}, ${connectionId}, ${id(1)}, n::text, 'present', 1, ${at} from ${contacts}`,
    sql`insert into ticket (id, workspace_id, connection_id, external_id, state, resolutions, contact_id, refreshed_at)
      select ${id(3)}, ${workspace}, ${connectionId}, n::text, 'resolved', 1, ${contact}, ${at} from ${asked}`,
    sql`insert into resolution (id, workspace_id, ticket_id, n, resolved_at, exact, seen_open, first_seen_at, agent, "group", tags)
      select ${id(4)}, ${workspace}, ${id(3)}, 1, ${at}, true, true, ${at}, 'Agent ' || n % 80, 'Group ' || n % 8,
        jsonb_build_array('tag ' || n % 120, 'tag ' || n % 7) from ${asked}`,
    sql`insert into decision (id, workspace_id, resolution_id, survey_id, contact_id, verdict, reason, reason_params, decided_at)
      select ${id(5)}, ${workspace}, ${id(4)}, ${survey}, ${contact}, 'asked', 'asked', '{"kind": "sent", "survey": "after-ticket"}'::jsonb, ${at} from ${asked}`,
    sql`insert into invitation (id, workspace_id, decision_id, resolution_id, ticket_id, survey_id, survey_version, contact_id,
        email, status, created_at, sent_at, language)
      select md5(n::text), ${workspace}, ${id(5)}, ${id(4)}, ${id(3)}, ${survey}, 1, ${contact}, 'customer-' || n || '@example.com',
        case when n % 2 = 0 then 'answered' when n % 31 = 0 then 'bounced' else 'expired' end, ${at}, ${at}, 'en' from ${asked}`,
    sql`insert into response (id, workspace_id, invitation_id, contact_id, survey_id, survey_version, metric, scale, rating,
        comment, status, on_record, language, answered_at, rated_at, changed_at, survey_key, agent)
      select ${id(6)}, ${workspace}, md5(n::text), ${contact}, ${survey}, 1, case when n % 4 < 2 then 'nps' else 'csat' end,
        case when n % 4 < 2 then 10 else 5 end, case when n % 4 < 2 then n / 2 % 11 else n / 2 % 5 + 1 end,
        case when n % 6 = 0 then 'The answer was number ' || n end,
        case when n % 40 = 0 then 'unconfirmed' else 'confirmed' end, n % 40 <> 0, 'en', ${at}, ${at}, ${at}, (select key from survey where id = ${survey}), 'Agent ' || n % 80
      from ${asked} where n % 2 = 0`,
    sql`insert into event (workspace_id, connection_id, key, kind, object_id, happened_at, received_at, outcome)
      select ${workspace}, ${connectionId}, n::text, 'ticket.changed', n::text, ${at}, ${at}, '{"code": "still_resolved", "params": {}}' from ${asked}`,
  ];
  for (const statement of statements) await db.execute(statement);
}
