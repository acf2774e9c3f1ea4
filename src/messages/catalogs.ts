import type { Areas } from './areas.ts';
import deDecisions from './catalog/de/decisions.json' with { type: 'json' };
import deFailures from './catalog/de/failures.json' with { type: 'json' };
import enDecisions from './catalog/en/decisions.json' with { type: 'json' };
import enFailures from './catalog/en/failures.json' with { type: 'json' };
import esDecisions from './catalog/es/decisions.json' with { type: 'json' };
import esFailures from './catalog/es/failures.json' with { type: 'json' };
import frDecisions from './catalog/fr/decisions.json' with { type: 'json' };
import frFailures from './catalog/fr/failures.json' with { type: 'json' };
import nbDecisions from './catalog/nb/decisions.json' with { type: 'json' };
import nbFailures from './catalog/nb/failures.json' with { type: 'json' };
import type { MessageLanguage } from './languages.ts';

type Catalog = Readonly<Record<keyof Areas, Readonly<Record<string, string>>>>;

export const catalogs: Readonly<Record<MessageLanguage, Catalog>> = {
  en: { decisions: enDecisions, failures: enFailures },
  de: { decisions: deDecisions, failures: deFailures },
  fr: { decisions: frDecisions, failures: frFailures },
  es: { decisions: esDecisions, failures: esFailures },
  nb: { decisions: nbDecisions, failures: nbFailures },
};
