import type { Message } from '../../src/model/messages/message.ts';
import type { Areas } from '../../src/platform/messages/areas.ts';

type ParamsOf<Said extends Message, Code> = Extract<Said, { code: Code }>['params'];

/** At least one of every code, and of every `kind` of it. The compiler misses none. */
export type ExamplesOf<Said extends Message> = {
  readonly [Code in Said['code']]: readonly [ParamsOf<Said, Code>, ...ParamsOf<Said, Code>[]];
};

/** What can be said, by area. */
export type Examples = { readonly [Area in keyof Areas]: ExamplesOf<Areas[Area]> };

/** All of them as messages. */
export function messagesIn(examples: Readonly<Record<string, readonly Message['params'][]>>): readonly Message[] {
  return Object.entries(examples).flatMap(([code, all]) => all.map((params) => ({ code, params })));
}

/** The sentence's key: the plural and what is looked up within it left out. */
export const messageKey = ({ code, params: { kind } }: Message): string =>
  kind === undefined ? code : `${code}_${String(kind)}`;
