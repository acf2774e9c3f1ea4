import type { TicketMark } from '../../src/connector.ts';
import { type AccountField, accountFields } from '../../src/model/account-fields.ts';
import { type RecordField, type RecordValues, recordFields } from '../../src/model/crm-field-definitions.ts';

/** What an answered ticket shows: properties of the ticket, because a ticket's workflow can branch on nothing else. */
const fields: readonly RecordField[] = [
  {
    key: 'feedback_rating',
    label: 'Feedback rating',
    type: 'number',
    description: 'What the customer answered to the survey about this ticket.',
  },
  {
    key: 'feedback_category',
    label: 'Feedback category',
    type: 'choice',
    options: everyCategory(),
    description: 'The rating in words, as its metric has them.',
  },
  {
    key: 'feedback_comment',
    label: 'Feedback comment',
    type: 'long_text',
    description: 'What the customer wrote beside the rating.',
  },
  {
    key: 'feedback_date',
    label: 'Feedback answer',
    type: 'timestamp',
    description: 'When the customer answered; changes with every answer.',
  },
];

/** Under their own names in every account. */
export const ticketFields: readonly AccountField[] = accountFields({}, fields);

/** The values of those properties; an answer without a comment clears the comment. */
export function markValues({ rating, category, comment, answeredAt }: TicketMark): RecordValues {
  return {
    feedback_rating: rating,
    feedback_category: category,
    feedback_comment: comment,
    feedback_date: answeredAt.toISOString(),
  };
}

/** What those properties hold on a ticket without an answer. */
export const noMark: RecordValues = Object.fromEntries(ticketFields.map(({ key }) => [key, null]));

/** The categories of all metrics, each once: a ticket shows whichever it was asked by. */
function everyCategory() {
  const options = recordFields.flatMap((field) =>
    field.type === 'choice' && field.key.endsWith('_latest_category') ? field.options : [],
  );
  return [...new Map(options.map((option) => [option.value, option])).values()];
}
