import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Caller } from '../../access/caller.ts';
import { Conflict, invalidField, Unprocessable } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { answerPlace, beginRequest, type EarlierRequest, endRequest, releaseRequest } from '../../store/idempotency.ts';

export const keyHeader = 'Idempotency-Key';

type Answered = { status: number; body: unknown };

/**
 * Does a write once for all requests that carry the same key: who did not hear the answer may ask again. Answers are
 * kept for a day, encrypted, because some of them are secrets and some are about contacts.
 *
 * @throws RequestError when the first request is still under way (409), or was another one (422)
 */
export async function once(
  { database, encryption, clock }: Context,
  { request, response, caller }: { request: Request; response: Response; caller: Caller },
  work: () => Promise<Answered>,
): Promise<Answered> {
  const key = request.get(keyHeader);
  if (key === undefined) return work();
  if (!/^[\x20-\x7e]{1,255}$/u.test(key)) {
    throw invalidField(keyHeader, { code: 'field.idempotency_key', params: {} });
  }
  const ours = { workspaceId: caller.workspaceId, key };
  const fingerprint = fingerprintOf(request, caller);
  const earlier = await beginRequest(database.db, ours, fingerprint, clock());
  if (earlier) {
    const answered = answerOf(earlier, fingerprint, (encrypted) => encryption.decrypt(encrypted, answerPlace(ours)));
    response.set('Idempotency-Replayed', 'true');
    return answered;
  }
  try {
    const answered = await work();
    const body = encryption.encrypt(JSON.stringify(answered.body ?? null), answerPlace(ours));
    await endRequest(database.db, ours, { ...answered, body });
    return answered;
  } catch (failure) {
    await releaseRequest(database.db, ours);
    throw failure;
  }
}

function fingerprintOf(request: Request, { actor }: Caller): string {
  const sent = JSON.stringify([actor, request.method, request.originalUrl, request.body ?? null]);
  return createHash('sha256').update(sent).digest('base64url');
}

function answerOf(
  earlier: EarlierRequest,
  fingerprint: string,
  decrypt: (encrypted: string) => string | undefined,
): Answered {
  if (earlier.fingerprint !== fingerprint) {
    throw new Unprocessable({ code: 'idempotency_key_reused', params: {} });
  }
  if (earlier.status === null) {
    throw new Conflict({ code: 'idempotency_in_progress', params: {} });
  }
  const plain = decrypt(String(earlier.body));
  if (plain === undefined) {
    throw new Conflict({ code: 'idempotency_answer_lost', params: {} });
  }
  return { status: earlier.status, body: JSON.parse(plain) as unknown };
}
