// create <url>: makes a fresh database on that server and prints its address. drop <url>: removes it again.
import { randomBytes } from 'node:crypto';
import pg from 'pg';

const [verb, address] = process.argv.slice(2);
const url = new URL(address);

try {
  if (verb === 'create') {
    const name = `scoreback_ci_${randomBytes(4).toString('hex')}`;
    await query(url, `create database ${name}`);
    url.pathname = name;
    console.log(url.href);
  } else {
    const name = url.pathname.slice(1);
    url.pathname = 'postgres';
    await query(url, `drop database if exists ${name} with (force)`);
  }
} catch (failure) {
  console.error(`PostgreSQL at ${url.host}: ${failure.code ?? failure.message}`);
  process.exitCode = 1;
}

async function query({ href }, text) {
  const client = new pg.Client({ connectionString: href, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
