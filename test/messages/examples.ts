import type { Areas } from '../../src/messages/areas.ts';

type Codes<Area extends keyof Areas> = Areas[Area]['code'];
type ParamsOf<Area extends keyof Areas, Code> = Extract<Areas[Area], { code: Code }>['params'];

/** What can be said: at least one of every code, and of every `kind` of it. The compiler misses none. */
export type Examples = {
  readonly [Area in keyof Areas]: {
    readonly [Code in Codes<Area>]: readonly [ParamsOf<Area, Code>, ...ParamsOf<Area, Code>[]];
  };
};
