import type { Settings } from '../config/settings.ts';
import type { Context } from './context.ts';
import { listSurveys } from './modules/surveys/index.ts';
import { defaultWorkspace } from './platform/workspaces/queries.ts';
import type { ProcessRole } from './roles.ts';

/** One line each for what an operator asks first. */
export async function announce(
  { database, connections, email, log }: Context,
  settings: Settings,
  { publicUrl, role }: { publicUrl: string; role: ProcessRole },
): Promise<void> {
  const where = settings.databaseUrl === undefined ? { dataDir: settings.dataDir } : {};
  log.info({ code: 'service.listening', address: publicUrl, role }, 'The service is listening.');
  log.info({ code: 'database.open', database: database.kind, ...where }, 'The database is open.');
  const open = connections.all().map(({ connector, id }) => ({ connector: connector.name, id }));
  if (open.length > 0)
    log.info({ code: 'connection.open', connections: open, sandbox: settings.sandbox }, 'Connections are open.');
  else log.warn({ code: 'connection.none' }, 'No account is connected. Connect one in the console, or set its keys.');
  const live = (await listSurveys(database.db, defaultWorkspace, 'live')).map((survey) => survey.key);
  if (live.length > 0) log.info({ code: 'survey.live', surveys: live }, 'Surveys are live.');
  else
    log.warn(
      { code: 'survey.none_live' },
      'No survey is live, so nobody is asked. Publish one in the console, or set "status": "live" in SURVEYS_FILE.',
    );
  if (!email)
    log.warn(
      { code: 'email_server.not_set' },
      'No email server is configured. Invitations wait until SMTP_URL and MAIL_FROM are set.',
    );
}
