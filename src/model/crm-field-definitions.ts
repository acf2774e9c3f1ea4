/**
 * What stands on a contact's record in every connected system: the names that workflows, triggers and lists rely on.
 * Each connector creates these fields in its own vendor's types and writes them in its own vendor's form.
 */
export type RecordField = {
  key: string;
  label: string;
  /** What it means, for the admin who finds it; connectors add `fieldMark` behind it. */
  description: string;
} & (
  | { type: 'number' | 'text' | 'long_text' | 'timestamp' | 'flag' }
  | { type: 'choice'; options: readonly { value: string; label: string }[] }
);

/**
 * The value of each field that is to stand on the record. A key that is absent is not touched; `null` clears.
 * A number is a number, a choice its option's value, a flag a boolean. A moment is an ISO 8601 instant; what a connector
 * is given to write carries the offset of the workspace's time zone, so that a system that keeps days and no times takes
 * its first ten characters.
 */
export type RecordValues = Readonly<Record<string, string | number | boolean | null>>;

/** Ends the description of every field that is ours, so that `ensure` can tell its own from an admin's. */
export const fieldMark = 'Kept by Scoreback.';

/** The label of the group these fields stand in, where a system has groups. */
export const fieldGroup = { key: 'nps_feedback', label: 'Customer feedback' } as const;

/** People own this one: it is created and read, never written. */
export const doNotSurveyKey = 'feedback_do_not_survey';

const choice = (value: string, label: string) => ({ value, label });

const npsFields: readonly RecordField[] = [
  {
    key: 'nps_latest_rating',
    label: 'Latest NPS rating',
    type: 'number',
    description: 'How likely they are to recommend us, 0 to 10.',
  },
  {
    key: 'nps_latest_category',
    label: 'Latest NPS category',
    type: 'choice',
    options: [choice('promoter', 'Promoter'), choice('passive', 'Passive'), choice('detractor', 'Detractor')],
    description: 'Promoter 9–10, passive 7–8, detractor 0–6.',
  },
  {
    key: 'nps_latest_comment',
    label: 'Latest NPS comment',
    type: 'long_text',
    description: 'What they wrote beside their latest rating.',
  },
  {
    key: 'nps_latest_date',
    label: 'Latest NPS answer',
    type: 'timestamp',
    description: 'When they answered; changes with every answer.',
  },
  {
    key: 'nps_response_count',
    label: 'NPS answers',
    type: 'number',
    description: 'How many NPS surveys they have answered.',
  },
  {
    key: 'nps_previous_rating',
    label: 'Previous NPS rating',
    type: 'number',
    description: 'The rating before the latest one.',
  },
  {
    key: 'nps_trend',
    label: 'NPS trend',
    type: 'choice',
    options: [choice('up', 'Up'), choice('same', 'Same'), choice('down', 'Down'), choice('first', 'First')],
    description: 'The latest rating beside the previous one.',
  },
  {
    key: 'nps_latest_survey',
    label: 'Latest NPS survey',
    type: 'text',
    description: 'The key of the survey they answered.',
  },
  {
    key: 'nps_latest_ticket',
    label: 'Latest NPS ticket',
    type: 'text',
    description: 'The ticket that the survey was about.',
  },
  {
    key: 'nps_latest_agent',
    label: 'Latest NPS agent',
    type: 'text',
    description: 'Who had the ticket when it was resolved.',
  },
];

function scaledFields(
  metric: 'csat' | 'ces',
  title: string,
  options: readonly { value: string; label: string }[],
): readonly RecordField[] {
  return [
    {
      key: `${metric}_latest_rating`,
      label: `Latest ${title} rating`,
      type: 'number',
      description: `Their latest ${title} rating.`,
    },
    {
      key: `${metric}_latest_scale`,
      label: `Latest ${title} scale`,
      type: 'number',
      description: 'The highest rating they could give: 4 of 5 and 4 of 10 differ.',
    },
    {
      key: `${metric}_latest_category`,
      label: `Latest ${title} category`,
      type: 'choice',
      options,
      description: `Their latest ${title} rating in words.`,
    },
    {
      key: `${metric}_latest_comment`,
      label: `Latest ${title} comment`,
      type: 'long_text',
      description: 'What they wrote beside their latest rating.',
    },
    {
      key: `${metric}_latest_date`,
      label: `Latest ${title} answer`,
      type: 'timestamp',
      description: 'When they answered; changes with every answer.',
    },
    {
      key: `${metric}_latest_survey`,
      label: `Latest ${title} survey`,
      type: 'text',
      description: 'The key of the survey they answered.',
    },
    {
      key: `${metric}_response_count`,
      label: `${title} answers`,
      type: 'number',
      description: `How many ${title} surveys they have answered.`,
    },
  ];
}

/** Every field, in the order in which an admin should see them. */
export const recordFields: readonly RecordField[] = [
  ...npsFields,
  ...scaledFields('csat', 'CSAT', [
    choice('positive', 'Positive'),
    choice('neutral', 'Neutral'),
    choice('negative', 'Negative'),
  ]),
  ...scaledFields('ces', 'CES', [choice('easy', 'Easy'), choice('neutral', 'Neutral'), choice('hard', 'Hard')]),
  {
    key: 'feedback_last_change',
    label: 'Last feedback change',
    type: 'choice',
    options: [
      choice('answered', 'Answered'),
      choice('corrected', 'Corrected'),
      choice('retracted', 'Retracted'),
      choice('merged', 'Merged'),
      choice('imported', 'Imported'),
    ],
    description: 'Why these fields last changed. Let a workflow act on Answered only.',
  },
  {
    key: 'feedback_last_asked_date',
    label: 'Last asked for feedback',
    type: 'timestamp',
    description: 'When a survey was last sent to them.',
  },
  {
    key: 'feedback_at_risk',
    label: 'At risk',
    type: 'flag',
    description: 'Three negative CSATs in a row, and a detractor in NPS.',
  },
  {
    key: 'feedback_advocate',
    label: 'Advocate',
    type: 'flag',
    description: 'Latest CSAT positive, and a promoter in NPS.',
  },
  {
    key: 'feedback_flag_reason',
    label: 'Reason for the flag',
    type: 'text',
    description: 'Why they are marked at risk or as an advocate.',
  },
  {
    key: doNotSurveyKey,
    label: 'Do not survey',
    type: 'flag',
    description: 'Tick to never ask this person for feedback. Yours to set.',
  },
];

/** What stands on the record of somebody who was erased: nothing in any of the fields that are ours to write. */
export const noValues: RecordValues = Object.fromEntries(
  recordFields.filter(({ key }) => key !== doNotSurveyKey).map(({ key }) => [key, null]),
);

/** The values of all choices; the same value is called the same in every field. */
export const optionValues: readonly string[] = [
  ...new Set(recordFields.flatMap((field) => (field.type === 'choice' ? field.options.map(({ value }) => value) : []))),
];
