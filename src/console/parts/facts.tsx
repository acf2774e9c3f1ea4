import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** What is known of one thing: a word, and what it is. What is nothing is left out. */
export function FactList({ of }: { of: readonly (readonly [word: string, is: ReactNode] | null | false)[] }) {
  return (
    <dl className={classes.facts}>
      {of.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
