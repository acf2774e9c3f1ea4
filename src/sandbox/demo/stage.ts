import { setTimeout as sleep } from 'node:timers/promises';
import { type ComparedField, compare, type Expectations } from './expectations.ts';
import type { Narration } from './narration.ts';
import type { Outside, VendorName } from './outside.ts';

/** What the story is played on, and what has gone wrong in it. */
export type Stage = {
  outside: Outside;
  narration: Narration;
  /** Sentences; none while all is as it should be. */
  wrong: string[];
};

/** Somebody whom both systems know, each by an id of its own. */
export type DemoContact = { name: string; email: string; ids: Readonly<Record<VendorName, string>> };

export const titles: Readonly<Record<VendorName, string>> = { hubspot: 'HubSpot', zendesk: 'Zendesk' };

export const vendors = ['hubspot', 'zendesk'] as const;

/** What is shown of a record even if nothing is wrong with it: the first of what is expected there. */
const alwaysShown = 4;

/** How long an answer may take to stand on a record, in milliseconds. */
const patience = 30_000;

export async function meet({ outside }: Stage, contact: { name: string; email: string }): Promise<DemoContact> {
  const hubspot = await outside.addContact('hubspot', contact);
  const zendesk = await outside.addContact('zendesk', contact);
  return { ...contact, ids: { hubspot, zendesk } };
}

/** Shows what stands on both records, once it is what is expected there. */
export async function showRecords(
  stage: Stage,
  contact: DemoContact,
  expected: (vendor: VendorName) => Expectations,
): Promise<void> {
  for (const vendor of vendors) {
    const findings = await checkUntilFine(() => findingsOn(stage, contact, vendor, expected(vendor)));
    stage.narration.step(`On ${contact.name}’s record in ${titles[vendor]} stand`);
    tell(stage, findings, { contact, vendor, shown: alwaysShown });
  }
}

/** Shows that no answer has been written to either record. */
export async function showUntouched(stage: Stage, contact: DemoContact, expected: Expectations): Promise<void> {
  stage.narration.step(`No answer stands on ${contact.name}’s record, neither in HubSpot nor in Zendesk.`);
  for (const vendor of vendors) {
    const findings = await findingsOn(stage, contact, vendor, expected);
    tell(stage, findings, { contact, vendor, shown: 0 });
  }
}

async function findingsOn(
  { outside }: Stage,
  { ids }: DemoContact,
  vendor: VendorName,
  expected: Expectations,
): Promise<readonly ComparedField[]> {
  return compare(await outside.record(vendor, ids[vendor]), expected);
}

function tell(
  { narration, wrong }: Stage,
  findings: readonly ComparedField[],
  { contact, vendor, shown }: { contact: DemoContact; vendor: VendorName; shown: number },
): void {
  const told = findings.filter(({ complaint }, index) => complaint !== undefined || index < shown);
  for (const finding of told) narration.finding(finding);
  if (shown > 0) narration.aside(`and ${findings.length - told.length} more fields, all as they should be`);
  for (const { key, complaint } of told) {
    if (complaint !== undefined) wrong.push(`${key} of ${contact.name} in ${titles[vendor]} ${complaint}`);
  }
}

async function checkUntilFine(check: () => Promise<readonly ComparedField[]>): Promise<readonly ComparedField[]> {
  const deadline = Date.now() + patience;
  for (;;) {
    const findings = await check();
    if (findings.every(({ complaint }) => complaint === undefined) || Date.now() > deadline) return findings;
    await sleep(150);
  }
}
