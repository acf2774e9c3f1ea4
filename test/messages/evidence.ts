import type { Examples } from './examples.ts';

const within = 'PT10S';

export const evidenceExamples: Examples['evidence'] = {
  quarantined: [
    {
      signs: [
        { code: 'hidden_link', params: { kind: 'along' } },
        { code: 'all_links', params: { numbers: 11 } },
        { code: 'known_program', params: { kind: 'opened', program: 'Mimecast' } },
      ],
    },
  ],
  typed: [{ text: 'They called: it was a slip.' }],
  hidden_link: [{ kind: 'along' }, { kind: 'same_browser' }, { kind: 'same_place' }],
  all_links: [{ numbers: 5 }],
  several_numbers: [
    { numbers: 2, within: 'PT2S' },
    { numbers: 3, within },
  ],
  soon_after_delivery: [{ within }],
  known_program: [
    { kind: 'opened', program: 'Barracuda' },
    { kind: 'opened', program: 'headless_browser' },
    { kind: 'opened', program: 'script' },
    { kind: 'opened', program: 'crawler' },
    { kind: 'opened', program: 'nameless' },
    { kind: 'submitted', program: 'script' },
  ],
};
