import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { arabic, locales } from '../../../test/emails.ts';
import { createWorld, day, type World } from '../../../test/flows/world.ts';
import { fill } from '../../model/locale.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Email } from '../../platform/email/email.ts';
import { addResponse } from '../responses/queries/responses.ts';

describeOnEachDatabase('an email', (open) => {
  let database: Database;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database, { surveys: [{ languages: ['en', 'ar'], reminders: ['P1D', 'P2D'] }] });
    world.context.texts = locales;
  });

  async function reminded(email: string): Promise<Email> {
    await world.pass(day);
    const sentEmail = world.fakeEmailServer.to(email).at(-1);
    if (!sentEmail) throw new Error('no one was reminded');
    return sentEmail;
  }

  it('carries a link that only machines find', async () => {
    const { sentEmail } = await world.asked();
    const { invitation } = await world.invited(sentEmail);

    expect(sentEmail.html).toContain(`href="${world.context.links.hidden(invitation.id)}"`);
  });

  describe('is in the language of the record', () => {
    it('and so is a reminder, whatever the record says by then', async () => {
      const requester = world.vendor.addContact({ language: 'ar' });
      const { sentEmail, email } = await world.asked({ requester });
      expect(sentEmail.subject).toBe(fill(arabic.email.subject, { company: 'Acme' }));
      world.vendor.contacts.set(requester.id, { ...requester, language: 'en' });
      await world.event(requester.id, 'contact.changed');

      expect((await reminded(email)).subject).toBe(fill(arabic.email.reminderSubject, { company: 'Acme' }));
    });

    it('which is kept, so that the page speaks it too', async () => {
      const requester = world.vendor.addContact({ language: 'ar' });
      const { sentEmail } = await world.asked({ requester });
      const { invitation } = await world.invited(sentEmail);

      expect(invitation.language).toBe('ar');
    });
  });

  describe('that reminds a contact who', () => {
    async function tap(sentEmail: Email, status: 'unconfirmed' | 'quarantined') {
      const { invitation, survey, scale } = await world.invited(sentEmail);
      const at = world.clock();
      await addResponse(database.db, {
        workspaceId: world.workspaceId,
        invitationId: invitation.id,
        contactId: invitation.contactId,
        surveyId: survey.id,
        surveyVersion: survey.version,
        metric: scale.metric,
        scale: scale.highest,
        rating: 9,
        status,
        onRecord: false,
        answeredAt: at,
        ratedAt: at,
        changedAt: at,
      });
    }

    it('tapped a number asks once whether it is right', async () => {
      const { sentEmail, email } = await world.asked();
      await tap(sentEmail, 'unconfirmed');
      const first = await reminded(email);
      const second = await reminded(email);

      expect(first.text).toMatch(/^You chose 9\. Is that right\?/u);
      expect(first.text).toContain(`Yes, send 9: ${/https:\S+rating=9/u.exec(sentEmail.text)?.[0]}`);
      expect(second.text).toMatch(/^Hello/u);
    });

    it('did nothing, or was a machine, asks again', async () => {
      const nothing = await world.asked();
      const machine = await world.asked();
      await tap(machine.sentEmail, 'quarantined');

      expect((await reminded(nothing.email)).text).toMatch(/^Hello/u);
      expect(world.fakeEmailServer.to(machine.email).at(-1)?.text).toMatch(/^Hello/u);
    });
  });
});
