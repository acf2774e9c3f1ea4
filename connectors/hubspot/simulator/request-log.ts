import express, { type RequestHandler } from 'express';
import type { SimulatedRequest } from '../../../src/connector.ts';

/** Parses the body and keeps every request in the order of arrival; an unanswered one keeps the status 0. */
export function logRequests(log: SimulatedRequest[], clock: () => Date): RequestHandler {
  const parse = express.json({ limit: '10mb' });
  return (request, response, next) => {
    const query = new URL(request.url, 'http://simulator').search.slice(1);
    const entry: SimulatedRequest = {
      method: request.method,
      path: request.path,
      query,
      body: undefined,
      status: 0,
      at: clock(),
    };
    log.push(entry);
    response.on('finish', () => {
      entry.status = response.statusCode;
    });
    parse(request, response, (error?: unknown) => {
      entry.body = request.body;
      next(error);
    });
  };
}
