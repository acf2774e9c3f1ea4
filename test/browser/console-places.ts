import type { Page, Request } from 'playwright-core';
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
  at('/events', 'events', 'title'),
  at('/surveys', 'surveys', 'title'),
  at('/surveys/new', 'surveys', 'newPage.title'),
  at('/surveys/support-csat', 'editor', 'question.metricLabel'),
  at('/surveys/support-csat?part=texts', 'editor', 'texts.title'),
  at('/surveys/support-csat?part=branding', 'editor', 'branding.colorLabel'),
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
  at('/settings/email', 'settings', 'email.state.sandbox'),
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
  at(`${path}?tab=switches`, 'connections', 'switches.surveysEnabled'),
  at(`${path}?tab=fields`, 'connections', 'fields.says'),
  at(`${path}?tab=end`, 'connections', 'end.title'),
];

const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** What the page's requests are waited for with: resolves when none is open. */
function watchRequests(page: Page): { areOpen(): boolean; allAnswered(): Promise<void> } {
  const open = new Set<Request>();
  let tell: (() => void) | undefined;
  const close = (request: Request) => {
    open.delete(request);
    if (open.size === 0) tell?.();
  };
  page.on('request', (request) => {
    // What tells of news goes on for as long as the page stands.
    if (request.resourceType() !== 'eventsource') open.add(request);
  });
  page.on('requestfinished', close);
  page.on('requestfailed', close);
  return {
    areOpen: () => open.size > 0,
    allAnswered: async () => {
      if (open.size > 0) await new Promise<void>((done) => (tell = done));
    },
  };
}

/** Goes from page to page without loading the console again, as its links do. */
export function walkThrough(page: Page, language: Language): (place: Place) => Promise<void> {
  const requests = watchRequests(page);
  return async ({ path, seen }) => {
    await moveTo(page, path);
    await page.getByText(seen(language)).filter({ visible: true }).first().waitFor();
    await page.evaluate(drawn);
    while (requests.areOpen()) {
      await requests.allAnswered();
      await page.evaluate(drawn);
    }
  };
}

/** Follows an address inside the console, as one of its links does: to load all of it again takes a second. */
export async function moveTo(page: Page, path: string): Promise<void> {
  const address = JSON.stringify(path);
  await page.evaluate(`history.pushState(null, '', ${address}); dispatchEvent(new PopStateEvent('popstate'))`);
}
