import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { locales } from '../../../../test/emails.ts';
import { hiddenFields, posted, type SurveyPages, serveSurveyPages } from '../../../../test/flows/survey-pages.ts';
import { createWorld, type World } from '../../../../test/flows/world.ts';

describeOnEachDatabase('the language of a survey page', (open) => {
  let world: World;
  let surveyPages: SurveyPages;
  beforeAll(async () => {
    world = await createWorld(await open(), { surveys: [{ quietPeriod: 'PT0S', languages: ['en', 'de', 'fr'] }] });
    world.context.texts = locales;
    surveyPages = await serveSurveyPages(world);
  });

  /** Somebody whose record says German. */
  async function asked() {
    const { sentEmail } = await world.asked({ requester: world.vendor.addContact({ language: 'de-AT' }) });
    const { invitation } = await world.invited(sentEmail);
    const { links } = world.context;
    return { id: invitation.id, survey: links.survey(invitation.id), unsubscribe: links.unsubscribe(invitation.id) };
  }

  const languageOf = ({ text }: { text: string }) => /<html lang="(?<tag>[^"]*)"/u.exec(text)?.groups?.tag;
  const answerOf = async (id: string) => (await world.responses()).find(({ invitationId }) => invitationId === id);

  it.each([
    ['is that of the record', '', {}, 'de'],
    ['is that of the record before that of the browser', '', { 'accept-language': 'fr' }, 'de'],
    ['is the chosen one before all others', '?language=fr', { 'accept-language': 'en' }, 'fr'],
    ['is as before when another one is chosen than it speaks', '?language=ar', {}, 'de'],
    ['is as before when what is chosen is no language', '?language=%3Cscript%3E', {}, 'de'],
  ])('%s', async (_title, query, headers, tag) => {
    const { survey } = await asked();
    expect(languageOf(await surveyPages.visit(survey + query, {}, { headers }))).toBe(tag);
  });

  it('stays the chosen one through the form, whatever address it is sent to, and when the answer is changed', async () => {
    const { id, survey } = await asked();
    const page = await surveyPages.visit(`${survey}?language=fr&rating=9`);
    const thanks = await surveyPages.visit(survey, {}, posted({ ...hiddenFields(page.text), rating: 9 }));
    expect(languageOf(thanks)).toBe('fr');
    expect(await answerOf(id)).toMatchObject({ rating: 9, status: 'confirmed' });
    const change = /href="(?<query>\?change[^"]*)"/u.exec(thanks.text)?.groups?.query ?? '';
    expect(languageOf(await surveyPages.visit(survey + change.replaceAll('&amp;', '&')))).toBe('fr');
  });

  it('changes under what is written in the form, and answers nothing by that', async () => {
    const { id, survey } = await asked();
    const page = await surveyPages.visit(`${survey}?rating=3`);
    const written = { ...hiddenFields(page.text), rating: 2, comment: 'Es ging zu lange.', mayContact: 'yes' };
    const read = await surveyPages.visit(survey, {}, posted({ ...written, read: 'en' }));
    expect(read).toMatchObject({ status: 200, text: expect.stringContaining('Es ging zu lange.</textarea>') });
    expect(languageOf(read)).toBe('en');
    expect(read.text).toMatch(/value="2"[^>]* checked/u);
    expect(await answerOf(id)).toBeUndefined();
    await surveyPages.visit(survey, {}, posted({ ...written, ...hiddenFields(read.text) }));
    expect(await answerOf(id)).toMatchObject({ rating: 2, comment: 'Es ging zu lange.' });
    const none = await surveyPages.visit(survey, {}, posted({ ...hiddenFields(page.text), read: 'fr' }));
    expect([none.status, languageOf(none)]).toEqual([200, 'fr']);
  });

  it('can be chosen on the way out, too', async () => {
    const { unsubscribe } = await asked();
    const page = await surveyPages.visit(`${unsubscribe}?language=fr`);
    expect(page.text).toContain('<a href="?language=en" hreflang="en" lang="en" dir="ltr">English</a>');
    expect(languageOf(await surveyPages.visit(unsubscribe, {}, posted(hiddenFields(page.text))))).toBe('fr');
  });

  describe('of a link that opens nothing', () => {
    it.each([
      ['', 'da, en;q=0.5', 'da'],
      ['?language=ar', 'da', 'ar'],
      ['', 'tlh', 'en'],
    ])('is with %j any that the browser %s asks for: %s', async (query, accepted, tag) => {
      const headers = { 'accept-language': accepted };
      expect(languageOf(await surveyPages.visit(`/s/nothing${query}`, {}, { headers }))).toBe(tag);
    });
  });
});
