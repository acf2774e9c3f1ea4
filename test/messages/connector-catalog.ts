import { describe, expect, it } from 'vitest';
import type { Connector } from '../../src/connector.ts';
import { messageLanguages } from '../../src/model/messages/languages.ts';
import type { Message } from '../../src/model/messages/message.ts';
import { addConnectorCatalog, createRender } from '../../src/platform/messages/render.ts';
import { holesIn, keysIn, messageKeys, namedOtherwise } from './checks.ts';
import { type ExamplesOf, messageKey, messagesIn } from './examples.ts';

/**
 * Asks of a connector's own catalog what is asked of the service's, and pins every sentence beside it.
 *
 * @param folder the connector's own, where the sentences are pinned
 */
export function describeConnectorCatalog<Said extends Message>(
  { name, messages }: Pick<Connector, 'name' | 'messages'>,
  examples: ExamplesOf<Said>,
  folder: string,
): void {
  const all = messagesIn(examples as Parameters<typeof messagesIn>[0]);
  if (messages) addConnectorCatalog(messages);

  describe.each(messageLanguages)(`the catalog of ${name} in %s`, (language) => {
    const render = createRender({ language, timeZone: 'Asia/Tokyo' });
    const say = (message: Message) => render('findings', message);
    const sentences = messages?.[language] ?? {};

    it('says everything as it was read and found right', async () => {
      const lines = all.map((message) => `${messageKey(message)}\n  ${say(message)}\n`);
      await expect(lines.join('\n')).toMatchFileSnapshot(`${folder}/messages/rendered/${language}.txt`);
    });

    it('leaves no hole, has a sentence for every example, and names what English names', () => {
      expect(holesIn(all, say)).toEqual([]);
      expect(keysIn(sentences)).toEqual(messageKeys(all));
      expect(namedOtherwise(sentences, messages?.en ?? {})).toEqual([]);
    });

    it('has codes of its own alone', () => {
      expect(keysIn(sentences).filter((key) => !key.startsWith(`${name}.`))).toEqual([]);
    });
  });
}
