import { readLocales } from '../config/locales.ts';
import type { PanelAnswer, PanelContent } from '../src/connector.ts';
import type { Texts } from '../src/model/locale.ts';

export const texts = readLocales();

/** What stands on the record of somebody who has answered. */
export const answeredValues = {
  nps_latest_rating: 3,
  nps_latest_category: 'detractor',
  nps_latest_comment: 'It took four days until somebody wrote back.',
  nps_previous_rating: 9,
  nps_trend: 'down',
  nps_response_count: 4,
  csat_latest_rating: 4,
  csat_latest_scale: 5,
  csat_latest_category: 'positive',
  csat_response_count: 1,
  feedback_at_risk: true,
} as const;

const given = (answer: Partial<PanelAnswer>): PanelAnswer => ({
  ...{ metric: 'nps', rating: 3, highest: 10, category: 'detractor', comment: null, counts: true },
  ...{ answeredAt: '2026-11-20T10:00:00.000Z', survey: 'after-ticket', ticket: null },
  ...answer,
});

/** What Scoreback says of somebody who has answered, in this language. */
export function aPanel(language = 'en', change: Partial<PanelContent> = {}): PanelContent {
  const { language: spoken, panel } = textsIn(language);
  return {
    language: { tag: spoken.tag, direction: spoken.direction },
    known: true,
    values: answeredValues,
    history: [
      given({ comment: answeredValues.nps_latest_comment, ticket: { id: '5158', system: 'Here', here: true } }),
      given({ metric: 'csat', rating: 4, highest: 5, answeredAt: '2026-10-02T10:00:00.000Z' }),
      given({
        rating: 9,
        answeredAt: '2026-08-01T10:00:00.000Z',
        ticket: { id: '91', system: 'Freshdesk', here: false },
      }),
      given({ rating: 1, answeredAt: '2026-05-01T10:00:00.000Z', counts: false }),
    ],
    next: { when: 'now', from: null, reason: 'asked', sentence: panel.next.now },
    doNotSurvey: false,
    host: 'app-eu1.hubspot.com',
    ...change,
  };
}

export function textsIn(language: string): Texts {
  const found = texts.get(language);
  if (!found) throw new Error(`there are no texts in ${language}`);
  return found;
}
