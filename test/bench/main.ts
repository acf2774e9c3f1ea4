import { parseArgs } from 'node:util';
import { findDatabases } from './apparatus/databases.ts';
import { createCallsBench } from './calls.ts';
import { lone } from './lone.ts';
import { createReadingBench } from './reading.ts';
import { receivedEvents } from './received-events.ts';
import { createSendingBench } from './sending.ts';
import { createStartingBench } from './starting.ts';
import { createWritingBench } from './writing.ts';

/**
 * `npm run bench`: all of them, or those whose names are given behind `--`; `--contacts` is how many scores wait,
 * `--emails` how many invitations are due, `--answers` how many were given,
 * `--tickets` how many are resolved, `--rest` how many seconds a service has been idle when its memory is measured.
 */
const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: {
    contacts: { type: 'string', default: '100000' },
    emails: { type: 'string', default: '20000' },
    tickets: { type: 'string', default: '1000' },
    answers: { type: 'string', default: '1000000' },
    rest: { type: 'string', default: '60' },
  },
});

function many(option: keyof typeof values): number {
  const number = Number(values[option]);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${option} takes a whole number above 0`);
  return number;
}

const benches = {
  receivedEvents,
  lone,
  calls: createCallsBench(many('tickets')),
  reading: createReadingBench(many('answers')),
  sending: createSendingBench(many('emails')),
  starting: createStartingBench(many('rest')),
  writing: createWritingBench(many('contacts')),
};
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) throw new Error(`no bench is called ${unknown.join(', ')}: ${Object.keys(benches).join(', ')}`);

const databases = await findDatabases();
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`\n${bench.title}`);
  for (const database of databases) {
    console.log(`\n${database.name}`);
    await bench.run(database);
  }
}
if (databases.length === 1) console.log('\nPostgreSQL is left out: set TEST_DATABASE_URL to a server that answers.');
