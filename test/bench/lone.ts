import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import { simulateZendesk } from '../../connectors/zendesk/simulator/index.ts';
import { createInbox, type Inbox } from '../../src/sandbox/inbox.ts';
import { findRatingLink, submitAnswer } from './apparatus/answering.ts';
import type { Bench } from './apparatus/bench.ts';
import { printBound } from './apparatus/bounds.ts';
import { eventually, startService } from './apparatus/launched.ts';
import { median, printTable } from './apparatus/numbers.ts';
import { type ServedVendor, serveVendor } from './apparatus/vendors.ts';

const answers = 20;

/** Milliseconds. */
const promised = 1000;

/** How exact the moments are, in milliseconds. */
const pollEvery = 2;

export const lone: Bench = {
  title: [
    `One answer at a time: from the Submit over HTTP until the rating stands on the record, ${answers} contacts one after the`,
    'other, each known in both systems, on the smallest plans.',
  ].join('\n'),

  async run(kind) {
    const database = await kind.create();
    const folder = mkdtempSync(join(tmpdir(), 'scoreback-bench-surveys-'));
    const vendors = { hubspot: await serveVendor(simulateHubspot), zendesk: await serveVendor(simulateZendesk) };
    // The event of a solved ticket is what the email comes from.
    vendors.zendesk.simulator.calm();
    const inbox = await createInbox();
    try {
      const service = await startService(database, {
        ...Object.assign({}, ...Object.values(vendors).map(({ simulator }) => simulator.environment)),
        ...{ SURVEYS_FILE: writeSurvey(folder), SMTP_URL: inbox.smtpUrl, MAIL_FROM: 'support@acme.example' },
      });
      try {
        const taken: Taken[] = [];
        for (let n = 0; n < answers; n += 1) taken.push(await answerAlone(vendors, inbox, n));
        print(taken);
      } finally {
        await service.stop();
      }
    } finally {
      for (const { stop } of [...Object.values(vendors), inbox]) await stop();
      rmSync(folder, { recursive: true, force: true });
      await database.drop();
    }
  },
};

type Vendors = Readonly<Record<'hubspot' | 'zendesk', ServedVendor>>;

/** Milliseconds until the page had thanked, and until the rating stood on each record. */
type Taken = Record<'thanks' | keyof Vendors, number>;

function writeSurvey(folder: string): string {
  const file = join(folder, 'surveys.json');
  const survey = { key: 'after-ticket', metric: 'nps', status: 'live', delay: 'PT0S', quietPeriod: 'PT0S' };
  writeFileSync(file, JSON.stringify([survey]));
  return file;
}

async function answerAlone({ hubspot, zendesk }: Vendors, inbox: Inbox, n: number): Promise<Taken> {
  const contact = { name: `Customer ${n}`, email: `customer-${n}@example.com` };
  const records = { hubspot: hubspot.simulator.addContact(contact), zendesk: zendesk.simulator.addContact(contact) };
  const shown = (field: string) =>
    [hubspot.simulator.record(records.hubspot), zendesk.simulator.record(records.zendesk)].map(
      (record) => record?.[field] ?? '',
    );
  zendesk.simulator.resolve(zendesk.simulator.addTicket({ requesterId: records.zendesk, subject: 'A question' }));
  const sentEmail = await waitFor('the email', () => inbox.sentEmails.find(({ to }) => to.includes(contact.email)));
  await waitFor('the asking stands on both records', () => !shown('feedback_last_asked_date').includes(''));
  // Zendesk takes one update of a single user in a second.
  await pause(1100);

  const link = findRatingLink(sentEmail, 9);
  if (!link) throw new Error('the email has no link for a 9');
  const began = performance.now();
  const since = () => performance.now() - began;
  const stands = (place: number) =>
    waitFor('the rating stands', () => Number(shown('nps_latest_rating')[place] || Number.NaN) === 9, pollEvery).then(
      since,
    );
  const [thanks, onHubspot, onZendesk] = await Promise.all([
    submitAnswer(link, 'Quick and kind.').then(since),
    stands(0),
    stands(1),
  ]);
  return { thanks, hubspot: onHubspot, zendesk: onZendesk };
}

async function waitFor<Found>(what: string, find: () => Found | undefined | false, every = 50): Promise<Found> {
  let found: Found | undefined | false;
  await eventually(
    what,
    async () => {
      found = find();
      return Boolean(found);
    },
    60_000,
    every,
  );
  return found as Found;
}

function print(taken: readonly Taken[]): void {
  const rows = (['thanks', 'hubspot', 'zendesk'] as const).map((what) => {
    const all = taken.map((one) => one[what]);
    return [what, ...[median(all), Math.max(...all)].map((value) => value.toFixed(0))];
  });
  printTable([['ms until', 'median', 'worst'], ...rows]);
  const both = taken.map(({ hubspot, zendesk }) => Math.max(hubspot, zendesk));
  const measured = `${median(both).toFixed(0)} ms in the median, ${Math.max(...both).toFixed(0)} ms in the worst`;
  printBound('on both records after', { measured, most: `${promised} ms` }, Math.max(...both) <= promised);
}
