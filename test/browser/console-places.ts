import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import { type Key, type Language, type Namespace, wordIn } from './words.ts';

/** Where a page of the console is, and what is seen once it stands there. */
export type Place = { path: string; seen: (language: Language) => string };

function at<Of extends Namespace>(path: string, namespace: Of, key: Key<Of>): Place {
  return { path, seen: (language) => wordIn(language, namespace, key) };
}

/** Lists with few rows, which are all alike, for the look at them to be quick. */
export const places: readonly Place[] = [
  at('/', 'home', 'newestComments'),
  at('/responses?search=call', 'responses', 'title'),
  at('/contacts?name=Sven', 'contacts', 'title'),
  at('/decisions?email=tara.singh@northwind.example', 'decisions', 'title'),
  at('/deliveries?status=bounced', 'deliveries', 'title'),
  at('/notices', 'notices', 'title'),
  at('/surveys', 'surveys', 'title'),
  at('/surveys/new', 'surveys', 'newPage.title'),
  at('/surveys/support-csat', 'editor', 'question.metricLabel'),
  at('/surveys/support-csat?part=texts', 'editor', 'texts.title'),
  at('/surveys/support-csat?part=look', 'editor', 'look.colourLabel'),
  at('/surveys/support-csat?part=audience', 'editor', 'audience.conditions'),
  at('/surveys/support-csat?part=timing', 'editor', 'timing.when'),
  at('/surveys/support-csat?part=reminders', 'editor', 'reminders.title'),
  at('/surveys/support-csat?part=followUp', 'editor', 'followUp.commentLabel'),
  at('/surveys/support-csat?part=delivery', 'editor', 'delivery.confirm'),
  at('/surveys/support-csat/dry-run', 'dryRun', 'begin'),
  at('/surveys/support-csat/publish', 'surveys', 'publish.act'),
  at('/surveys/support-csat/versions?version=1', 'surveys', 'versions.title'),
  at('/surveys/support-csat/start', 'surveys', 'start.api'),
  at('/surveys/brands', 'brands', 'title'),
  at('/surveys/brands/new', 'brands', 'newTitle'),
  at('/connections', 'connections', 'says'),
  at('/connections/new?connector=hubspot', 'connections', 'new.fill'),
  at('/settings', 'settings', 'workspace.ownDomains'),
  at('/settings/mail', 'settings', 'mail.state.sandbox'),
  at('/settings/privacy', 'settings', 'privacy.retention'),
  at('/settings/pause', 'settings', 'pause.title'),
  at('/settings/keys', 'keys', 'title'),
  at('/settings/audit', 'audit', 'title'),
  at('/team', 'team', 'title'),
  at('/account', 'account', 'title'),
  at('/calculators?of=nps&promoters=6&passives=3', 'calculators', 'nps.promoters'),
  at('/calculators?of=csat&satisfied=5&others=2', 'calculators', 'csat.satisfied'),
  at('/calculators?of=ces&rated7=3&rated2=1', 'calculators', 'ces.formula'),
  at('/calculators?of=sample&margin=5', 'calculators', 'sample.population'),
];

/** What is seen of one connection, by the part of it. */
export const connectionPlaces = (path: string): readonly Place[] => [
  at(path, 'connections', 'findings.title'),
  at(`${path}?tab=switches`, 'connections', 'switches.asks'),
  at(`${path}?tab=fields`, 'connections', 'fields.says'),
  at(`${path}?tab=end`, 'connections', 'end.title'),
];

/** Goes from page to page without loading the console again, as its links do. */
export function walkThrough(page: Page, language: Language): (place: Place) => Promise<void> {
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  // What tells of news goes on for as long as the page stands.
  const isQuiet = () => [...open].every((request) => request.resourceType() === 'eventsource');
  const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
  return async ({ path, seen }) => {
    await page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await page.getByText(seen(language)).filter({ visible: true }).first().waitFor();
    await page.evaluate(drawn);
    await expect.poll(isQuiet, { interval: 20, timeout: 15_000 }).toBe(true);
    await page.evaluate(drawn);
  };
}
