import { describe, it } from 'vitest';
import { surveyPageHeaders } from '../../src/modules/responses/page/headers.ts';
import { renderSurveyPage } from '../../src/modules/responses/page/page.ts';
import { everyView } from '../survey-views.ts';
import { golden } from './golden.ts';
import { expectNoFileBesides, joinDocuments, templateCases } from './template-cases.ts';

describe('survey pages', () => {
  it.each(templateCases)('of $name are the golden ones', async ({ name, definition, survey, texts, languages }) => {
    const frame = { branding: survey.branding, languages };
    const headers = Object.entries(surveyPageHeaders(frame)).map(([header, value]) => `${header}: ${value}`);
    const pages = everyView(texts, definition).map(
      (view) => [view.kind, renderSurveyPage(view, texts, frame)] as const,
    );
    await golden(`pages/${name}.txt`, joinDocuments([['headers', headers.join('\n')], ...pages]));
  });

  it('have golden files of no template that is gone', () => {
    expectNoFileBesides('pages');
  });
});
