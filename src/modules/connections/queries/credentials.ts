import { and, eq, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../../platform/database/database.ts';
import type { Encryption } from '../../../platform/encryption.ts';
import { credential } from '../tables.ts';

/** What the encryption of a credential is bound to. */
export function credentialPlace(connectionId: string, name: string): string {
  return `credential ${connectionId} ${name}`;
}

/** One connection's encrypted credentials, shared by all processes. */
export type Credentials = {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
  renew(name: string, stale: string | undefined, make: () => Promise<string>): Promise<string>;
};

export function openCredentials(
  database: Database,
  encryption: Encryption,
  connectionId: string,
  clock: () => Date,
): Credentials {
  async function read(db: Queryable, name: string): Promise<string | undefined> {
    const [row] = await db
      .select({ encrypted: credential.encrypted })
      .from(credential)
      .where(and(eq(credential.connectionId, connectionId), eq(credential.name, name)));
    return row && encryption.decrypt(row.encrypted, credentialPlace(connectionId, name));
  }
  async function write(db: Queryable, name: string, value: string): Promise<void> {
    await saveCredential(db, encryption, { connectionId, name, value }, clock());
  }
  const underWay = new Map<string, Promise<string>>();

  async function renewOnce(name: string, stale: string | undefined, make: () => Promise<string>): Promise<string> {
    const before = await read(database.db, name);
    if (before !== undefined && before !== stale) return before;
    const made = await make();
    // Asking the vendor must not hold a transaction open; of two processes that asked, the first to write wins.
    return database.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${connectionId} ${name}`}))`);
      const meanwhile = await read(tx, name);
      if (meanwhile !== undefined && meanwhile !== before) return meanwhile;
      await write(tx, name, made);
      return made;
    });
  }

  return {
    read: (name) => read(database.db, name),
    write: (name, value) => write(database.db, name, value),
    renew(name, stale, make) {
      const running = underWay.get(name);
      if (running) return running;
      const renewal = renewOnce(name, stale, make).finally(() => underWay.delete(name));
      underWay.set(name, renewal);
      return renewal;
    },
  };
}

/** The same as `write`, for whoever keeps something else with it. */
export async function saveCredential(
  db: Queryable,
  encryption: Encryption,
  { connectionId, name, value }: { connectionId: string; name: string; value: string },
  now: Date,
): Promise<void> {
  const saved = { encrypted: encryption.encrypt(value, credentialPlace(connectionId, name)), updatedAt: now };
  await db
    .insert(credential)
    .values({ connectionId, name, ...saved })
    .onConflictDoUpdate({ target: [credential.connectionId, credential.name], set: saved });
}

/** Forgets everything that a connection obtained, or was given. */
export async function removeCredentials(db: Queryable, connectionId: string): Promise<void> {
  await db.delete(credential).where(eq(credential.connectionId, connectionId));
}
