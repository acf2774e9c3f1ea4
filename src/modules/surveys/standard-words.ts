import type { Texts } from '../../model/locale.ts';
import type { Metric } from '../../model/scale.ts';
import type { OwnWords } from './texts.ts';

/** What stands in one language wherever a survey has no words of its own, with its placeholders. */
export type StandardWords = Readonly<Record<keyof OwnWords, string>>;

export function standardWords(texts: Texts, metric: Metric): StandardWords {
  const { email, page, comment } = texts;
  return {
    question: texts.question[metric],
    audience: texts.audience,
    subject: email.subject,
    reminderSubject: email.reminderSubject,
    introduction: email.introduction,
    closing: email.closing,
    comment: comment.any,
    commentTop: comment[metric].top,
    commentMiddle: comment[metric].middle,
    commentBottom: comment[metric].bottom,
    mayContact: page.mayContact,
    afterHigh: page.afterHighButton,
    thanks: page.thanks.text,
  };
}
