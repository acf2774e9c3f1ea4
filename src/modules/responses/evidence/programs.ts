/**
 * Programs that open links and are no person's browser, by what they call themselves.
 *
 * `scanner`: looks for malice in mail. `preview`: shows what is behind a link. `automation`: a program somebody wrote;
 * it may act for a person. Most scanners call themselves a browser, so this list is the least of the evidence.
 */
type Kind = 'scanner' | 'preview' | 'automation';

const programs: readonly { name: string; kind: Kind; agent: RegExp }[] = [
  { name: 'Barracuda', kind: 'scanner', agent: /barracuda/iu },
  { name: 'Mimecast', kind: 'scanner', agent: /mimecast/iu },
  { name: 'Proofpoint', kind: 'scanner', agent: /proofpoint|urldefense/iu },
  { name: 'Microsoft Safe Links', kind: 'scanner', agent: /safe ?links|microsoft defender/iu },
  { name: 'Cisco Secure Email', kind: 'scanner', agent: /ironport|cisco ?secure ?email/iu },
  { name: 'Trend Micro', kind: 'scanner', agent: /trend ?micro|\bTMES\b/iu },
  { name: 'Symantec', kind: 'scanner', agent: /symantec|messagelabs/iu },
  { name: 'Sophos', kind: 'scanner', agent: /sophos/iu },
  { name: 'Fortinet', kind: 'scanner', agent: /forti(?:net|mail|guard|sandbox)/iu },
  { name: 'Forcepoint', kind: 'scanner', agent: /forcepoint/iu },
  { name: 'Trellix', kind: 'scanner', agent: /fireeye|trellix/iu },
  { name: 'Check Point', kind: 'scanner', agent: /check ?point|avanan/iu },
  { name: 'VirusTotal', kind: 'scanner', agent: /virustotal/iu },
  { name: 'urlscan', kind: 'scanner', agent: /urlscan/iu },
  { name: 'Google', kind: 'preview', agent: /GoogleImageProxy|Google Web Preview|\bGoogle-|Googlebot/iu },
  { name: 'Yahoo Mail', kind: 'preview', agent: /YahooMailProxy/iu },
  { name: 'Microsoft', kind: 'preview', agent: /BingPreview|SkypeUriPreview|Microsoft[ -]Office|\bms-office/iu },
  { name: 'Slack', kind: 'preview', agent: /Slackbot|Slack-ImgProxy/iu },
  { name: 'WhatsApp', kind: 'preview', agent: /^WhatsApp\//u },
  { name: 'Facebook', kind: 'preview', agent: /facebookexternal/iu },
  { name: 'headless_browser', kind: 'automation', agent: /HeadlessChrome|PhantomJS/iu },
  {
    name: 'script',
    kind: 'automation',
    agent:
      /^(?:curl|wget|node|undici|axios|got|okhttp|ruby|php|postman\w*|java|apache-httpclient|go-http-client|libwww-perl|lua-resty-http|aiohttp|python)\b/iu,
  },
  // There is a telephone called Cubot.
  { name: 'crawler', kind: 'preview', agent: /(?<!cu)bot\b|crawler|spider/iu },
];

/** Browsers and mail programs always say what they are. */
const nameless = 'nameless';

/** The program's name, or a word for its kind, where it is none that people look at pages with. */
export function findProgram(agent: string | undefined): string | undefined {
  if (agent === undefined || agent.trim() === '') return nameless;
  return programs.find((program) => program.agent.test(agent))?.name;
}

/** Whether a program of this name scans mail, so that it never acts for a person. */
export function scansEmail(name: string | null): boolean {
  return programs.some((program) => program.name === name && program.kind === 'scanner');
}
