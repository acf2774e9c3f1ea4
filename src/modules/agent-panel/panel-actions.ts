import { noteChange } from '../../platform/audit/queries.ts';
import { changeContact } from '../contacts/index.ts';
import { askRecord, type InvitationsContext } from '../invitations/index.ts';
import { surveyOfAgents } from './may-ask.ts';
import type { OpenPanel } from './panel-contact.ts';
import { ensureBeside, findBeside, noContact } from './panel-contact.ts';

export type PanelSurveyRequest = { verdict: 'asked' | 'waiting' | 'skipped'; reason: string; contactId?: string };

/**
 * An agent wants the contact to be asked now, which is decided as always.
 *
 * @param wish.key the same for every try of one press of the button
 * @throws RequestError where there is nobody, or as `askRecord`
 */
export async function askFromPanel(
  context: InvitationsContext,
  panel: OpenPanel,
  request: { survey?: string; key?: string },
): Promise<PanelSurveyRequest> {
  const { live } = panel;
  const survey = request.survey ?? (await surveyOfAgents(context, live.workspaceId))?.key;
  const { recordId } = await findBeside(context, panel);
  if (recordId === undefined) throw noContact(panel);
  if (survey === undefined) return { verdict: 'skipped', reason: 'no_survey' };
  const key = request.key === undefined ? {} : { key: `${live.id} ${panel.agent} ${request.key}` };
  const decided = await askRecord(context, live, { recordId, survey, requestedBy: 'agent', ...key });
  const { verdict, reason, contactId } = decided;
  await note(context, panel, { action: 'contact.ask', subject: contactId ?? decided.id, detail: { verdict } });
  return { verdict, reason, ...(contactId === null ? {} : { contactId }) };
}

/** An agent says that the contact is not to be surveyed, or may be again. @throws as `changeContact` */
export async function changeDoNotSurvey(
  context: InvitationsContext,
  panel: OpenPanel,
  doNotSurvey: boolean,
): Promise<void> {
  const { contactId } = await ensureBeside(context, panel);
  await changeContact(context, { workspaceId: panel.live.workspaceId, id: contactId }, { doNotSurvey });
  await note(context, panel, { action: 'contact.change', subject: contactId, detail: { fields: ['doNotSurvey'] } });
}

function note(
  { database, clock }: InvitationsContext,
  { live, agent }: OpenPanel,
  did: { action: string; subject: string; detail: Record<string, unknown> },
): Promise<void> {
  const actor = `${live.connector.name} agent ${agent}`;
  return noteChange(database.db, { workspaceId: live.workspaceId, actor, ...did, at: clock() });
}
