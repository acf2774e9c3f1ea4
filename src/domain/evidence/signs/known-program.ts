import type { Sign } from '../sign.ts';

export const knownProgram: Sign = ({ trace, opening }) => {
  const program = trace.scanner ?? opening.scanner;
  return program === null ? undefined : { code: 'known_program', params: { kind: 'opened', program } };
};
