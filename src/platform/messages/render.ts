import { createInstance, type i18n } from 'i18next';
import type { ConnectorCatalog } from '../../model/messages/connector-catalog.ts';
import type { MessageLanguage } from '../../model/messages/languages.ts';
import type { Message } from '../../model/messages/message.ts';
import type { Areas } from './areas.ts';
import { catalogs } from './catalogs.ts';
import {
  allOf,
  anyOf,
  brackets,
  day,
  type Format,
  formatDuration,
  formatTimestamp,
  plainList,
  setting,
} from './formats.ts';
/** Puts messages of an area in words. What was kept by another version may have a code that is not known any more. */
export type Render = <Area extends keyof Areas>(area: Area, message: Areas[Area] | Stored) => string;

/** As a row of the database holds it. */
export type Stored = { code: string; params: object };

export type RenderOptions = {
  language?: MessageLanguage;
  /** IANA name of the zone that moments are told in; UTC unless said. */
  timeZone?: string;
};

/**
 * How messages are put in words at an edge: an API answer, a log line, a file, the terminal. Made once a request.
 *
 * @returns a function that gives English where a language lacks a sentence, and the code where every one does
 */
export function createRender({ language = 'en', timeZone = 'UTC' }: RenderOptions = {}): Render {
  return (area, message) => sentence(area, message as Message, { lng: language, timeZone });
}

type Place = { lng: string; timeZone: string };

function sentence(ns: string, { code, params }: Message, place: Place): string {
  // `kind` chooses the sentence; `count` its number.
  const { kind } = params;
  const context = typeof kind === 'string' ? { context: kind } : {};
  return translate(code, { ...place, ...params, ...context, ns, defaultValue: code.replaceAll(/[._]/gu, ' ') });
}

const catalog: i18n = createInstance();
// The console declares which sentences it has; here every area has its own.
const translate = (key: string, options: object): string => String(catalog.t(key as never, options as never));

/** Where the sentences of connectors stand: whatever area names one of their codes finds it here. */
const ofConnectors = 'connectors';

void catalog.init({
  fallbackNS: ofConnectors,
  fallbackLng: 'en',
  initAsync: false,
  resources: catalogs,
  // A code may have a dot in it.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** Another message of the same area, or several, as sentences one after the other. */
const message: Format = (value, lng, { ns, timeZone }) =>
  (Array.isArray(value) ? value : [value])
    .map((one: Message) => sentence(areaOf(ns), one, { lng, timeZone: String(timeZone) }))
    .join(' ');

/** A message of the area of failures. */
const failure: Format = (value, lng, { timeZone }) =>
  sentence('failures', value as Message, { lng, timeZone: String(timeZone) });

/** A message of the area of findings. */
const finding: Format = (value, lng, { timeZone }) =>
  sentence('findings', value as Message, { lng, timeZone: String(timeZone) });

/** What a parameter is called that is one of a few words: `{{of, word}}` looks up `word.of.account`. */
const word: Format = (value, lng, { ns, interpolationkey, ...others }) =>
  translate(`word.${interpolationkey}.${value}`, {
    ...others,
    lng,
    ns: areaOf(ns),
    context: undefined,
    defaultValue: String(value),
  });

/** Lets the sentences of a connector's own codes be found, wherever they are told. */
export function addConnectorCatalog(messages: ConnectorCatalog): void {
  for (const [language, sentences] of Object.entries(messages)) {
    catalog.addResourceBundle(language, ofConnectors, sentences, true, true);
  }
}

const areaOf = (ns: unknown): string => (Array.isArray(ns) ? String(ns[0]) : String(ns));

for (const [name, format] of Object.entries({
  day,
  timestamp: formatTimestamp,
  duration: formatDuration,
  anyOf,
  allOf,
  brackets,
  message,
  failure,
  finding,
  list: plainList,
  setting,
  word,
})) {
  catalog.services.formatter?.add(name, (value, lng, options) => format(value, lng ?? 'en', options));
}
