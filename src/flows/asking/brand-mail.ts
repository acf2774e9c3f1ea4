import { isDeepStrictEqual } from 'node:util';
import type { SmtpServer } from '../../domain/smtp-server.ts';
import type { MailServer } from '../context.ts';

/** The mail servers that brands have of their own. */
export type BrandMail = {
  /** The brand's server: opened on first use, and in the place of the one before when its address is another. */
  open(brandId: string, server: SmtpServer): MailServer;
  /** Those in use. */
  all(): readonly MailServer[];
  stop(): Promise<void>;
};

export function createBrandMail(openServer: (server: SmtpServer) => MailServer): BrandMail {
  const servers = new Map<string, { at: SmtpServer; server: MailServer }>();
  const leaving = new Set<Promise<void>>();

  function close(server: MailServer): void {
    const closed: Promise<void> = server.stop().finally(() => leaving.delete(closed));
    leaving.add(closed);
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
      await Promise.all(leaving);
    },
  };
}
