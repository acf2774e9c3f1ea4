import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { ComparedField } from './expectations.ts';

/** Tells what happens in numbered steps, with a little color where somebody looks on. */
export type Narration = {
  say(text: string): void;
  /** A part of the story. */
  act(title: string): void;
  step(text: string): void;
  /** Something that was looked at on a record. */
  finding(finding: ComparedField): void;
  aside(text: string): void;
};

export function createNarration(out: WriteStream): Narration {
  let steps = 0;
  const styled = (style: 'bold' | 'dim' | 'green' | 'red', text: string) => styleText(style, text, { stream: out });
  const write = (line: string) => void out.write(`${line}\n`);
  return {
    say: write,
    aside: (text) => write(`         ${styled('dim', text)}`),
    act: (title) => write(`\n${styled('bold', title)}`),
    step(text) {
      steps += 1;
      write(`${styled('dim', String(steps).padStart(3))}  ${text}`);
    },
    finding({ key, value, complaint }) {
      const mark = complaint === undefined ? styled('green', '✓') : styled('red', '✗');
      const shown = value === undefined || value === null || value === '' ? 'empty' : JSON.stringify(value);
      write(
        `       ${mark} ${key} ${styled('dim', complaint === undefined ? shown : '')}${styled('red', complaint ?? '')}`,
      );
    },
  };
}
