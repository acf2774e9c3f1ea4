import type { ConnectionTools, Contacts } from '../../../src/connector.ts';
import type { RecordValues } from '../../../src/model/crm-field-definitions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../../src/model/errors.ts';
import { vendorSays } from '../../vendor-says.ts';
import { personal } from '../tools.ts';
import { connecting, type Fault } from './fault.ts';

const inContacts = (change: (contacts: Contacts, tools: ConnectionTools) => Partial<Contacts>) =>
  connecting(({ contacts }, tools) => (contacts ? { contacts: { ...contacts, ...change(contacts, tools) } } : {}));

const changingValues = (change: (value: RecordValues[string]) => RecordValues[string]) =>
  inContacts((contacts) => ({
    writeFields: (writes) =>
      contacts.writeFields(
        writes.map(({ id, values }) => ({
          id,
          values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value ?? null)])),
        })),
      ),
  }));

let numbers = 0;
const nextNumber = () => {
  numbers += 1;
  return numbers;
};

export const faultyContacts: readonly Fault[] = [
  {
    fault: 'logs whom it finds',
    foundBy: /^finds by id those who exist/u,
    breaks: inContacts((contacts, { log }) => ({
      async find(by) {
        const found = await contacts.find(by);
        log.debug({ found }, 'found');
        return found;
      },
    })),
  },
  {
    fault: 'names the contact in an error',
    foundBy: /^finding by address: a failing server/u,
    breaks: inContacts((contacts) => ({
      find: (by) =>
        contacts.find(by).catch((cause) => {
          const params = { system: 'acme', status: 503, said: personal.email };
          throw new UpstreamBusy({ code: 'upstream.server_failed', params }, { serverFailed: true, cause });
        }),
    })),
  },
  {
    fault: 'knows what a dropped line did',
    foundBy: /^writing several scores: a dropped line/u,
    breaks: inContacts((contacts) => ({
      writeFields: (writes) =>
        contacts.writeFields(writes).catch(() => {
          throw new UpstreamBusy(vendorSays('server_failed'));
        }),
    })),
  },
  {
    fault: 'does not say how long to wait',
    foundBy: /^writing one score: a rate limit/u,
    breaks: inContacts((contacts) => ({
      writeFields: (writes) =>
        contacts.writeFields(writes).catch(() => {
          throw new UpstreamBusy(vendorSays('throttled'));
        }),
    })),
  },
  {
    fault: 'stops the connection over one batch',
    foundBy: /^refuses of a whole batch/u,
    breaks: inContacts((contacts) => ({
      writeFields: (writes) =>
        contacts.writeFields(writes).catch(() => {
          throw new UpstreamRefused(vendorSays('refused'), { concerns: 'connection' });
        }),
    })),
  },
  {
    fault: 'loses a zero',
    foundBy: /^writes several scores/u,
    breaks: changingValues((value) => value || null),
  },
  {
    fault: 'does not clear',
    foundBy: /^clears one score$/u,
    breaks: changingValues((value) => value ?? 'none'),
  },
  {
    fault: 'counts up',
    foundBy: /^sends the same when/u,
    breaks: changingValues((value) => (value === 10 ? nextNumber() : value)),
  },
  {
    fault: 'reports everything as written',
    foundBy: /^tells the fate of every record/u,
    breaks: inContacts((contacts) => ({
      finishWrite: async (receipt) =>
        (await contacts.finishWrite?.(receipt))?.map(({ id }) => ({ id, result: 'written' as const })),
    })),
  },
  {
    fault: 'quotes the comment it was refused for',
    foundBy: /^tells the fate of every record/u,
    breaks: inContacts((contacts) => ({
      finishWrite: async (receipt) =>
        (await contacts.finishWrite?.(receipt))?.map((outcome) =>
          outcome.result === 'refused'
            ? { ...outcome, why: { code: 'refused', params: { said: personal.comment } } }
            : outcome,
        ),
    })),
  },
  {
    fault: 'does not mind the size of a batch',
    foundBy: /^refuses more than a batch/u,
    breaks: inContacts((contacts) => ({
      writeFields: (writes) => contacts.writeFields(writes.slice(0, contacts.batchSize)),
    })),
  },
];
