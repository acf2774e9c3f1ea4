import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * A database of its own on this server.
 *
 * @param template the one to copy; nothing: one without any table
 */
export async function createDatabase(
  server: string,
  template?: string,
): Promise<{ name: string; url: string; remove: () => Promise<void> }> {
  const name = `scoreback_test_${randomBytes(6).toString('hex')}`;
  await ask(server, `create database ${name}${template === undefined ? '' : ` template ${template}`}`);
  const url = new URL(server);
  url.pathname = name;
  // Not by force: the server waits a moment for connections that are closing, and one left open is a leak.
  return { name, url: url.href, remove: () => ask(server, `drop database ${name}`) };
}

async function ask(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
