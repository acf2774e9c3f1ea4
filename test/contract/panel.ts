import { expect } from 'vitest';
import type { Panel, PanelContent, PanelRequest, WebhookRequest } from '../../src/connector.ts';
import { BadRequest, UntrustedWebhook } from '../../src/model/errors.ts';
import type { Given, Question } from './question.ts';
import { now, personal } from './tools.ts';
import { answered } from './values.ts';

export type PanelHarness = {
  secret: string;
  /** Another one that proves nothing here. */
  otherSecret: string;
  /** A request as the host makes it for an agent beside this record; beside none, it is proven all the same. */
  request(record: PanelRequest['record'] | undefined, secret: string, at: Date): WebhookRequest;
  /** Who looks, in what language, and in which account, as `request` says it. */
  seen: Omit<PanelRequest, 'record'>;
  /** Requests that differ from this one in a byte of what the proof covers. */
  tampered(request: WebhookRequest): readonly WebhookRequest[];
  /** Milliseconds after which a request is stale for certain. */
  window: number;
  /** The rating of the latest NPS answer in what `render` gives, as the host's own fields hold it. */
  ratingIn(rendered: ReturnType<typeof JSON.parse>): unknown;
};

const contact = { kind: 'contact', id: '4711' } as const;
const ticket = { kind: 'ticket', id: '5158' } as const;

const unknownContact: PanelContent = {
  language: { tag: 'en', direction: 'ltr' },
  known: false,
  values: {},
  history: [],
  next: { when: 'now', from: null, reason: 'asked', sentence: 'May be asked now.' },
  doNotSurvey: false,
};

const knownContact: PanelContent = {
  ...unknownContact,
  known: true,
  values: answered.best,
  history: [
    {
      metric: 'nps',
      rating: 10,
      highest: 10,
      category: 'promoter',
      comment: personal.comment,
      answeredAt: '2026-11-21T23:59:58.123Z',
      survey: 'after-ticket',
      ticket: { id: '5158', system: 'Example', here: true },
      counts: true,
    },
  ],
};

/** What is asked of a connector's `panel`. */
export function panelQuestions(panel: Panel, harness: PanelHarness): Question[] {
  const { secret, otherSecret, request, seen, tampered, window, ratingIn } = harness;
  const genuine = () => request(contact, secret, now);
  const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const refuses = async ({ failureOf }: Given, ...sent: Parameters<Panel['verify']>) => {
    expect(await failureOf(() => panel.verify(...sent))).toBeInstanceOf(UntrustedWebhook);
  };
  const rendered = (content: PanelContent) => JSON.parse(JSON.stringify(panel.render(content, {})));

  return [
    {
      title: 'accepts a genuine request, and says which secret proved it',
      ask() {
        expect(panel.verify(genuine(), [secret], now)).toBe(secret);
        expect(panel.verify(genuine(), [otherSecret, secret], now)).toBe(secret);
      },
    },
    {
      title: 'refuses a request made with another secret, and everything while it has none',
      async ask(given) {
        await refuses(given, request(contact, otherSecret, now), [secret], now);
        await refuses(given, genuine(), [], now);
        await refuses(given, request(contact, '', now), [''], now);
        await refuses(given, { ...genuine(), headers: {}, body: Buffer.alloc(0) }, [secret], now);
      },
    },
    {
      title: 'refuses a request in which one byte of what is proven was changed',
      async ask(given) {
        const changed = tampered(genuine());
        expect(changed.length).toBeGreaterThan(0);
        for (const one of changed) await refuses(given, one, [secret], now);
      },
    },
    {
      title: 'refuses what is stale, and what comes out of the future',
      async ask(given) {
        expect(window).toBeLessThanOrEqual(7_200_000);
        await refuses(given, genuine(), [secret], at(window + 1000));
        await refuses(given, request(contact, secret, at(window + 1000)), [secret], now);
      },
    },
    {
      title: 'reads who looks at what',
      ask() {
        expect(panel.read(genuine())).toEqual({ ...seen, record: contact });
        expect(panel.read(request(ticket, secret, now))).toEqual({ ...seen, record: ticket });
      },
    },
    {
      title: 'refuses to read a request that names no record',
      async ask({ failureOf }) {
        const beside = request(undefined, secret, now);
        expect(panel.verify(beside, [secret], now)).toBe(secret);
        expect(await failureOf(() => panel.read(beside))).toBeInstanceOf(BadRequest);
      },
    },
    {
      title: 'renders what stands and what was answered, and fetches nothing',
      ask({ vendor }) {
        const shown = rendered(knownContact);
        expect(String(ratingIn(shown))).toBe('10');
        expect(shown).toMatchObject({ known: true, history: knownContact.history, next: knownContact.next });
        expect(vendor.requests).toEqual([]);
      },
    },
    {
      title: 'renders a contact of whom nothing is known, and says so',
      ask() {
        const shown = rendered(unknownContact);
        expect(ratingIn(shown) ?? null).toBeNull();
        expect(shown).toMatchObject({
          known: false,
          history: [],
          next: unknownContact.next,
          language: unknownContact.language,
        });
      },
    },
  ];
}
