import { describe, expect, test } from 'vitest';
import { findProgram, scansEmail } from './programs.ts';

describe('a program that is no browser of a person is known by', () => {
  test.each([
    ['Barracuda', 'Mozilla/5.0 (compatible; BarracudaCentral)'],
    ['Mimecast', 'Mimecast Web Scanner'],
    ['Proofpoint', 'Mozilla/5.0 (Proofpoint URL Defense)'],
    ['Microsoft Safe Links', 'Mozilla/5.0 (Windows NT 10.0) SafeLinks'],
    ['Trend Micro', 'TMES'],
    ['Google', 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'],
    ['Yahoo Mail', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html'],
    ['Microsoft', 'Mozilla/5.0 (Windows NT 6.1) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b'],
    ['Microsoft', 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0; Pro)'],
    ['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
    ['WhatsApp', 'WhatsApp/2.24.1.84 A'],
    ['headless_browser', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0.0.0 Safari/537.36'],
    ['script', 'curl/8.7.1'],
    ['script', 'python-requests/2.32.3'],
    ['script', 'Wget/1.21'],
    ['script', 'node'],
    ['crawler', 'Mozilla/5.0 (compatible; DotBot/1.2)'],
    ['nameless', ''],
    ['nameless', undefined],
  ])('%s', (name, agent) => {
    expect(findProgram(agent)).toBe(name);
  });
});

test.each([
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/320.0 Mobile/15E148',
  'Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [LinkedInApp]/9.29',
])('a person’s browser is none: %s', (agent) => {
  expect(findProgram(agent)).toBeUndefined();
});

test('only what scans mail never acts for a person', () => {
  expect(scansEmail('Mimecast')).toBe(true);
  expect(['script', 'headless_browser', 'Slack', null].filter(scansEmail)).toEqual([]);
});
