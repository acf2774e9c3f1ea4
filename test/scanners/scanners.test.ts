import { beforeAll, describe, expect, it, vi } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { serveSurveyPages } from '../flows/survey-pages.ts';
import { createWorld, hour, type World } from '../flows/world.ts';
import { humans } from './humans.ts';
import { machines } from './machines.ts';
import { play } from './play.ts';

// Everybody comes in one hook; a busy machine takes its time.
vi.setConfig({ hookTimeout: 240_000 });

const behaviours = [...machines, ...humans];

const levels = [
  ['strict', 0],
  ['balanced', 1],
  ['instant', 2],
] as const;

describeOnEachDatabase('who opens the links of an email', (open) => {
  let world: World;
  let played: Awaited<ReturnType<typeof play<(typeof levels)[number][0]>>>;
  let responses: Awaited<ReturnType<World['responses']>>;
  let crmFields: Awaited<ReturnType<World['crmFields']>>;
  beforeAll(async () => {
    world = await createWorld(await open());
    const names = levels.map(([confirm]) => confirm);
    played = await play(world, await serveSurveyPages(world), names, behaviours);
    await world.pass(hour);
    responses = await world.responses();
    crmFields = await world.crmFields();
  });

  describe.each(levels)('at the level %s:', (confirm, level) => {
    it.each(behaviours.map((behaviour, index) => [behaviour.name, behaviour, index] as const))(
      '%s',
      (_name, { fates, rating }, index) => {
        const { invitationId, contactId } = played.get(confirm)?.[index] ?? {};
        const fate = fates[level];
        const answer = responses.find((response) => response.invitationId === invitationId);
        expect(answer?.status).toBe(fate);
        expect(answer?.onRecord ?? false).toBe(fate === 'confirmed');
        if (fate === 'quarantined') expect(answer?.statusReason?.code).toBe('quarantined');
        if (rating !== undefined) expect(answer?.rating).toBe(rating);
        const standing = crmFields.find((of) => of.contactId === contactId)?.values ?? {};
        if (fate !== 'confirmed') expect(standing).not.toHaveProperty('nps_latest_rating');
        else expect(standing).toMatchObject({ nps_latest_rating: answer?.rating, nps_response_count: 1 });
      },
    );

    it('nobody is unsubscribed by opening a link', async () => {
      const contacts = await world.contacts();
      expect(contacts).toHaveLength(levels.length * behaviours.length);
      expect(contacts.filter(({ unsubscribedAt }) => unsubscribedAt !== null)).toEqual([]);
    });
  });
});

describe('by the word of the tables', () => {
  it('no machine makes a score but at the level that takes a tap for an answer', () => {
    expect(machines.flatMap(({ fates }) => fates.slice(0, 2))).not.toContain('confirmed');
  });

  it('everybody who sends or touches the page does at the usual level, and everybody else is unconfirmed', () => {
    for (const { steps, fates } of humans) {
      const meant = steps.some((step) => 'act' in step || 'submit' in step);
      expect(fates[1]).toBe(meant ? 'confirmed' : 'unconfirmed');
    }
  });
});
