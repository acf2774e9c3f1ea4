import { expect } from 'vitest';
import { describeSettings } from '../../src/model/setting.ts';
import type { ConnectorHarness } from './harness.ts';
import type { Question } from './question.ts';

const sentence = /^\p{Lu}.*\p{L}.*\.$/su;
const placeholder = /\{(?<name>\w+)\}/gu;

/** What is asked of the words with which an admin connects an account by hand. */
export function guideQuestions<Settings>({ connector, environment }: ConnectorHarness<Settings>): Question[] {
  const { guide } = connector;
  const settings = describeSettings(connector.settings);
  const keys = settings.map(({ key }) => key);

  /** What somebody would fill in: what the harness connects with, else the setting's own example. */
  const filledIn = (keys: readonly string[]) =>
    Object.fromEntries(
      keys.map((key) => [key, environment[key] ?? settings.find((setting) => setting.key === key)?.example]),
    );
  const connects = (keys: readonly string[]) => {
    const read = connector.settings.safeParse(filledIn(keys));
    return read.success && connector.connects(read.data);
  };

  return [
    {
      title: 'has a label and a help for every setting, and for nothing else',
      ask() {
        expect(Object.keys(guide.fields).toSorted()).toEqual(keys.toSorted());
        for (const [key, { label, help }] of Object.entries(guide.fields)) {
          expect(label, key).toMatch(/^\p{Lu}[^_]{2,39}$/u);
          expect(help, key).toMatch(sentence);
        }
        expect(keys).toContain(guide.address);
      },
    },
    {
      title: 'names in each way only settings that there are, each once',
      ask() {
        expect(guide.keys.length).toBeGreaterThan(0);
        for (const { needs, may, name, title } of guide.keys) {
          expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
          expect(title).not.toBe('');
          expect(keys).toEqual(expect.arrayContaining([...needs, ...may]));
          expect(new Set([...needs, ...may]).size).toBe(needs.length + may.length);
        }
        expect(new Set(guide.keys.map(({ name }) => name)).size).toBe(guide.keys.length);
        expect(keys).toEqual(expect.arrayContaining([...(guide.consent?.needs ?? [])]));
      },
    },
    {
      title: 'connects by what each way needs, and by nothing less',
      ask() {
        for (const { name, needs } of guide.keys) {
          expect(connects(needs), name).toBe(true);
          for (const left of needs)
            expect(connects(needs.filter((key) => key !== left)), `${name}, ${left}`).toBe(false);
        }
      },
    },
    {
      title: 'says what to do before, step by step, with no placeholder that nobody fills',
      ask() {
        for (const { steps, scopes = [] } of [...guide.keys, ...(guide.consent ? [guide.consent] : [])]) {
          expect(steps.length).toBeGreaterThan(0);
          for (const step of steps) {
            expect(step).toMatch(sentence);
            const named = [...step.matchAll(placeholder)].map(({ groups }) => groups?.name);
            expect(['webhookUrl', 'redirectUrl']).toEqual(expect.arrayContaining(named));
          }
          for (const { name, why } of scopes) {
            expect(name).toMatch(/^[a-z._]+$/u);
            expect(why).toMatch(sentence);
          }
        }
      },
    },
    {
      title: 'says of itself what it is and in which color, and names its workflow step exactly where it has actions',
      ask() {
        expect(guide.color).toMatch(/^#[0-9a-f]{6}$/u);
        for (const [language, text] of Object.entries(guide.summary)) expect(text, language).toMatch(sentence);
        expect(guide.workflowStep !== undefined).toBe(connector.actions !== undefined);
      },
    },
    {
      title: 'tells of consent exactly where there is any',
      ask: () => expect(guide.consent !== undefined).toBe(connector.authorization !== undefined),
    },
  ];
}
