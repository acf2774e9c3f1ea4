import classes from './emblem.module.css';

/** Stands for a system where its name stands beside. */
export function Emblem({ connector, title }: { connector: string; title: string }) {
  return (
    <span className={classes.emblem} data-system={connector} aria-hidden>
      {title.charAt(0)}
    </span>
  );
}
