import type { Provisioning } from '../../../src/connector.ts';
import { exampleClient } from '../example/client.ts';
import { type ExampleAccount, exampleProvisioning } from '../example/provisioning.ts';
import { connecting, type Fault } from './fault.ts';

const inProvisioning = (change: (provisioning: Provisioning) => Partial<Provisioning>) =>
  connecting(({ provisioning }) =>
    provisioning ? { provisioning: { ...provisioning, ...change(provisioning) } } : {},
  );

/** The provisioning of an account whose fields it sees otherwise than they are. */
const seeingFields = (change: (fields: ExampleAccount['fields']) => ExampleAccount['fields']) =>
  connecting((_connection, tools) => {
    const call = exampleClient('made-up-token', tools);
    return {
      provisioning: exampleProvisioning(async (lane, method, path, body, answer) => {
        const read = await call(lane, method, path, body, answer);
        return read && typeof read === 'object' && 'fields' in read
          ? { ...read, fields: change(read.fields as ExampleAccount['fields']) }
          : read;
      }),
    };
  });

export const faultyProvisioning: readonly Fault[] = [
  {
    fault: 'finds nothing wrong',
    foundBy: /^check names every field that is missing/u,
    breaks: inProvisioning((provisioning) => ({
      check: async () => ({ ...(await provisioning.check()), findings: [] }),
    })),
  },
  {
    fault: 'repairs when it should look',
    foundBy: /^check names every field that is missing/u,
    breaks: inProvisioning((provisioning) => ({ check: () => provisioning.ensure({}) })),
  },
  {
    fault: 'creates everything again',
    foundBy: /^ensure changes nothing/u,
    breaks: seeingFields(() => []),
  },
  {
    fault: 'replaces a field of another type',
    foundBy: /^ensure leaves a field of another/u,
    breaks: seeingFields((fields) => fields.filter(({ type }) => type !== 'picture')),
  },
  {
    fault: 'throws about refused credentials',
    foundBy: /^check finds refused credentials/u,
    breaks: inProvisioning((provisioning) => ({
      async check() {
        const inspection = await provisioning.check();
        if (inspection.account === undefined) throw new Error('refused');
        return inspection;
      },
    })),
  },
  {
    fault: 'drops an option of the admin’s',
    foundBy: /^ensure adds an option/u,
    breaks: seeingFields((fields) =>
      fields.map((field) => ({ ...field, options: field.options?.filter((option) => option !== 'extra') ?? [] })),
    ),
  },
  {
    fault: 'registers a webhook at no address',
    foundBy: /^ensure registers no webhook/u,
    breaks: inProvisioning((provisioning) => ({
      ensure: ({ webhookUrl = 'https://nowhere.example' }) => provisioning.ensure({ webhookUrl }),
    })),
  },
];
