import { setTimeout as sleep } from 'node:timers/promises';
import { expectAnswer, expectNothing, expectUnanswered } from './expectations.ts';
import type { DecisionAnswer, SentDemoEmail, VendorName } from './outside.ts';
import { type DemoContact, meet, type Stage, showRecords, showUntouched, titles, vendors } from './stage.ts';
import { until } from './until.ts';

/** Seconds from the resolution to the email: short, because somebody looks on. */
const delay = 6;

/** What the service is started with. */
export const demoSurvey = {
  key: 'after-ticket',
  metric: 'nps',
  status: 'live',
  company: 'Acme',
  delay: `PT${delay}S`,
  commentWindow: 'PT5S',
};

type Question = { vendor: VendorName; subject: string; agent: string };
type Reply = { rating: number; category: 'promoter' | 'passive' | 'detractor'; comment: string };

/** Plays the main job three times. @returns the first of the contacts in it */
export async function tellStory(stage: Stage): Promise<DemoContact> {
  const { outside, narration } = stage;
  await until('the service to be up', async () => (await outside.isUp()) || undefined, { seconds: 60 });
  await until('HubSpot and Zendesk to be connected', async () => {
    const found = await outside.connections();
    const ready = found.filter(({ status }) => status === 'ready').map(({ connector }) => connector);
    return vendors.every((vendor) => ready.includes(vendor)) || undefined;
  });
  narration.step('The service is up. HubSpot and Zendesk are connected and have the fields that it keeps.');

  narration.act('A ticket is solved in Zendesk, and Ada is happy');
  const ada = await meet(stage, { name: 'Ada', email: 'ada@customers.example' });
  await askAndAnswer(
    stage,
    ada,
    { vendor: 'zendesk', subject: 'Where is my parcel?', agent: 'Robin' },
    { rating: 9, category: 'promoter', comment: 'Found within the hour. Thank you!' },
  );

  narration.act('A ticket is closed in HubSpot, and Ben is not happy at all');
  await askAndAnswer(
    stage,
    await meet(stage, { name: 'Ben', email: 'ben@customers.example' }),
    { vendor: 'hubspot', subject: 'The invoice is wrong', agent: 'Sam' },
    { rating: 3, category: 'detractor', comment: 'Three emails & two weeks – for one digit 😕' },
  );

  narration.act('A ticket is reopened before the email leaves, and Cleo is not asked');
  await reopenInTime(stage, await meet(stage, { name: 'Cleo', email: 'cleo@customers.example' }), {
    vendor: 'zendesk',
    subject: 'It stopped working',
    agent: 'Robin',
  });
  return ada;
}

async function askAndAnswer(stage: Stage, contact: DemoContact, question: Question, reply: Reply): Promise<void> {
  const { outside, narration, wrong } = stage;
  const { name, email } = contact;
  const { rating, category, comment } = reply;
  const { ticket, decision } = await resolve(stage, contact, question);
  narration.step(`Why ${name} is asked: “${decision.message}”`);

  const sentEmail = await until(`the email to ${name}`, () => outside.emailTo(email));
  narration.step(`Some seconds later an email arrives over SMTP: “${sentEmail.subject}”`);

  const link = linkOf(sentEmail, rating);
  const page = await outside.open(link);
  if (!isChosen(page, rating)) wrong.push(`the page that ${name} opened has not chosen the ${rating}`);
  narration.step(`${name} opens the link on the ${rating}. That alone is no answer, for mail scanners open links too.`);
  await showUntouched(stage, contact, expectUnanswered);

  const from = new Date();
  await outside.submit(link, { rating: String(rating), comment });
  const answered = {
    rating,
    category,
    comment,
    ticket,
    agent: question.agent,
    survey: demoSurvey.key,
    from,
    until: new Date(),
  };
  narration.step(`${name} submits ${rating}: “${comment}”`);
  await showRecords(stage, contact, (vendor) => expectAnswer(vendor, answered));
}

async function reopenInTime(stage: Stage, contact: DemoContact, question: Question): Promise<void> {
  const { outside, narration, wrong } = stage;
  const { name, email } = contact;
  const resolvedAt = Date.now();
  const { ticket, decision } = await resolve(stage, contact, question);
  narration.step(`${name} would be asked: “${decision.message}”`);

  await outside.reopen(question.vendor, ticket);
  const skipped = await until(`the decision about ${name} to be taken back`, async () => {
    const found = await outside.decision(ticket);
    return found?.verdict === 'skipped' ? found : undefined;
  });
  if (skipped.reasonCode !== 'reopened')
    wrong.push(`${name} is not asked because of ${skipped.reasonCode}, not of reopened`);
  narration.step(`The ticket is reopened: “${skipped.message}”`);

  await sleep(Math.max(0, resolvedAt + (delay + 4) * 1000 - Date.now()));
  if (await outside.emailTo(email)) wrong.push(`${name} got an email, though the ticket was reopened`);
  else narration.step(`The moment of the email has passed: no letter for ${name} is in the inbox.`);
  await showUntouched(stage, contact, expectNothing);
}

/** Somebody asks for help and gets it; the vendor tells the service, which decides. */
async function resolve(
  { outside, narration, wrong }: Stage,
  { name, ids }: DemoContact,
  { vendor, subject, agent }: Question,
): Promise<{ ticket: string; decision: DecisionAnswer }> {
  const ticket = await outside.openTicket(vendor, { requesterId: ids[vendor], subject, agent });
  narration.step(`${name} writes to ${titles[vendor]}: “${subject}” ${agent} resolves ticket ${ticket}.`);
  const before = (await outside.webhookAnswers(vendor)).length;
  await outside.resolve(vendor, ticket);

  const answers = await until(`a webhook from ${titles[vendor]}`, async () => {
    const found = (await outside.webhookAnswers(vendor)).slice(before);
    return found.length > 0 ? found : undefined;
  });
  const refused = answers.find((status) => status < 200 || status > 299);
  if (refused !== undefined) wrong.push(`a webhook from ${titles[vendor]} was answered with ${refused}`);
  await until(`the event about ticket ${ticket}`, async () => (await outside.events(ticket))[0]);
  narration.step(`${titles[vendor]} sends a signed webhook. The service answers ${answers[0]} and saves the event.`);

  const decision = await until(`the decision about ticket ${ticket}`, () => outside.decision(ticket));
  if (decision.verdict !== 'asked') wrong.push(`${name} is not asked: ${decision.message}`);
  return { ticket, decision };
}

function linkOf({ links }: SentDemoEmail, rating: number): string {
  const link = links.find(({ text, url }) => text === String(rating) && url.includes('/s/'));
  if (!link) throw new Error(`The letter has no link on the ${rating}.`);
  return link.url;
}

function isChosen(page: string, rating: number): boolean {
  return (page.match(/<input[^>]*>/gu) ?? []).some(
    (input) => input.includes(`value="${rating}"`) && / checked[ >]/u.test(input),
  );
}
