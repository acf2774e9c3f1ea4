import { importsOf, isCode, isTest, type Rule } from './files.ts';

/**
 * Who may look at whom. A room always sees itself; `type x` is allowed to name what x is, not to use it; `x/y` is
 * the folder y of it alone. Rooms that are not in this list may not be looked at, and may not be opened without a line
 * here.
 */
const sight: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  errors: ['domain'],
  signature: ['domain', 'errors'],
  'verified-body': ['errors'],
  'answer-rows': [],
  pace: ['domain', 'errors'],
  connector: ['domain', 'type pace', 'type simulator', 'type guide', 'type vendor-request'],
  simulator: [],
  'vendor-request': [],
  guide: [],
  setting: [],
  log: [],
  jobs: ['domain', 'errors', 'store'],
  store: ['domain', 'errors'],
  network: ['domain', 'errors', 'type connector'],
  mail: ['domain', 'errors', 'type network'],
  reports: ['domain', 'errors', 'store'],
  messages: ['domain'],
  flows: [
    'domain',
    'messages',
    'errors',
    'store',
    'mail',
    'jobs',
    'connector',
    'setting',
    'signature',
    'pace',
    'type network',
  ],
  access: ['domain', 'errors', 'store'],
  http: [
    'domain',
    'messages',
    'errors',
    'verified-body',
    'store',
    'connector',
    'setting',
    'signature',
    'flows',
    'reports',
    'access',
  ],
  // It talks to nobody but the API, and knows what that answers by the types of its schemas; its calculators count as
  // the reports do, and a colour is made fit by the same arithmetic as in mail and page.
  console: ['type http', 'type access', 'type domain', 'domain/palette', 'domain/statistics'],
  sandbox: ['domain', 'errors', 'connector'],
  config: ['domain', 'errors', 'setting', 'type connector', 'network/address-rules'],
  connectors: ['type connector', 'connectors/*'],
};

const plug = ['domain', 'errors', 'signature', 'verified-body', 'answer-rows', 'connector', 'type pace'];

/** These put the parts together. */
const programs = [
  'src/main.ts',
  'src/doctor.ts',
  'src/assembly.ts',
  'config/env-example.ts',
  // What a vendor shows of us says it in our own words.
  'connectors/hubspot/app/generate.ts',
  'connectors/zendesk/app/generate.ts',
];

export const neighbours: Rule = (files) =>
  files
    .filter((file) => isCode(file) && !isTest(file) && !programs.includes(file.path) && file.path.includes('/'))
    .flatMap((file) => {
      const room = roomOf(file.path);
      const seen = sightOf(room);
      if (seen === undefined) return [`${file.path} stands in a room that the house does not know`];
      return (
        importsOf(file)
          // Its name and version are everybody's.
          .filter(({ of, kind }) => kind === 'file' && of !== 'package.json')
          .filter(({ of, typeOnly }) => {
            const other = roomOf(of);
            const named = other.replace(/^connectors\/.*/u, 'connectors/*');
            // A single file or folder may be seen where its room is not.
            const isPart = seen.some((place) => of === `src/${place}.ts` || of.startsWith(`src/${place}/`));
            const isSeen = seen.includes(named) || isPart || (typeOnly && seen.includes(`type ${named}`));
            return other !== room && !isSeen;
          })
          .map(({ of }) => `${file.path} may not look at ${of}`)
      );
    });

/** A line about a room that is not there, which nobody would miss. */
export const everyRoomIsThere: Rule = (files) => {
  const rooms = new Set(
    files.filter(isCode).map(({ path }) => (path.startsWith('connectors/') ? 'connectors' : roomOf(path))),
  );
  return Object.keys(sight).flatMap((room) => (rooms.has(room) ? [] : [`there is no room ${room}`]));
};

/** A connector is a room, its simulator another, because a stand-in must not share the connector's mistakes. */
function roomOf(path: string): string {
  const [top = '', name = '', inner = ''] = path.split('/');
  if (top === 'connectors' && inner !== '') {
    return inner === 'simulator' ? `simulator of ${name}` : `connectors/${name}`;
  }
  return top === 'src' ? name.replace(/\.ts$/u, '') : top;
}

function sightOf(room: string): readonly string[] | undefined {
  if (room.startsWith('simulator of ')) return ['domain', 'type connector'];
  if (room.startsWith('connectors/')) return [...plug, `simulator of ${room.slice('connectors/'.length)}`];
  return Object.hasOwn(sight, room) ? sight[room] : undefined;
}
