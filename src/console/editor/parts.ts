import type { ComponentType } from 'react';
import { AudiencePart } from './audience-part.tsx';
import { DeliveryPart } from './delivery-part.tsx';
import { FollowUpPart } from './follow-up-part.tsx';
import { BrandingPart } from './look-part.tsx';
import { QuestionPart } from './question-part.tsx';
import { RemindersPart } from './reminders-part.tsx';
import { TextsPart } from './texts-part.tsx';
import { TimingPart } from './timing-part.tsx';

/** The parts of a survey, in the order in which one writes them. */
export const editedParts = {
  question: QuestionPart,
  texts: TextsPart,
  branding: BrandingPart,
  audience: AudiencePart,
  timing: TimingPart,
  reminders: RemindersPart,
  followUp: FollowUpPart,
  delivery: DeliveryPart,
} as const satisfies Record<string, ComponentType>;

export type EditedPart = keyof typeof editedParts;

export const isPart = (name: string): name is EditedPart => Object.hasOwn(editedParts, name);
