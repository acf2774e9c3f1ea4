import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import {
  hiddenFields,
  posted,
  publicUrl,
  type SurveyPages,
  serveSurveyPages,
} from '../../../../test/flows/survey-pages.ts';
import { createWorld, day, hour, minute, type World } from '../../../../test/flows/world.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Email } from '../../../platform/email/email.ts';
import { suppression, unsubscription } from '../../contacts/tables.ts';
import { updateInvitation } from '../../invitations/queries/invitations.ts';
import { intent } from '../../invitations/tables.ts';

describeOnEachDatabase('the doors of a survey', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function at(survey: object = {}) {
    const world = await createWorld(database, { surveys: [survey] });
    const surveyPages = await serveSurveyPages(world);
    return { world, surveyPages, ...(await world.asked()) };
  }

  const linkIn = ({ text }: Email, surveyPages: 's' | 'u') =>
    new RegExp(`${publicUrl}/${surveyPages}/[\\w.-]+`, 'u').exec(text)?.[0] ?? '';
  const traces = async (world: World) =>
    (await database.db.select().from(intent)).filter(({ workspaceId }) => workspaceId === world.workspaceId);

  /** Opens a number of the email, and sends its page with this filled in. */
  async function answer(surveyPages: SurveyPages, sentEmail: Email, rating: number, more: Record<string, string> = {}) {
    const link = linkIn(sentEmail, 's');
    const page = await surveyPages.visit(`${link}?rating=${rating}`);
    return surveyPages.visit(link, {}, posted({ ...hiddenFields(page.text), rating, ...more }));
  }

  describe('show and change an answer only to the device that gave it', () => {
    const ann = () => ({ agent: 'Firefox', address: '192.0.2.7', cookies: new Map<string, string>() });
    const bob = () => ({ agent: 'Safari', address: '192.0.2.8', cookies: new Map<string, string>() });

    async function answered() {
      const { world, surveyPages, sentEmail } = await at();
      const link = linkIn(sentEmail, 's');
      const first = ann();
      const page = await surveyPages.visit(`${link}?rating=9`, first);
      await surveyPages.visit(link, first, posted({ ...hiddenFields(page.text), rating: 9, comment: 'Very kind.' }));
      return { world, surveyPages, link, first };
    }
    const given = async (world: World) => (await world.responses()).map(({ rating, comment }) => ({ rating, comment }));

    it('hides number and comment from another one, and keeps the answer', async () => {
      const { world, surveyPages, link, first } = await answered();
      await world.pass(hour);
      const other = bob();
      for (const address of [link, `${link}?change`, `${link}?rating=0`]) {
        expect((await surveyPages.visit(address, other)).text).not.toContain('Very kind.');
      }
      const page = await surveyPages.visit(`${link}?rating=0`, other);
      const sent = await surveyPages.visit(
        link,
        other,
        posted({ ...hiddenFields(page.text), rating: 0, replaces: 'yes' }),
      );
      expect(sent.status).toBe(409);
      expect(sent.text).not.toContain('Very kind.');
      expect(await given(world)).toEqual([{ rating: 9, comment: 'Very kind.' }]);
      expect((await surveyPages.visit(link, first)).text).toContain('Very kind.');
    });

    it('lets another one replace it only while it waits for its comment, and only when they were told', async () => {
      const { world, surveyPages, link } = await answered();
      const other = bob();
      const page = await surveyPages.visit(`${link}?rating=3`, other);
      const told = await surveyPages.visit(link, other, posted({ ...hiddenFields(page.text), rating: 3 }));
      expect(told.status).toBe(409);
      expect(await given(world)).toEqual([{ rating: 9, comment: 'Very kind.' }]);
      await surveyPages.visit(link, other, posted({ ...hiddenFields(told.text), rating: 3 }));
      expect(await given(world)).toEqual([{ rating: 3, comment: null }]);
    });
  });

  describe('know a client', () => {
    it('by a cookie for a random number, which scripts and other sites cannot read', async () => {
      const { surveyPages, sentEmail } = await at();
      const { headers } = await surveyPages.visit(linkIn(sentEmail, 's'));
      const cookies = headers.getSetCookie();
      expect(cookies).toEqual([
        expect.stringMatching(/^visitor=[\w-]{22}; Path=\/s; HttpOnly; Secure; SameSite=Lax$/u),
        expect.stringMatching(/^visitor=[\w-]{22}; Path=\/about; HttpOnly; Secure; SameSite=Lax$/u),
      ]);
      expect(new Set(cookies.map((cookie) => cookie.split(';')[0]))).toHaveLength(1);
    });

    it('again by what it brings back, and keep neither address nor program', async () => {
      const { world, surveyPages, sentEmail } = await at();
      const cookies = new Map<string, string>();
      const visitor = { agent: 'curl/8.7.1', address: '192.0.2.77', cookies };
      const link = linkIn(sentEmail, 's');
      const page = await surveyPages.visit(link, visitor);
      const { id } = (await world.invited(sentEmail)).invitation;
      expect((await surveyPages.visit(world.context.links.hidden(id), visitor)).headers.getSetCookie()).toEqual([]);
      await surveyPages.visit(link, visitor, posted({ ...hiddenFields(page.text), rating: 9 }));
      const [opened, hidden, sent] = await traces(world);
      expect(opened).toMatchObject({
        kind: 'open',
        scanner: 'script',
        visitor: expect.stringMatching(/^[\w-]{22}$/u),
      });
      expect(hidden).toMatchObject({ kind: 'hidden', visitor: opened?.visitor, network: opened?.network });
      expect(sent).toMatchObject({ kind: 'submit', visitor: opened?.visitor, page: opened?.id, rating: 9 });
      expect(JSON.stringify([await traces(world), world.logs])).not.toMatch(/192\.0\.2\.77|8\.7\.1/u);
    });

    it('by its address and program, one as well as the other', async () => {
      const { world, surveyPages, sentEmail } = await at();
      const link = linkIn(sentEmail, 's');
      await surveyPages.visit(link, { address: '192.0.2.1' });
      await surveyPages.visit(link, { address: '192.0.2.2' });
      await surveyPages.visit(link, { address: '192.0.2.1', agent: 'Mozilla/5.0 other' });
      await surveyPages.visit(link, { address: '192.0.2.1' });
      const networks = (await traces(world)).map(({ network }) => network);
      expect(new Set(networks)).toHaveLength(3);
      expect(networks[3]).toBe(networks[0]);
    });
  });

  it.each([
    ['HEAD', { method: 'HEAD' }],
    ['Sec-Purpose', { headers: { 'sec-purpose': 'prefetch' } }],
    ['Purpose', { headers: { purpose: 'prefetch' } }],
    ['X-Moz', { headers: { 'x-moz': 'prefetch' } }],
  ])('do nothing at all for %s', async (_how, request) => {
    const { world, surveyPages, sentEmail } = await at();
    const { id } = (await world.invited(sentEmail)).invitation;
    for (const link of [`${linkIn(sentEmail, 's')}?rating=9`, world.context.links.hidden(id)]) {
      const { status, headers } = await surveyPages.visit(link, {}, request);
      expect(status).toBe(200);
      expect(headers.getSetCookie()).toEqual([]);
    }
    expect(await traces(world)).toEqual([]);
  });

  it('show a harmless page behind the link that no person sees', async () => {
    const { world, surveyPages, sentEmail } = await at();
    const { links } = world.context;
    const { id } = (await world.invited(sentEmail)).invitation;
    const { status, text } = await surveyPages.visit(links.hidden(id));
    expect(status).toBe(200);
    expect(text).not.toContain('<form');
    expect((await surveyPages.visit(links.hidden(id).replace(id, 'A'.repeat(22)))).status).toBe(404);
  });

  describe('after the answer', () => {
    const followUp = {
      afterHigh: 'https://reviews.example/acme',
      redirect: 'https://acme.example/thanks',
      mayContact: true,
    };

    it('lead to one thing more after a high number, and stay there', async () => {
      const { surveyPages, sentEmail } = await at({ followUp });
      const { text } = await answer(surveyPages, sentEmail, 9);
      expect(text).toContain('<a class="button first" href="https://reviews.example/acme">');
      expect(text).toContain('<a class="button" href="https://acme.example/thanks">Continue</a>');
      expect(text).not.toContain('http-equiv');
    });

    it('lead on by themselves where there is nothing more to do', async () => {
      const { surveyPages, sentEmail } = await at({ followUp });
      const { text } = await answer(surveyPages, sentEmail, 7);
      expect(text).not.toContain('reviews.example');
      expect(text).toContain('<meta http-equiv="refresh" content="0;url=https://acme.example/thanks">');
      expect(text).toContain('<a class="button" href="https://acme.example/thanks">Continue</a>');
    });

    it('keep whether they may be contacted about a low number, and show it when it is changed', async () => {
      const { world, surveyPages, sentEmail } = await at({ followUp });
      await answer(surveyPages, sentEmail, 2, { mayContact: 'yes' });
      expect(await world.responses()).toMatchObject([{ mayContact: true }]);
      const { text } = await surveyPages.visit(`${linkIn(sentEmail, 's')}?change`);
      expect(text).toContain('name="mayContact" value="yes" checked');
    });

    it('lead nowhere and ask nothing more unless the survey says so', async () => {
      const { surveyPages, sentEmail } = await at();
      const { text } = await answer(surveyPages, sentEmail, 10);
      expect(text).not.toMatch(/http-equiv|Continue|class="button first"/u);
      expect((await surveyPages.visit(`${linkIn(sentEmail, 's')}?change`)).text).not.toContain('mayContact');
    });
  });

  describe('ask', () => {
    it('in the words of the survey', async () => {
      const own = { en: { question: 'Would you come back to {company}?', commentBottom: 'What hurt?', thanks: 'Ta!' } };
      const { surveyPages, sentEmail } = await at({ texts: { company: 'Acme', own } });
      const { text } = await surveyPages.visit(`${linkIn(sentEmail, 's')}?rating=2`);
      expect(text).toContain('Would you come back to Acme?');
      expect(text).toContain('<span class="why bottom">What hurt?</span>');
      expect((await answer(surveyPages, sentEmail, 2)).text).toContain('Ta!');
    });

    it('whoever only tapped, with the number that they tapped', async () => {
      const { world, surveyPages, sentEmail } = await at();
      world.jump(hour);
      await surveyPages.visit(`${linkIn(sentEmail, 's')}?rating=8`);
      await world.pass(hour);
      expect((await surveyPages.visit(linkIn(sentEmail, 's'))).text).toContain('<span>Send 8</span>');
    });

    it('whoever comes after a machine, with no number', async () => {
      const { world, surveyPages, sentEmail } = await at();
      for (const rating of [1, 5, 9]) await surveyPages.visit(`${linkIn(sentEmail, 's')}?rating=${rating}`);
      await world.pass(hour);
      expect(await world.responses()).toMatchObject([{ status: 'quarantined' }]);
      expect((await surveyPages.visit(linkIn(sentEmail, 's'))).text).toContain('<span>Send</span>');
    });

    it('and say that a test is one', async () => {
      const { world, surveyPages, sentEmail } = await at();
      await updateInvitation(database.db, (await world.invited(sentEmail)).invitation.id, { test: true });
      for (const { text } of [
        await surveyPages.visit(linkIn(sentEmail, 's')),
        await answer(surveyPages, sentEmail, 9),
      ]) {
        expect(text).toContain('This is a test: the answer does not count.');
      }
    });
  });

  describe('take no answer', () => {
    it('while the ticket is open again, and take one when it is resolved anew', async () => {
      const { world, surveyPages, sentEmail } = await at();
      const { id } = (await world.invited(sentEmail)).invitation;
      await updateInvitation(database.db, id, { reopenedAt: world.clock() });
      const shown = await surveyPages.visit(linkIn(sentEmail, 's'));
      expect(shown.status).toBe(200);
      expect(shown.text).toContain('Your request is open again');
      expect((await answer(surveyPages, sentEmail, 9)).status).toBe(409);
      expect(await world.responses()).toEqual([]);
      await updateInvitation(database.db, id, { reopenedAt: null });
      expect((await answer(surveyPages, sentEmail, 9)).status).toBe(200);
    });

    it('but show and change the one that was given before the ticket was opened again', async () => {
      const { world, surveyPages, sentEmail } = await at();
      await answer(surveyPages, sentEmail, 9);
      await updateInvitation(database.db, (await world.invited(sentEmail)).invitation.id, {
        reopenedAt: world.clock(),
      });
      expect((await surveyPages.visit(linkIn(sentEmail, 's'))).text).toContain('You have already answered');
      expect((await answer(surveyPages, sentEmail, 4)).status).toBe(200);
    });

    it('that comes too late, and say so', async () => {
      const { world, surveyPages, sentEmail } = await at({ expires: 'P7D' });
      world.jump(7 * day);
      expect(await surveyPages.visit(linkIn(sentEmail, 's'))).toMatchObject({
        status: 410,
        text: expect.stringContaining('This question has expired'),
      });
      expect(await answer(surveyPages, sentEmail, 9)).toMatchObject({
        status: 410,
        text: expect.stringContaining('your answer was not saved'),
      });
      expect(await world.responses()).toEqual([]);
    });

    it('that comes too late, unless the survey takes it all the same', async () => {
      const { world, surveyPages, sentEmail } = await at({ timing: { expires: 'P7D', late: 'accept' } });
      await world.pass(8 * day);
      expect((await answer(surveyPages, sentEmail, 9)).status).toBe(200);
      expect(await world.responses()).toMatchObject([{ rating: 9, onRecord: true }]);
    });
  });

  describe('unsubscribe', () => {
    const rows = async (world: World) => {
      const ours = ({ workspaceId }: { workspaceId: string }) => workspaceId === world.workspaceId;
      return {
        remembered: (await database.db.select().from(suppression)).filter(ours),
        surveys: (await database.db.select().from(unsubscription)).filter(ours),
      };
    };

    it.each([
      ['by the usual choice', posted({ scope: 'everything' })],
      ['without a choice', { method: 'POST' }],
      ['by one click in an email program', posted({ 'List-Unsubscribe': 'One-Click' })],
      ['by one click that comes as another kind of form', { method: 'POST', body: oneClick() }],
    ])('from everything %s, once', async (_how, request) => {
      const { world, surveyPages, sentEmail, email } = await at({ reminders: ['P1D'] });
      const first = world.clock();
      const link = linkIn(sentEmail, 'u');
      expect((await surveyPages.visit(link)).text).toContain('value="everything" checked');
      expect((await surveyPages.visit(link, {}, request)).text).toContain(
        'You will not receive questions from Acme any more.',
      );
      world.jump(minute);
      await surveyPages.visit(link, {}, request);
      expect(await world.contacts()).toMatchObject([{ unsubscribedAt: first }]);
      const [hash] = world.context.addressHashes.of(email);
      expect(await rows(world)).toMatchObject({
        remembered: [{ hash, survey: '', reason: 'unsubscribed', at: first }],
        surveys: [],
      });
      await world.pass(2 * day);
      expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    });

    it('from this survey alone, whose emails and reminders stop', async () => {
      const { world, surveyPages, sentEmail, email, requester } = await at({ quietPeriod: 'PT0S', reminders: ['P1D'] });
      const { ticket } = await world.resolvedTicket({ requester });
      const { text } = await surveyPages.visit(linkIn(sentEmail, 'u'), {}, posted({ scope: 'survey' }));
      expect(text).toContain('You will not receive questions like this one from Acme any more.');
      expect(await world.contacts()).toMatchObject([{ unsubscribedAt: null }]);
      const [hash] = world.context.addressHashes.of(email);
      expect(await rows(world)).toMatchObject({
        remembered: [{ hash, survey: 'after-ticket' }],
        surveys: [{ at: world.clock() }],
      });
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'withdrawn', dueAt: null }]);
      await world.pass(2 * day);
      expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    });

    it('from this survey, and leave the emails of another one', async () => {
      const { world, surveyPages, sentEmail, requester } = await at({ quietPeriod: 'PT0S' });
      await world.survey({ key: 'another', quietPeriod: 'PT0S' });
      const { ticket } = await world.resolvedTicket({ requester });
      await surveyPages.visit(linkIn(sentEmail, 'u'), {}, posted({ scope: 'survey' }));
      expect(await world.invitations(ticket.id)).toMatchObject([{ status: 'scheduled' }]);
    });
  });
});

function oneClick(): FormData {
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  return form;
}
