import { expect, test } from 'vitest';
import { createEmailTemplates } from './rendered-templates.ts';

function compiler() {
  const templates = createEmailTemplates();
  const compiled: string[] = [];
  const use = (key: string) =>
    templates.of(key, async () => {
      compiled.push(key);
      return key;
    });
  return { compiled, use };
}

test('a template is compiled once, however many ask for it at once', async () => {
  const { compiled, use } = compiler();

  expect(await Promise.all([use('a'), use('a'), use('b')])).toEqual(['a', 'a', 'b']);
  expect(await use('a')).toBe('a');
  expect(compiled).toEqual(['a', 'b']);
});

test('of too many, the one longest unused is compiled anew', async () => {
  const { compiled, use } = compiler();
  for (let count = 0; count < 200; count += 1) await use(`${count}`);
  await use('0');
  await use('one more');
  compiled.length = 0;

  for (const key of ['0', '2', 'one more', '1']) await use(key);

  expect(compiled).toEqual(['1']);
});

test('one that cannot be compiled is tried again', async () => {
  const templates = createEmailTemplates();
  const failing = templates.of('a', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');

  expect(await templates.of('a', async () => 'yes')).toBe('yes');
});

test('each process of the service has its own', async () => {
  const [one, other] = [compiler(), compiler()];
  await one.use('a');
  await other.use('a');

  expect(other.compiled).toEqual(['a']);
});
