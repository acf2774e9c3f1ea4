import { useTranslation } from 'react-i18next';
import type { EditedCondition, Handler } from '../editor/condition.ts';
import { readDrafted } from '../editor/condition.ts';
import type { Word } from '../editor/languages.ts';
import { useDurationWords } from '../parts/duration-words.ts';
import type { Leaf } from './differences.ts';

/** Where the editor has the label of a field; what is not here is a text of one's own, or has no label. */
const labels = {
  name: 'question.nameLabel',
  metric: 'question.metricLabel',
  scale: 'question.scale',
  'texts.company': 'question.company',
  'texts.languages': 'texts.title',
  'branding.color': 'branding.colorLabel',
  'branding.logo.url': 'branding.logo',
  'branding.logo.alt': 'branding.logoAlt',
  'branding.logo.width': 'branding.logoWidth',
  'branding.postalAddress': 'branding.postalAddress',
  'branding.privacyUrl': 'branding.privacyUrl',
  'audience.quietPeriod': 'audience.quiet',
  'audience.quietPeriodAcross': 'audience.quietPeriodAcross',
  'audience.whenQuiet': 'audience.whenQuiet',
  'audience.unanswered': 'audience.askUnanswered',
  'audience.closedByAutomation': 'audience.askAutomated',
  'audience.dailyCap': 'audience.cap',
  'audience.connections': 'audience.connections',
  'audience.conditions': 'audience.conditions',
  'timing.delay': 'timing.delay',
  'timing.weekdaysOnly': 'timing.weekdaysOnly',
  'timing.quietHours.from': 'timing.from',
  'timing.quietHours.until': 'timing.until',
  'timing.adaptive.afterReopening': 'timing.afterReopening',
  'timing.adaptive.longTicket.over': 'timing.over',
  'timing.adaptive.longTicket.delay': 'timing.longTicket',
  'timing.commentWindow': 'timing.commentWindow',
  'timing.expires': 'timing.expires',
  'timing.late': 'timing.late',
  reminders: 'reminders.title',
  'followUp.comment': 'followUp.comment',
  'followUp.afterHigh': 'followUp.afterHigh',
  'followUp.mayContact': 'followUp.mayContact',
  'followUp.redirect': 'followUp.redirect',
  'delivery.brand': 'delivery.brand',
  'delivery.from.address': 'delivery.fromAddress',
  'delivery.from.name': 'delivery.fromName',
  'delivery.replyTo': 'delivery.replyTo',
  'delivery.confirm': 'delivery.confirmLabel',
} as const;

/** Values that have a label of their own in the editor. */
const choices = {
  drop: 'audience.drop',
  defer: 'audience.defer',
  refuse: 'timing.refuse',
  accept: 'timing.accept',
  strict: 'delivery.strict',
  balanced: 'delivery.balanced',
  instant: 'delivery.instant',
  nps: 'question.metrics.nps',
  csat: 'question.metrics.csat',
  ces: 'question.metrics.ces',
} as const;

const chosen = ['audience.whenQuiet', 'timing.late', 'delivery.confirm', 'metric'];
const asked = ['audience.unanswered', 'audience.closedByAutomation'];
const isDuration = (text: string) => /^P(?:T?\d)/u.test(text);

/** Says a field and what stands in it as the editor does. */
export function useInWords() {
  const { t } = useTranslation('editor');
  const { t: surveys } = useTranslation('surveys');
  const { i18n } = useTranslation();
  const lengthOf = useDurationWords();

  const languages = new Intl.DisplayNames([i18n.language], { type: 'language', fallback: 'code' });
  const languageOf = (tag: string) => languages.of(tag) ?? tag;

  function labelOf(path: string): string {
    const [, , language = '', word] = path.split('.');
    if (path.startsWith('texts.own.')) {
      return surveys('change.part', { part: t(`words.${word as Word}`), field: languageOf(language) });
    }
    return Object.hasOwn(labels, path) ? t(labels[path as keyof typeof labels]) : path;
  }

  function conditionOf(condition: EditedCondition): string {
    const { field, property, relation, values, count } = readDrafted(condition);
    const name = field === 'property' ? property : t(`conditions.fields.${field}`);
    if (field === 'publicReplies') return `${name} ${t(`conditions.count.${relation}`)} ${count}`;
    const said = field === 'handler' ? values.map((value) => t(`conditions.handlers.${value as Handler}`)) : values;
    return `${name} ${t(`conditions.value.${relation}`)} ${said.join(', ')}`;
  }

  function wordsOf(path: string, value: Leaf | undefined): string {
    if (value === undefined && path.startsWith('texts.own.')) return t('wordState.standard');
    if (value === undefined || value === null || value === '') return surveys('change.nothing');
    if (typeof value === 'boolean') return surveys(value ? 'change.yes' : 'change.no');
    if (typeof value === 'number') return new Intl.NumberFormat(i18n.language).format(value);
    if (typeof value === 'string') {
      if (asked.includes(path)) return surveys(value === 'ask' ? 'change.yes' : 'change.no');
      if (chosen.includes(path)) return t(choices[value as keyof typeof choices]);
      return !path.startsWith('texts.') && isDuration(value) ? lengthOf(value) : value;
    }
    if (value.length === 0) return surveys('change.nothing');
    const each = value.map((one) => {
      if (path === 'audience.conditions') return conditionOf(one as EditedCondition);
      if (path === 'texts.languages') return languageOf(String(one));
      return isDuration(String(one)) ? lengthOf(String(one)) : String(one);
    });
    return each.join(path === 'audience.conditions' ? '; ' : ', ');
  }
  return { labelOf, wordsOf };
}
