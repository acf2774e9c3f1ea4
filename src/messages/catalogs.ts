import type { Areas } from './areas.ts';
import deDecisions from './catalog/de/decisions.json' with { type: 'json' };
import deErrors from './catalog/de/errors.json' with { type: 'json' };
import deFailures from './catalog/de/failures.json' with { type: 'json' };
import deFields from './catalog/de/fields.json' with { type: 'json' };
import enDecisions from './catalog/en/decisions.json' with { type: 'json' };
import enErrors from './catalog/en/errors.json' with { type: 'json' };
import enFailures from './catalog/en/failures.json' with { type: 'json' };
import enFields from './catalog/en/fields.json' with { type: 'json' };
import esDecisions from './catalog/es/decisions.json' with { type: 'json' };
import esErrors from './catalog/es/errors.json' with { type: 'json' };
import esFailures from './catalog/es/failures.json' with { type: 'json' };
import esFields from './catalog/es/fields.json' with { type: 'json' };
import frDecisions from './catalog/fr/decisions.json' with { type: 'json' };
import frErrors from './catalog/fr/errors.json' with { type: 'json' };
import frFailures from './catalog/fr/failures.json' with { type: 'json' };
import frFields from './catalog/fr/fields.json' with { type: 'json' };
import nbDecisions from './catalog/nb/decisions.json' with { type: 'json' };
import nbErrors from './catalog/nb/errors.json' with { type: 'json' };
import nbFailures from './catalog/nb/failures.json' with { type: 'json' };
import nbFields from './catalog/nb/fields.json' with { type: 'json' };
import type { MessageLanguage } from './languages.ts';

type Catalog = Readonly<Record<keyof Areas, Readonly<Record<string, string>>>>;

export const catalogs: Readonly<Record<MessageLanguage, Catalog>> = {
  en: { decisions: enDecisions, errors: enErrors, failures: enFailures, fields: enFields },
  de: { decisions: deDecisions, errors: deErrors, failures: deFailures, fields: deFields },
  fr: { decisions: frDecisions, errors: frErrors, failures: frFailures, fields: frFields },
  es: { decisions: esDecisions, errors: esErrors, failures: esFailures, fields: esFields },
  nb: { decisions: nbDecisions, errors: nbErrors, failures: nbFailures, fields: nbFields },
};
