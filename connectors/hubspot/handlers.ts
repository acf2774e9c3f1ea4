import type { TicketHandler } from '../../src/model/ticket.ts';
import type { FoundTicket } from './ticket-schema.ts';

/** Sources of a change, as HubSpot's history names them. https://developers.hubspot.com/docs/api-reference/latest/crm/understanding-the-crm */
const ofAutomation = /^(?:WORKFLOWS?|AUTOMATION_PLATFORM)$/u;
const ofAgent = /BREEZE|CUSTOMER_AGENT|AI_AGENT|(?:^|_)AI(?:_|$)/u;

/**
 * Who brought a closed ticket to its end. A workflow may also close what somebody has worked on: then it has an owner.
 *
 * @returns nothing where HubSpot does not tell
 */
export function readHandler({ owner, hasReply, stageSource }: FoundTicket): TicketHandler | undefined {
  if (stageSource !== undefined && ofAgent.test(stageSource)) return 'ai_agent';
  if (owner !== undefined) return 'human_agent';
  if (stageSource !== undefined && ofAutomation.test(stageSource)) return 'automation';
  return hasReply || stageSource === 'CRM_UI' ? 'human_agent' : undefined;
}
