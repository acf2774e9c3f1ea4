import type { Request } from 'express';
import { readJson } from '../../verified-body.ts';

export function isForm(request: Request): boolean {
  return Boolean(request.is('urlencoded'));
}

/** What was sent beside the proof of who sends it. @throws RequestError */
export function readSent(request: Request): unknown {
  const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (body.length === 0) return {};
  if (!isForm(request)) return readJson(body);
  const { token, ...sent } = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return 'doNotSurvey' in sent ? { ...sent, doNotSurvey: sent.doNotSurvey === 'true' } : sent;
}
