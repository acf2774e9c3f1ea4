import type { Message } from './message.ts';

/** One sign that a machine was at work: what was seen. */
export type SignMessage =
  /** A link that no person sees was opened: along with the number, by the same browser, or from the same place. */
  | Message<'hidden_link', { kind: 'along' | 'same_browser' | 'same_place' }>
  | Message<'all_links', { numbers: number }>
  | Message<'several_numbers', { numbers: number; within: string }>
  | Message<'soon_after_delivery', { within: string }>
  /** A program opened the page, or sent the form without it; named as `findProgram` does. */
  | Message<'known_program', { kind: 'opened' | 'submitted'; program: string }>;

/** Why an answer does not count, or is another than was given: the signs against it, or what somebody here typed. */
export type StatusReason =
  | Message<'quarantined', { signs: readonly SignMessage[] }>
  | Message<'typed', { text: string }>;
