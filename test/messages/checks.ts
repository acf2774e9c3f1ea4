import type { Message } from '../../src/model/messages/message.ts';
import { messageKey } from './examples.ts';

type Sentences = Readonly<Record<string, string>>;

/** Messages in whose sentence a parameter is missing or could not be put in words. */
export function holesIn(messages: readonly Message[], say: (message: Message) => string): readonly Message[] {
  return messages.filter((message) => /\{\{|\}\}|undefined|\bnull\b|\bNaN\b|Invalid Date/u.test(say(message)));
}

/** The keys that have a sentence, without its plurals. */
export function keysIn(sentences: Sentences): readonly string[] {
  const keys = Object.keys(sentences)
    .filter((key) => !key.startsWith('word.'))
    .map((key) => key.replace(/_(?:zero|one|two|few|many|other)$/u, ''));
  return [...new Set(keys)].sort();
}

/** The keys that these messages need a sentence for. */
export function messageKeys(messages: readonly Message[]): readonly string[] {
  return [...new Set(messages.map(messageKey))].sort();
}

/** Sentences that name other parameters than in English. */
export function namedOtherwise(sentences: Sentences, english: Sentences): readonly (readonly [string, string])[] {
  const named = (sentence = '') => new Set([...sentence.matchAll(/\{\{(\w+)/gu)].map(([, name]) => name));
  return Object.entries(sentences).filter(
    ([key, sentence]) => named(sentence).symmetricDifference(named(english[key])).size > 0,
  );
}
