import { day, hour, minute, second } from '../flows/world.ts';
import { type Behaviour, everyLink, opens } from './behaviour.ts';
import { curl, office, phone, sameProxy, withoutCookies } from './programs.ts';

const submitted = ['confirmed', 'confirmed', 'confirmed'] as const;
const touched = ['unconfirmed', 'confirmed', 'confirmed'] as const;
const tapped = ['unconfirmed', 'unconfirmed', 'confirmed'] as const;

export const humans: readonly Behaviour[] = [
  {
    name: 'a slow person comes back after two days and reads for a quarter of an hour',
    steps: [
      { by: phone, open: 9, after: 2 * day },
      { by: phone, act: 9, after: 2 * minute },
      { by: phone, submit: 9, comment: 'Took me a while.', after: 13 * minute },
    ],
    fates: submitted,
    rating: 9,
  },
  {
    name: 'somebody opens the page, flies across the sea, and sends it late',
    steps: [
      { by: phone, open: 8, after: hour },
      { by: { ...phone, network: '192.0.2.200' }, submit: 8, after: 11 * hour },
    ],
    fates: submitted,
    rating: 8,
  },
  {
    name: 'somebody touches the page, and the plane takes off before it is sent',
    steps: [
      { by: phone, open: 8, after: hour },
      { by: phone, act: 8, after: 20 * second },
    ],
    fates: touched,
    rating: 8,
  },
  {
    name: 'somebody chooses another number on the page and leaves',
    steps: [
      { by: phone, open: 9, after: hour },
      { by: phone, act: 9, after: 5 * second },
      { by: phone, act: 6, after: 30 * second },
    ],
    fates: touched,
    rating: 6,
  },
  {
    name: 'somebody sends one number, and another one the next day',
    steps: [
      { by: phone, open: 9, after: hour },
      { by: phone, submit: 9, after: minute },
      { by: phone, open: 4, after: day },
      { by: phone, submit: 4, after: minute },
    ],
    fates: submitted,
    rating: 4,
  },
  {
    name: 'somebody behind the same proxy as the scanner touches the page a minute after it',
    steps: [
      ...opens(sameProxy, everyLink, { first: 2 * second }),
      { by: office, open: 7, after: minute },
      { by: office, act: 7, after: 10 * second },
    ],
    fates: touched,
    rating: 7,
  },
  {
    name: 'somebody behind the same proxy as the scanner sends the page while it is at it',
    steps: [
      { by: office, open: 7, after: 20 * second },
      ...opens(sameProxy, everyLink, { first: second }),
      { by: office, submit: 7, after: second },
    ],
    fates: submitted,
    rating: 7,
  },
  {
    name: 'somebody sends the page within seconds of delivery',
    steps: [
      { by: phone, open: 10, after: 2 * second },
      { by: phone, submit: 10, after: 2 * second },
    ],
    fates: submitted,
    rating: 10,
  },
  {
    name: 'somebody without script sends the page',
    steps: [
      { by: phone, open: 'page', after: hour },
      { by: phone, submit: 3, comment: 'No script here.', after: minute },
    ],
    fates: submitted,
    rating: 3,
  },
  {
    name: 'somebody without cookies sends the page',
    steps: [
      { by: withoutCookies, open: 3, after: hour },
      { by: withoutCookies, submit: 3, after: minute },
    ],
    fates: submitted,
    rating: 3,
  },
  {
    name: 'somebody taps the page once and leaves',
    steps: [
      { by: phone, open: 9, after: hour },
      { by: phone, act: 9, after: 4 * second },
    ],
    fates: touched,
    rating: 9,
  },
  {
    name: 'somebody taps a number in the email and leaves',
    steps: [{ by: phone, open: 9, after: hour }],
    fates: tapped,
    rating: 9,
  },
  {
    name: 'somebody taps the wrong number, goes back, and touches the page of the right one',
    steps: [
      { by: phone, open: 1, after: hour },
      { by: phone, open: 10, after: 5 * second },
      { by: phone, act: 10, after: 3 * second },
    ],
    fates: touched,
    rating: 10,
  },
  {
    name: 'somebody sends the form by a program of their own',
    steps: [{ by: curl, submit: 6, after: second }],
    fates: submitted,
    rating: 6,
  },
  {
    name: 'a scanner sends the form first, and the person after it',
    steps: [
      { by: { ...sameProxy, agent: 'Barracuda' }, submit: 0, after: second },
      { by: office, open: 9, after: hour },
      { by: office, submit: 9, after: minute },
    ],
    fates: submitted,
    rating: 9,
  },
];
