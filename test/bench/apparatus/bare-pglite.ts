import { PGlite } from '@electric-sql/pglite';

/** What a start on the embedded database is measured against, as a program of its own: the least that opens one. */
const [folder = ''] = process.argv.slice(2);
const database = await PGlite.create(folder);
await database.query('select 1');
process.send?.('open');
// It stays open until it is stopped.
process.channel?.ref();
process.once('SIGTERM', () => void database.close().then(() => process.exit(0)));
