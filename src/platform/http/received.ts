import type { Request } from 'express';
import type { WebhookRequest } from '../../connector.ts';

/** A vendor's request, its body raw; at our public address, whatever a proxy made of it. */
export function received({ method, originalUrl, headers, body }: Request, publicUrl: string): WebhookRequest {
  return {
    method,
    url: `${publicUrl}${originalUrl}`,
    headers: headers as Record<string, string | undefined>,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
