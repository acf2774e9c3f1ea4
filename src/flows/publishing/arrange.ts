import { invalidField } from '../../errors.ts';
import { listEditedSurveys, updateSurvey } from '../../store/survey-editing.ts';
import type { Context } from '../context.ts';

/**
 * Says in which order surveys may ask: of several that would ask about a ticket, the first does. Those of the file go
 * before all others, in the file's order.
 *
 * @throws RequestError unless every other survey is named once
 */
export async function arrange({ database }: Context, workspaceId: string, keys: readonly string[]): Promise<void> {
  await database.transaction(async (tx) => {
    const ours = (await listEditedSurveys(tx, workspaceId)).filter(({ row }) => row.origin !== 'file');
    const byKey = new Map(ours.map(({ row }) => [row.key, row.id]));
    const isComplete = keys.length === byKey.size && new Set(keys).size === keys.length;
    if (!isComplete || !keys.every((key) => byKey.has(key))) {
      throw invalidField('keys', { code: 'field.order_incomplete', params: { keys: [...byKey.keys()] } });
    }
    for (const [position, key] of keys.entries()) await updateSurvey(tx, byKey.get(key) ?? '', { position });
  });
}
