import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Logger } from 'pino';
import type { Streamed } from './route.ts';

/**
 * Sends an answer piece by piece, no faster than it is taken. Where it cannot go on the line is cut, so that nobody
 * takes a part for the whole.
 */
export async function sendPieces(
  response: Response,
  type: string,
  { headers = {}, pieces }: Streamed,
  log: Logger,
): Promise<void> {
  response.status(200).set({ 'Content-Type': type, ...headers });
  response.flushHeaders();
  try {
    await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), response);
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    log.error({ code: 'request.broken_off', request: response.locals.requestId, err: failure }, 'An answer broke off.');
  }
}
