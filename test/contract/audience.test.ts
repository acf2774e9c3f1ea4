import { expect, it } from 'vitest';
import type { AudienceSource } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { BadRequest, UpstreamBusy } from '../../src/model/errors.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';
import { claimed } from './question.ts';

const kinds: readonly AudienceSource['kind'][] = ['list', 'view', 'search', 'changed', 'date'];

/** An account with somebody of an earlier day, and enough contacts of today for two pages. */
function prepare({ connection, harness, simulator, clock, passes }: Meeting) {
  const audience = claimed(connection.audience);
  const { arrange } = claimed(harness.audience);
  const add = (name: string, more = {}) => simulator.addContact({ name, email: `${name}@customer.example`, ...more });
  const outsider = add('outsider');
  passes(3 * 86_400_000);
  const insiders = Array.from({ length: 105 }, (_, index) => add(`insider-${index}`));
  const reluctant = [add('unwilling', { optedOut: true }), add('suspended', { suspended: true })];
  insiders.push(...reluctant);
  const sources = audience.sources.map((kind) => arrange({ simulator, clock }, kind, insiders));
  // Vendors index late.
  passes(300_000);

  async function listAll(source: AudienceSource): Promise<readonly ContactSnapshot[]> {
    const found: ContactSnapshot[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
      expect(pages).toBeLessThan(10);
      const page = await audience.page(source, cursor);
      found.push(...page.contacts);
      cursor = page.cursor;
      passes(10_000);
    }
    return found;
  }
  return { audience, outsider, insiders, reluctant, sources, listAll };
}

describeOnSimulators('audiences', aboutAudiences, ({ audience }) => audience !== undefined);

function aboutAudiences(meeting: () => Meeting): void {
  it('all contacts of a source come, page by page and once, and no others', async () => {
    const { sources, insiders, outsider, listAll } = prepare(meeting());
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      const ids = (await listAll(source)).map(({ id }) => id);
      expect(new Set(ids).size, `repeats in ${source.kind}`).toBe(ids.length);
      expect(ids, source.kind).toEqual(expect.arrayContaining(insiders));
      expect(ids, source.kind).not.toContain(outsider);
    }
  });

  it('contacts come as a look at them shows them, with what they say about being asked', async () => {
    const { sources, reluctant, listAll } = prepare(meeting());
    const byId = new Map((await meeting().contacts.find({ ids: reluctant })).map((one) => [one.id, one]));
    expect(byId.size).toBe(2);
    for (const source of sources) {
      const found = (await listAll(source)).filter(({ id }) => reluctant.includes(id));
      expect(new Map(found.map((one) => [one.id, one])), source.kind).toEqual(byId);
    }
  });

  it('a kind of source that it does not have is refused, by name', async () => {
    const { audience } = prepare(meeting());
    const [from, until] = [meeting().clock(), meeting().clock()];
    const others = kinds.filter((kind) => !audience.sources.includes(kind));
    for (const kind of others) {
      const source = { kind, id: '1', query: 'a', since: from, property: 'a', from, until } as AudienceSource;
      const failure = await meeting().failureOf(() => audience.page(source));
      expect(failure).toBeInstanceOf(BadRequest);
      expect(failure).toMatchObject({ problems: [{ field: 'kind', message: { code: 'field.not_one_of' } }] });
    }
  });

  it('days that end before they begin are refused', async ({ skip }) => {
    const { audience } = prepare(meeting());
    if (!audience.sources.includes('date')) skip('it has no dates');
    const [from, until] = [new Date('2026-12-02T00:00:00Z'), new Date('2026-12-01T00:00:00Z')];
    const failure = await meeting().failureOf(() => audience.page({ kind: 'date', property: 'created', from, until }));
    expect(failure).toMatchObject({ code: 'invalid_input', problems: [{ field: 'until' }] });
  });

  it('a page that fails can be asked for again', async () => {
    const { audience, sources, insiders } = prepare(meeting());
    const { simulator, failureOf, passes } = meeting();
    for (const source of sources) {
      const first = await audience.page(source);
      passes(10_000);
      simulator.disturb({ kind: 'throttle', times: 1, retryAfterSeconds: 4 });
      const failure = await failureOf(() => audience.page(source, first.cursor));
      expect(failure).toBeInstanceOf(UpstreamBusy);
      expect(failure).toMatchObject({ retryAfter: 4000 });
      passes(10_000);
      const rest = await audience.page(source, first.cursor);
      const ids = [...first.contacts, ...rest.contacts].map(({ id }) => id);
      expect(ids, source.kind).toEqual(expect.arrayContaining(insiders));
      passes(10_000);
    }
  });
}
