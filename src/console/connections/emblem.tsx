import type { CSSProperties } from 'react';
import classes from './emblem.module.css';

/** Stands for a system where its name stands beside. @param color the vendor's own; the console's where none is known */
export function Emblem({ title, color }: { title: string; color?: string | undefined }) {
  return (
    <span className={classes.emblem} style={{ '--hue': color } as CSSProperties} aria-hidden>
      {title.charAt(0)}
    </span>
  );
}
