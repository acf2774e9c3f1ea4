import type { PanelContent } from '../../connector.ts';
import { fill, type Texts } from '../../model/locale.ts';
import { withOffset } from '../../platform/period.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { chooseLanguage } from '../surveys/index.ts';
import type { ShownPanel } from './show-panel.ts';

type Next = Texts['panel']['next'];

/** What a reason code says to an agent; every other one is nothing they could do something about. */
const sentences: Readonly<Record<string, keyof Next>> = {
  asked: 'now',
  quiet_period: 'from',
  under_way: 'underWay',
  do_not_survey: 'doNotSurvey',
  unsubscribed: 'unsubscribed',
  unsubscribed_survey: 'unsubscribed',
  opted_out: 'unsubscribed',
  suppressed: 'unsubscribed',
  undeliverable: 'undeliverable',
  no_email: 'noAddress',
  own_team: 'ownTeam',
  no_survey: 'noSurvey',
  paused: 'paused',
};

/** The agent's language, else that of those who work here, else English. */
export async function textsFor(
  { texts, database }: InvitationsContext,
  { workspaceId, language }: { workspaceId: string; language: string | undefined },
): Promise<Texts> {
  const workspace = await findWorkspace(database.db, workspaceId);
  const spoken = chooseLanguage(['en', ...texts.keys()], texts, { explicit: language, recorded: workspace?.language });
  const found = texts.get(spoken ?? 'en');
  if (!found) throw new Error('the English texts are missing');
  return found;
}

export function inWords(
  { next, timeZone, ...shown }: ShownPanel,
  texts: Texts,
  asked?: { verdict: 'asked' | 'waiting' | 'skipped'; reason: string },
): PanelContent {
  const { tag, direction } = texts.language;
  const from = next.when === 'from' && next.from ? withOffset(next.from, timeZone) : null;
  const said = { when: next.when, from, reason: next.reason };
  return {
    ...shown,
    language: { tag, direction },
    next: { ...said, sentence: sentenceOf(next.reason, from, texts) },
    ...(asked
      ? {
          outcome: {
            verdict: asked.verdict,
            reason: asked.reason,
            sentence: asked.verdict === 'asked' ? texts.panel.asked : sentenceOf(asked.reason, from, texts),
          },
        }
      : {}),
  };
}

function sentenceOf(reason: string, from: string | null, { panel, language }: Texts): string {
  const key = sentences[reason] ?? 'other';
  if (key !== 'from') return panel.next[key];
  return from ? fill(panel.next.from, { date: dayIn(from, language.tag) }) : panel.next.other;
}

/** The day of an instant with its offset, as it is written in this language. */
export function dayIn(instant: string, language: string): string {
  return new Date(instant.slice(0, 10)).toLocaleDateString(language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
