import { describe, expect, test } from 'vitest';
import { readLocales } from '../config/locales.ts';
import { fill } from '../src/model/locale.ts';
import { renderPanelPage } from '../src/modules/agent-panel/page.ts';
import { compileInvitation } from '../src/modules/invitations/email/invitation.ts';
import { renderSurveyPage } from '../src/modules/responses/page/page.ts';
import { type SurveyDefinition, surveyContentFrom, surveyDefinition } from '../src/modules/surveys/survey.ts';
import { composeWording } from '../src/modules/surveys/wording.ts';
import { aPanel } from './panels.ts';
import { aQuestion, everyView } from './survey-views.ts';

const nameless = surveyDefinition.parse({ key: 'after-ticket', metric: 'nps' });
const acme = surveyDefinition.parse({ key: 'after-ticket', metric: 'nps', company: 'Acme' });
const surveyRequest = {
  name: 'Ann',
  ratingUrl: (rating: number) => `https://x.test/s/TOKEN?rating=${rating}`,
  unsubscribeUrl: 'https://x.test/u/TOKEN',
  hiddenUrl: 'https://x.test/about/TOKEN',
};

describe.each([...readLocales()])('in %s', (tag, texts) => {
  const { direction } = texts.language;
  const questionOf = (survey: SurveyDefinition) => composeWording(survey, texts).question;

  test('the question names the company, or us', () => {
    expect(questionOf(acme)).toContain('Acme');
    expect(questionOf(nameless)).toBe(questionOf(acme).replace('Acme', texts.us));
  });

  test.each([acme, nameless])('the letter is marked as such and leaves nothing open', async (survey) => {
    const sentEmail = await compileInvitation({ survey: surveyContentFrom(survey), texts });
    const { subject, html, text } = sentEmail.render(surveyRequest);

    expect(html).toMatch(new RegExp(`<html\\b[^>]*\\blang="${tag}" dir="${direction}"`, 'u'));
    expect(html).not.toContain(`direction:${direction === 'ltr' ? 'rtl' : 'ltr'}`);
    expect(html).toContain(questionOf(survey));
    expect(text).toContain(questionOf(survey));
    expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
  });

  test('every page is marked as such and leaves nothing open', () => {
    for (const view of everyView(texts, { company: undefined })) {
      const page = renderSurveyPage(view, texts);

      expect(page).toContain(`<html lang="${tag}" dir="${direction}">`);
      expect(page.replace(/<style>.*?<\/style>|<script>.*?<\/script>/gsu, '')).not.toMatch(/\{\w+\}|undefined/u);
    }
  });

  test('the panel of agents is marked as such and leaves nothing open', () => {
    const { panel } = texts;
    for (const [reason, sentence] of Object.entries(panel.next)) {
      const said = fill(sentence, { date: '1' });
      const next = { when: 'never', from: null, reason, sentence: said } as const;
      const page = renderPanelPage(aPanel(tag, { next }), texts, {
        address: 'https://x.test/panel/zendesk',
        token: 'T',
      });

      expect(page).toContain(`<html lang="${tag}" dir="${direction}">`);
      expect(page.replace(/<style>.*?<\/style>/gsu, '')).not.toMatch(/\{\w+\}|undefined/u);
    }
  });

  test('a count is written as it is written there', () => {
    const problem = { about: 'comment' as const, length: 12_345, limit: 10_000 };
    const page = renderSurveyPage({ ...aQuestion(texts), problem }, texts);

    expect(page).toContain(new Intl.NumberFormat(tag).format(12_345));
    expect(page).not.toMatch(/12345|10000/u);
  });
});
