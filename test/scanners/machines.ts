import { hour, minute, second } from '../flows/world.ts';
import { type Behaviour, everyLink, everyNumber, opens } from './behaviour.ts';
import { detonating, mimecast, sameProxy, scanner } from './programs.ts';

const caught = ['quarantined', 'quarantined', 'quarantined'] as const;
const unseen = [undefined, undefined, undefined] as const;
/** Nothing tells it from a person who taps a number and leaves; only the level that takes a tap for an answer does. */
const likeATap = ['unconfirmed', 'unconfirmed', 'confirmed'] as const;

export const machines: readonly Behaviour[] = [
  {
    name: 'a scanner prefetches every link seconds after delivery',
    steps: opens(scanner, everyLink, { first: second }),
    fates: caught,
  },
  {
    name: 'the proxy of a whole company opens every link of everybody’s mail',
    steps: opens(sameProxy, everyLink, { first: 2 * second }),
    fates: caught,
  },
  {
    name: 'a scanner prefetches every number only',
    steps: opens(scanner, everyNumber, { first: hour }),
    fates: caught,
  },
  {
    name: 'a scanner asks for every link by HEAD',
    steps: opens(scanner, everyLink, { first: second, method: 'HEAD' }),
    fates: unseen,
  },
  {
    name: 'an email program fetches every link ahead',
    steps: opens(scanner, everyLink, { first: minute, headers: { 'sec-purpose': 'prefetch;anonymous-client-ip' } }),
    fates: unseen,
  },
  {
    name: 'an old mail program fetches every link ahead',
    steps: opens(scanner, everyLink, { first: minute, headers: { 'x-moz': 'prefetch' } }),
    fates: unseen,
  },
  {
    name: 'a scanner prefetches one link seconds after delivery',
    steps: opens(scanner, [7], { first: 3 * second }),
    fates: caught,
  },
  { name: 'a scanner prefetches one link an hour later', steps: opens(scanner, [7], { first: hour }), fates: likeATap },
  { name: 'a scanner that says its name opens one link', steps: opens(mimecast, [7], { first: hour }), fates: caught },
  {
    name: 'a scanner opens a link a minute',
    steps: opens(scanner, everyLink, { first: hour, apart: minute }),
    fates: likeATap,
  },
  {
    name: 'a scanner with cookies opens a link a minute',
    steps: opens(detonating, everyLink, { first: hour, apart: minute }),
    fates: caught,
  },
  {
    name: 'a scanner comes from another address with each link',
    steps: everyNumber.map((open, index) => ({
      by: { agent: `Mozilla/5.0 (Windows NT 10.0) Chrome/${100 + index}.0`, network: `198.51.100.${10 + index}` },
      open,
      after: index === 0 ? hour : second,
    })),
    fates: caught,
  },
  {
    // Its pointer and its scrolling are nothing that the page would tell.
    name: 'a detonating browser opens one link, runs the script, moves the pointer and scrolls',
    steps: opens(detonating, [9], { first: hour }),
    fates: likeATap,
  },
  {
    name: 'a detonating browser opens every link and clicks about on the pages',
    steps: opens(detonating, everyNumber, { first: 20 * second, apart: second }).flatMap((step) => [
      step,
      { by: detonating, act: 5, after: second / 2 },
    ]),
    fates: caught,
  },
  {
    name: 'a detonating browser opens every link and sends the form',
    steps: [
      ...opens(detonating, everyLink.slice(0, -1), { first: minute }),
      { by: detonating, submit: 5, after: minute },
    ],
    fates: caught,
  },
  {
    name: 'a crawler without cookies opens every link and sends the form',
    steps: [...opens(scanner, everyLink.slice(0, -1), { first: minute }), { by: scanner, submit: 5, after: second }],
    fates: caught,
  },
  {
    name: 'a scanner that says its name sends a form that it never loaded',
    steps: [{ by: mimecast, submit: 5, after: minute }],
    fates: caught,
  },
];
