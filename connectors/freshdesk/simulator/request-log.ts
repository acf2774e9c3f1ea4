import express, { type RequestHandler } from 'express';
import type { SimulatedRequest } from '../../../src/connector.ts';

/** Keeps every request with what was answered, 0 while nothing was; and reads its body on the way. */
export function createRequestLog(clock: () => Date): { requests: readonly SimulatedRequest[]; record: RequestHandler } {
  const requests: SimulatedRequest[] = [];
  const readBody = express.json({ limit: '10mb' });
  return {
    requests,
    record(request, response, next) {
      const { method, path, url } = request;
      const query = url.slice(path.length + 1);
      const entry: SimulatedRequest = { method, path, query, body: undefined, status: 0, at: clock() };
      requests.push(entry);
      response.once('finish', () => {
        entry.status = response.statusCode;
      });
      readBody(request, response, (failure?: unknown) => {
        entry.body = request.body;
        next(failure);
      });
    },
  };
}
