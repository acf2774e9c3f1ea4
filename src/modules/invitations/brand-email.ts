import { isDeepStrictEqual } from 'node:util';
import type { EmailServer } from '../../platform/email/email-server.ts';
import type { SmtpServer } from '../../platform/email/smtp-server.ts';

/** The email servers that brands have of their own. */
export type BrandEmail = {
  /** The brand's server: opened on first use, and in the place of the one before when its address is another. */
  open(brandId: string, server: SmtpServer): EmailServer;
  /** Those in use. */
  all(): readonly EmailServer[];
  stop(): Promise<void>;
};

export function createBrandEmail(openServer: (server: SmtpServer) => EmailServer): BrandEmail {
  const servers = new Map<string, { at: SmtpServer; server: EmailServer }>();
  const closing = new Set<Promise<void>>();

  function close(server: EmailServer): void {
    const closed: Promise<void> = server.stop().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    open(brandId, at) {
      const known = servers.get(brandId);
      if (known && isDeepStrictEqual(known.at, at)) return known.server;
      if (known) close(known.server);
      const server = openServer(at);
      servers.set(brandId, { at, server });
      return server;
    },
    all: () => [...servers.values()].map(({ server }) => server),
    async stop() {
      for (const { server } of servers.values()) close(server);
      servers.clear();
      await Promise.all(closing);
    },
  };
}
