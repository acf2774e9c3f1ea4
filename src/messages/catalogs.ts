import type { Areas } from './areas.ts';
import deAttention from './catalog/de/attention.json' with { type: 'json' };
import deDecisions from './catalog/de/decisions.json' with { type: 'json' };
import deErrors from './catalog/de/errors.json' with { type: 'json' };
import deEvents from './catalog/de/events.json' with { type: 'json' };
import deEvidence from './catalog/de/evidence.json' with { type: 'json' };
import deFailures from './catalog/de/failures.json' with { type: 'json' };
import deFields from './catalog/de/fields.json' with { type: 'json' };
import deFindings from './catalog/de/findings.json' with { type: 'json' };
import deReports from './catalog/de/reports.json' with { type: 'json' };
import deWrites from './catalog/de/writes.json' with { type: 'json' };
import enAttention from './catalog/en/attention.json' with { type: 'json' };
import enDecisions from './catalog/en/decisions.json' with { type: 'json' };
import enErrors from './catalog/en/errors.json' with { type: 'json' };
import enEvents from './catalog/en/events.json' with { type: 'json' };
import enEvidence from './catalog/en/evidence.json' with { type: 'json' };
import enFailures from './catalog/en/failures.json' with { type: 'json' };
import enFields from './catalog/en/fields.json' with { type: 'json' };
import enFindings from './catalog/en/findings.json' with { type: 'json' };
import enReports from './catalog/en/reports.json' with { type: 'json' };
import enWrites from './catalog/en/writes.json' with { type: 'json' };
import esAttention from './catalog/es/attention.json' with { type: 'json' };
import esDecisions from './catalog/es/decisions.json' with { type: 'json' };
import esErrors from './catalog/es/errors.json' with { type: 'json' };
import esEvents from './catalog/es/events.json' with { type: 'json' };
import esEvidence from './catalog/es/evidence.json' with { type: 'json' };
import esFailures from './catalog/es/failures.json' with { type: 'json' };
import esFields from './catalog/es/fields.json' with { type: 'json' };
import esFindings from './catalog/es/findings.json' with { type: 'json' };
import esReports from './catalog/es/reports.json' with { type: 'json' };
import esWrites from './catalog/es/writes.json' with { type: 'json' };
import frAttention from './catalog/fr/attention.json' with { type: 'json' };
import frDecisions from './catalog/fr/decisions.json' with { type: 'json' };
import frErrors from './catalog/fr/errors.json' with { type: 'json' };
import frEvents from './catalog/fr/events.json' with { type: 'json' };
import frEvidence from './catalog/fr/evidence.json' with { type: 'json' };
import frFailures from './catalog/fr/failures.json' with { type: 'json' };
import frFields from './catalog/fr/fields.json' with { type: 'json' };
import frFindings from './catalog/fr/findings.json' with { type: 'json' };
import frReports from './catalog/fr/reports.json' with { type: 'json' };
import frWrites from './catalog/fr/writes.json' with { type: 'json' };
import nbAttention from './catalog/nb/attention.json' with { type: 'json' };
import nbDecisions from './catalog/nb/decisions.json' with { type: 'json' };
import nbErrors from './catalog/nb/errors.json' with { type: 'json' };
import nbEvents from './catalog/nb/events.json' with { type: 'json' };
import nbEvidence from './catalog/nb/evidence.json' with { type: 'json' };
import nbFailures from './catalog/nb/failures.json' with { type: 'json' };
import nbFields from './catalog/nb/fields.json' with { type: 'json' };
import nbFindings from './catalog/nb/findings.json' with { type: 'json' };
import nbReports from './catalog/nb/reports.json' with { type: 'json' };
import nbWrites from './catalog/nb/writes.json' with { type: 'json' };
import type { MessageLanguage } from './languages.ts';

type Catalog = Readonly<Record<keyof Areas, Readonly<Record<string, string>>>>;

export const catalogs: Readonly<Record<MessageLanguage, Catalog>> = {
  en: {
    attention: enAttention,
    decisions: enDecisions,
    errors: enErrors,
    events: enEvents,
    evidence: enEvidence,
    failures: enFailures,
    fields: enFields,
    findings: enFindings,
    reports: enReports,
    writes: enWrites,
  },
  de: {
    attention: deAttention,
    decisions: deDecisions,
    errors: deErrors,
    events: deEvents,
    evidence: deEvidence,
    failures: deFailures,
    fields: deFields,
    findings: deFindings,
    reports: deReports,
    writes: deWrites,
  },
  fr: {
    attention: frAttention,
    decisions: frDecisions,
    errors: frErrors,
    events: frEvents,
    evidence: frEvidence,
    failures: frFailures,
    fields: frFields,
    findings: frFindings,
    reports: frReports,
    writes: frWrites,
  },
  es: {
    attention: esAttention,
    decisions: esDecisions,
    errors: esErrors,
    events: esEvents,
    evidence: esEvidence,
    failures: esFailures,
    fields: esFields,
    findings: esFindings,
    reports: esReports,
    writes: esWrites,
  },
  nb: {
    attention: nbAttention,
    decisions: nbDecisions,
    errors: nbErrors,
    events: nbEvents,
    evidence: nbEvidence,
    failures: nbFailures,
    fields: nbFields,
    findings: nbFindings,
    reports: nbReports,
    writes: nbWrites,
  },
};
