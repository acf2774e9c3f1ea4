import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { composeProject } from '../../connectors/hubspot/app/project.ts';
import { panel as ofHubspot } from '../../connectors/hubspot/panel.ts';
import { composePackage } from '../../connectors/zendesk/app/package.ts';
import { panel as ofZendesk } from '../../connectors/zendesk/panel.ts';
import type { PanelContent } from '../../src/connector.ts';
import { aPanel, texts, answeredValues as values } from '../panels.ts';
import type { Visit } from './browser.ts';

const url = 'https://scores.example.org';
const hosts = join(import.meta.dirname, 'hosts');

/** What the server answers, one after the other, the last one for ever: a panel, a status, or nothing yet. */
export type Answers = readonly (PanelContent | number | 'none yet')[];

export type CardOptions = {
  answers?: Answers;
  language?: string;
  /** Nothing stands on the record; no field of ours is there. */
  fields?: 'filled' | 'empty' | 'missing';
  beside?: 'contact' | 'ticket';
  colorScheme?: 'light' | 'dark';
};

export type Card = {
  page: Page;
  /** What the card asked of our server, oldest first. */
  requests(): Promise<{ url: string; claims?: object; data?: object }[]>;
};

const noFields = { filled: values, empty: {}, missing: {} };

async function open(visit: Visit, { colorScheme = 'light' }: CardOptions): Promise<Page> {
  const options: BrowserContextOptions = { colorScheme, viewport: { width: 320, height: 640 } };
  const page = await visit.open(options);
  await page.clock.install({ time: new Date('2026-11-22T10:00:00Z') });
  return page;
}

const rendered = (of: typeof ofHubspot, answers: Answers) =>
  answers.map((answer) => (typeof answer === 'object' ? of.render(answer, {}) : answer));

const files = composePackage({ url, texts });

/** Our Zendesk app as it would be installed, in a host that stands in for Zendesk. */
export async function openZendesk(visit: Visit, requests: CardOptions = {}): Promise<Card> {
  const {
    answers = [aPanel()],
    language = 'en',
    fields = 'filled',
    beside = 'ticket',
    colorScheme = 'light',
  } = requests;
  const page = await open(visit, requests);
  const { user_fields: standing } = ofZendesk.render(aPanel('en', { values: noFields[fields] }), {}) as {
    user_fields: object;
  };
  const host = {
    location: beside === 'ticket' ? 'ticket_sidebar' : 'user_sidebar',
    domains: ['scores.example.org'],
    settings: ['app_secret'],
    known: {
      ...(beside === 'ticket' ? { 'ticket.id': 5158, 'ticket.requester.id': 4711 } : { 'user.id': 4711 }),
      ...{ 'currentUser.id': 77, 'currentUser.locale': language, colorScheme },
    },
    fields: fields === 'missing' ? { other: 'x' } : { nps_latest_rating: null, ...standing },
    answers: rendered(ofZendesk, answers),
    invoked: [],
  };
  await page.addInitScript(`window.host = ${JSON.stringify(host)};`);
  await page.route('**/*', (route) => {
    const { hostname, pathname } = new URL(route.request().url());
    if (hostname === 'static.zdassets.com') {
      return route.fulfill({ contentType: 'text/javascript', body: readFileSync(join(hosts, 'zaf-sdk.js'), 'utf8') });
    }
    const file = files.find(({ path }) => `/${path}` === pathname);
    const type = { html: 'text/html', js: 'text/javascript', css: 'text/css' }[pathname.split('.').at(-1) ?? ''];
    if (!file || !type) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: type, body: file.content });
  });
  await page.goto('https://1.apps.zdusercontent.com/assets/iframe.html');
  await page.clock.runFor(10);
  return { page, requests: async () => page.evaluate('window.host.requests') };
}

let bundle: Promise<string> | undefined;

/** The card's own sources, with the stand-in where HubSpot's package would be. */
function bundled(): Promise<string> {
  bundle ??= (async () => {
    const project = composeProject({ url, auth: 'static', texts });
    const built = await build({
      configFile: false,
      oxc: { jsx: { runtime: 'classic' } },
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
      resolve: { alias: { '@hubspot/ui-extensions': join(hosts, 'ui-extensions.tsx') } },
      plugins: [
        {
          name: 'settings',
          load: (id) => {
            const file = project.find(({ path }) => path.endsWith('/settings.ts') && id.endsWith(`/${path}`));
            return file?.text;
          },
        },
      ],
      build: {
        write: false,
        minify: false,
        lib: {
          entry: join(import.meta.dirname, '../../connectors/hubspot/app/src/app/cards/scores-card.tsx'),
          formats: ['iife'],
          name: 'card',
        },
      },
    });
    const [output] = [built].flat();
    if (!output || !('output' in output)) throw new Error('the card was not built');
    return output.output.map((part) => ('code' in part ? part.code : '')).join('\n');
  })();
  return bundle;
}

/** Our HubSpot card in a host that stands in for HubSpot. */
export async function openHubspot(visit: Visit, requests: CardOptions = {}): Promise<Card> {
  const { answers = [aPanel()], language = 'en', fields = 'filled', beside = 'contact' } = requests;
  const page = await open(visit, requests);
  const code = await bundled();
  const { properties } = ofHubspot.render(aPanel('en', { values: noFields[fields] }), {}) as { properties: object };
  const ofTicket = { feedback_rating: '3', feedback_category: 'detractor', feedback_comment: 'It took four days.' };
  const standing = beside === 'ticket' && fields === 'filled' ? ofTicket : properties;
  const direction = texts.get(language)?.language.direction ?? 'ltr';
  await page.setContent(`<!doctype html><html lang="${language}" dir="${direction}"><head><title>HubSpot</title>
<style>${readFileSync(join(hosts, 'hubspot.css'), 'utf8')}</style></head><body><main><h1>Customer feedback</h1>
<div id="root"></div></main></body></html>`);
  await page.evaluate(`
    const answers = ${JSON.stringify(rendered(ofHubspot, answers))};
    const standing = ${JSON.stringify(standing)};
    window.host = {
      root: document.querySelector('#root'),
      requests: [],
      context: {
        user: { language: ${JSON.stringify(language)} },
        portal: { id: 33 },
        crm: { objectId: 4711, objectTypeId: ${JSON.stringify(beside === 'ticket' ? '0-5' : '0-1')} },
      },
      async properties(names) {
        return Object.fromEntries(
          Object.entries(${JSON.stringify(fields)} === 'missing' ? {} : standing).filter(([name]) => names.includes(name)),
        );
      },
      fetch(url, { body }) {
        window.host.requests.push({ url, ...(body ? { data: body } : {}) });
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer === 'none yet') return new Promise(() => {});
        const status = typeof answer === 'number' ? answer : 200;
        return Promise.resolve({ ok: status === 200, status, json: async () => answer });
      },
    };`);
  await page.evaluate(code);
  await page.clock.runFor(100);
  return { page, requests: async () => page.evaluate('window.host.requests') };
}
