import type { Areas } from './areas.ts';
import deAttention from './catalog/de/attention.json' with { type: 'json' };
import deDecisions from './catalog/de/decisions.json' with { type: 'json' };
import deFailures from './catalog/de/failures.json' with { type: 'json' };
import deFindings from './catalog/de/findings.json' with { type: 'json' };
import enAttention from './catalog/en/attention.json' with { type: 'json' };
import enDecisions from './catalog/en/decisions.json' with { type: 'json' };
import enFailures from './catalog/en/failures.json' with { type: 'json' };
import enFindings from './catalog/en/findings.json' with { type: 'json' };
import esAttention from './catalog/es/attention.json' with { type: 'json' };
import esDecisions from './catalog/es/decisions.json' with { type: 'json' };
import esFailures from './catalog/es/failures.json' with { type: 'json' };
import esFindings from './catalog/es/findings.json' with { type: 'json' };
import frAttention from './catalog/fr/attention.json' with { type: 'json' };
import frDecisions from './catalog/fr/decisions.json' with { type: 'json' };
import frFailures from './catalog/fr/failures.json' with { type: 'json' };
import frFindings from './catalog/fr/findings.json' with { type: 'json' };
import nbAttention from './catalog/nb/attention.json' with { type: 'json' };
import nbDecisions from './catalog/nb/decisions.json' with { type: 'json' };
import nbFailures from './catalog/nb/failures.json' with { type: 'json' };
import nbFindings from './catalog/nb/findings.json' with { type: 'json' };
import type { MessageLanguage } from './languages.ts';

type Catalog = Readonly<Record<keyof Areas, Readonly<Record<string, string>>>>;

export const catalogs: Readonly<Record<MessageLanguage, Catalog>> = {
  en: { decisions: enDecisions, failures: enFailures, findings: enFindings, attention: enAttention },
  de: { decisions: deDecisions, failures: deFailures, findings: deFindings, attention: deAttention },
  fr: { decisions: frDecisions, failures: frFailures, findings: frFindings, attention: frAttention },
  es: { decisions: esDecisions, failures: esFailures, findings: esFindings, attention: esAttention },
  nb: { decisions: nbDecisions, failures: nbFailures, findings: nbFindings, attention: nbAttention },
};
