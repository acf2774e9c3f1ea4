import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SurveyTemplate, surveyTemplate } from '../src/modules/surveys/index.ts';

/** The order in which they are offered. */
const metrics = ['nps', 'ces', 'csat'];

/** What new surveys may begin with: one file each in `templates`. */
export function readTemplates(): readonly SurveyTemplate[] {
  const folder = join(import.meta.dirname, 'templates');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => surveyTemplate.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
    .sort(
      (one, other) =>
        metrics.indexOf(one.survey.metric) - metrics.indexOf(other.survey.metric) || one.key.localeCompare(other.key),
    );
}
