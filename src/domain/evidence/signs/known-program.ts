import type { Sign } from '../sign.ts';

export const knownProgram: Sign = ({ trace, opening }) => {
  const name = trace.scanner ?? opening.scanner;
  return name === null ? undefined : `What opened it is no browser of a person but ${name}.`;
};
