import { dayMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { VersionedSurvey } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import type { Obstacle } from './defer.ts';
import { countSince, type InvitationRow } from './queries/invitations.ts';

/** The places that are left under the caps of surveys. */
export type DailyCap = {
  /** @returns what keeps the email from leaving when there is no place left; else it has one */
  take(survey: VersionedSurvey, invitation: InvitationRow): Promise<Obstacle | undefined>;
};

/**
 * Counts what a survey sent once for all that is decided in this transaction, which locks the workspace from then on:
 * whoever has a place must be cleared before it ends.
 */
export function createDailyCap(tx: Queryable, { clock, log }: Pick<InvitationsContext, 'clock' | 'log'>): DailyCap {
  const now = clock();
  const dayAgo = new Date(now.getTime() - dayMs);
  const counts = new Map<string, { sent: number; first: Date | null }>();

  async function countOf(invitation: InvitationRow) {
    const count = counts.get(invitation.surveyId) ?? (await countSince(tx, invitation, { since: dayAgo, now }));
    counts.set(invitation.surveyId, count);
    return count;
  }

  return {
    async take({ key, content }, invitation) {
      const { dailyCap } = content.audience;
      // An email whose fate was unknown keeps the place that it took.
      const hasPlace = invitation.sentAt !== null && invitation.sentAt > dayAgo;
      if (dailyCap === null || invitation.test || hasPlace) return undefined;
      const count = await countOf(invitation);
      if (count.sent < dailyCap) {
        count.sent += 1;
        count.first ??= now;
        return undefined;
      }
      log.warn(
        { code: 'survey.daily_cap', survey: key, dailyCap },
        'A survey has reached its daily cap. The rest wait.',
      );
      return {
        reason: { code: 'daily_cap', params: { survey: key, sent: count.sent } },
        until: new Date((count.first ?? now).getTime() + dayMs),
      };
    },
  };
}
