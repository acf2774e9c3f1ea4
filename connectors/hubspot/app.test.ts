import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readLocales } from '../../config/locales.ts';
import { composeProject, readTemplate } from './app/project.ts';
import { findFaults, type ProjectFile } from './app/shape.ts';
import { ticketLink } from './app/src/app/cards/panel.ts';
import { hubspot } from './index.ts';
import { optionalScopes, requiredScopes } from './scopes.ts';
import { webhooks } from './webhooks.ts';

const url = 'https://scores.example.org/feedback';
const texts = readLocales();
const cards = 'src/app/cards';
const webhooksFile = 'src/app/webhooks/webhooks-hsmeta.json';
const actionFile = 'src/app/workflow-actions/send-survey-hsmeta.json';
const appFile = 'src/app/app-hsmeta.json';
const out = mkdtempSync(join(tmpdir(), 'hubspot-app-'));
afterAll(() => rmSync(out, { recursive: true }));

const textOf = (files: readonly ProjectFile[], path: string) => files.find((file) => file.path === path)?.text;
const read = (files: readonly ProjectFile[], path: string) =>
  JSON.parse(files.find((file) => file.path === path)?.text ?? 'null');
const generate = (...flags: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, 'app', 'generate.ts'), ...flags]);

describe('the project', () => {
  it('stands in the folder as the generator would make it, and as HubSpot documents it', () => {
    const template = readTemplate();
    expect(findFaults(template)).toEqual([]);
    const composed = composeProject({ url: 'https://feedback.example.com', auth: 'static', texts });
    for (const { path, text } of template) {
      if (path.endsWith('.json')) expect(read(composed, path)).toEqual(read(template, path));
      else if (!path.endsWith('/settings.ts')) expect(textOf(composed, path)).toBe(text);
    }
  });

  it('subscribes to nothing that we do not understand', () => {
    const { crmObjects, hubEvents } = read(readTemplate(), webhooksFile).config.subscriptions;
    const types: Record<string, string> = { ticket: '0-5', contact: '0-1' };
    for (const { objectType, ...subscription } of [...crmObjects, ...hubEvents]) {
      const merge = { primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 1 };
      const event = {
        ...subscription,
        objectTypeId: types[objectType],
        portalId: 33,
        objectId: 1,
        occurredAt: 1,
        ...merge,
      };
      const { events, ignored } = webhooks.read(Buffer.from(JSON.stringify([event])));
      expect({ subscription, events: events.length, ignored }).toEqual({ subscription, events: 1, ignored: [] });
    }
  });
});

describe('the generator', () => {
  it('makes the project out to one address, for one account with a token', async () => {
    const { stdout } = await generate('--url', `${url}/`, '--out', out);
    expect(stdout).toContain('hs project upload');
    const files = ['hsproject.json', appFile, webhooksFile, actionFile].map((path) => ({
      path,
      text: readFileSync(join(out, path), 'utf8'),
    }));
    expect(findFaults(files)).toEqual([]);
    expect(read(files, webhooksFile).config.settings.targetUrl).toBe(`${url}/webhooks/hubspot`);
    expect(read(files, actionFile).config.actionUrl).toBe(`${url}/actions/hubspot/send-survey`);
    expect(read(files, appFile).config).toMatchObject({
      auth: { type: 'static', optionalScopes: [] },
      permittedUrls: { fetch: [url] },
    });
    expect(files.map(({ text }) => text).join()).not.toContain('feedback.example.com');
  });

  it('or for many accounts that consent', () => {
    const { auth } = read(composeProject({ url, auth: 'oauth', texts }), appFile).config;
    expect(auth).toEqual({
      type: 'oauth',
      redirectUrls: [`${url}/oauth/hubspot/callback`],
      requiredScopes,
      optionalScopes,
      conditionallyRequiredScopes: [],
    });
  });

  it('subscribes to our properties by the names that the account has for them', () => {
    const names = { feedback_do_not_survey: 'acme_leave_alone', nps_latest_rating: 'acme_rating' };
    const project = composeProject({ url, auth: 'static', texts, names });
    const { crmObjects } = read(project, webhooksFile).config.subscriptions;
    const named = crmObjects.flatMap(({ propertyName }: { propertyName?: string }) => propertyName ?? []);
    expect(named).toEqual(['hs_pipeline_stage', 'acme_leave_alone']);
    expect(project.map(({ text }) => text).join()).not.toContain('"propertyName": "feedback_do_not_survey"');
  });

  it.each(['static', 'oauth'] as const)('asks for no scope that nothing uses, with %s authentication', (auth) => {
    const { requiredScopes: required, optionalScopes: optional } = read(composeProject({ url, auth, texts }), appFile)
      .config.auth;
    const used = hubspot.guide.keys.flatMap(({ scopes = [] }) => scopes.map(({ name }) => name));
    expect([...required, ...optional].toSorted()).toEqual(used.toSorted());
  });

  it.each([
    [[], '--url is missing'],
    [['--url', 'http://scores.example.org'], 'targetUrl is no address that begins with https://'],
    [['--url', url, '--auth', 'basic'], '--auth is either static or oauth'],
    [['--url', url, '--secret', 'x'], '--secret'],
  ])('with %j says what is wrong', async (flags, complaint) => {
    await expect(generate(...flags, '--out', join(out, 'refused'))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(complaint),
    });
  });
});

describe('the cards', () => {
  it('say everything in every language, and call us where we are', async () => {
    await generate('--url', url, '--field', 'nps_latest_rating=our_score', '--out', join(out, 'cards'));
    const text = readFileSync(join(out, 'cards', cards, 'settings.ts'), 'utf8');
    const settings = JSON.parse(text.slice(text.indexOf('= {') + 2, text.lastIndexOf(';')));
    expect(settings).toMatchObject({ url, names: { nps_latest_rating: 'our_score' } });
    expect(Object.keys(settings.words).sort()).toEqual([...texts.keys()].sort());
    expect(settings.words.de).toMatchObject({ ask: 'Jetzt fragen', options: { promoter: expect.any(String) } });
  });

  it('link to tickets at the host that the account says is its own', () => {
    const place = { user: {}, portal: { id: 33 }, crm: { objectId: 1, objectTypeId: '0-1' } };
    expect(ticketLink(place, 'app-eu1.hubspot.com', '7')).toBe('https://app-eu1.hubspot.com/contacts/33/record/0-5/7');
  });

  const project = composeProject({ url, auth: 'static', texts });
  const changed = (path: string, change: (text: string) => string) =>
    findFaults(project.map((file) => (file.path === path ? { path, text: change(file.text) } : file)));

  it.each([
    ['an entry that is not there', `${cards}/scores-card-hsmeta.json`, 'scores-card.tsx', 'other.tsx', 'is not there'],
    ['a place that HubSpot does not have', `${cards}/scores-card-hsmeta.json`, 'record.sidebar', 'sidebar', 'location'],
    ['contacts in the help desk', `${cards}/helpdesk-card-hsmeta.json`, '"tickets"', '"contacts"', 'tickets alone'],
    ['a package that is not declared', `${cards}/package.json`, '"react"', '"preact"', 'does not name react'],
    ['an import of nothing', `${cards}/history.tsx`, './panel.ts', './nothing.ts', 'imports ./nothing.ts'],
    ['a browser', `${cards}/history.tsx`, 'Date.now()', 'window.name', 'there is none'],
  ])('are refused with %s', (_what, path, from, to, complaint) => {
    expect(changed(path, (text) => text.replace(from, to)).join()).toContain(complaint);
  });
});

describe('the check', () => {
  const faults = (path: string, change: (content: ReturnType<typeof JSON.parse>) => void) => {
    const files = composeProject({ url, auth: 'static', texts });
    const content = read(files, path);
    change(content);
    return findFaults(files.map((file) => (file.path === path ? { path, text: JSON.stringify(content) } : file)));
  };

  type Change = Parameters<typeof faults>[1];
  const breaches: readonly [string, string, Change][] = [
    [
      'an unknown kind of event',
      webhooksFile,
      (it) => Object.assign(it.config.subscriptions.crmObjects[0], { subscriptionType: 'ticket.merge' }),
    ],
    [
      'a misspelt key',
      webhooksFile,
      (it) => Object.assign(it.config.subscriptions.crmObjects[0], { objectName: 'ticket' }),
    ],
    ['a uid that is too long', appFile, (it) => Object.assign(it, { uid: 'x'.repeat(65) })],
    [
      'optional scopes beside a static token',
      appFile,
      (it) => Object.assign(it.config.auth, { optionalScopes: ['crm.lists.read'] }),
    ],
    ['no word of where help is', appFile, (it) => Object.assign(it.config, { support: undefined })],
    ['a secret', appFile, (it) => Object.assign(it.config.auth, { clientSecret: 'made-up' })],
  ];

  it.each(breaches)('finds %s', (_title, path, change) => {
    expect(faults(path, change)).toEqual([expect.stringContaining(path)]);
  });

  it('finds a uid that is taken', () => {
    expect(faults(appFile, (it) => Object.assign(it, { uid: 'scoreback_webhooks' }))).toEqual([
      'scoreback_webhooks is no uid of its own',
    ]);
  });

  it('finds one change that is subscribed to twice', () => {
    const twice = faults(webhooksFile, ({ config }) => {
      config.subscriptions.legacyCrmObjects.push({ subscriptionType: 'contact.merge', active: true });
    });
    expect(twice).toEqual([`${webhooksFile}: subscribes twice to contact.merge`]);
  });

  it('finds a file that is missing or is not JSON', () => {
    expect(findFaults([{ path: 'hsproject.json', text: '{' }])).toEqual([
      `${appFile} is missing`,
      expect.stringContaining('hsproject.json'),
    ]);
  });
});
