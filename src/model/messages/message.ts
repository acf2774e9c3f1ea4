/**
 * What a program tells apart, and a catalog puts in words: a code, and what its sentence names. Moments are ISO 8601 in
 * UTC, durations ISO 8601, so that it can be kept as JSON and read in any language and time zone.
 *
 * A parameter called `kind` chooses among the sentences of one code.
 */
export type Message<Code extends string = string, Params extends Parameters = Parameters> = Code extends string
  ? { code: Code; params: Params }
  : never;

export type Parameters = { readonly [name: string]: Parameter | undefined };

export type Parameter = string | number | boolean | readonly string[] | Message | readonly Message[];

/** What a message names that has nothing to name. */
export type NoParameters = Record<string, never>;
