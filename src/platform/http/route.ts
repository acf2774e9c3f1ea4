import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { MessageLanguage } from '../../model/messages/languages.ts';
import type { Caller } from './caller.ts';
import type { Scope } from './scopes.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A moment is a string by its schema and may be a `Date` in what a route answers. */
export type Plain<Value> = Value extends string
  ? Value | Date
  : Value extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Plain<Value[Key]> }
      : Value;

/** What a caller sent, as the schemas read it. */
export type RouteInput<Params = unknown, Query = unknown, Body = unknown> = {
  params: Params;
  query: Query;
  body: Body;
  caller: Caller;
  visitor: Visitor;
  /** In which messages are told. */
  language: MessageLanguage;
};

/** What is known of whoever sent it, whether they are anybody here or not. */
type Visitor = {
  address: string;
  headers: IncomingHttpHeaders;
  /** Lets their browser keep these, as `Set-Cookie` has them. */
  setCookies(cookies: readonly string[]): void;
};

/** An answer that comes in pieces, as it is read or as it happens. */
export type Streamed = {
  headers?: Readonly<Record<string, string>>;
  pieces: AsyncIterable<Uint8Array | string>;
};

/** One route of the API: it is mounted and described from this. */
export type Route = {
  method: Method;
  /** Below `/api`, as Express writes it: `/surveys/:key`. */
  path: string;
  /** The heading it stands under in the description. */
  about: string;
  /** What it does, as a sentence. */
  summary: string;
  /**
   * What a caller must be allowed to do; `self` is open to whoever signed in, about themselves, and to no key; `null` is
   * open to everybody.
   */
  scope: Scope | 'self' | null;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Of a success; 200 unless said, 204 without an `answer`. */
  status?: number;
  answer?: z.ZodType;
  /** The media type of an answer in pieces: `respond` gives a `Streamed`. */
  streams?: string;
  /** Refusals of its own, by status; those that every route has go without saying. */
  refusals?: Readonly<Record<number, string>>;
  /** Of a write: what the audit log calls it, noun first. */
  does?: string;
  /** Whether the flow notes that itself, together with what it changes. */
  isNoted?: boolean;
  /** Whether it opens doors, so that whoever signed in must have shown within 15 minutes that it is them. */
  isSensitive?: boolean;
  /** Whether it changes nothing: it only asks with more than an address holds. */
  isQuestion?: boolean;
  /** How many requests it counts as, where one costs much more than others. */
  tokens?: number;
  /** Whether what it answers is sent as a page, and not as JSON. */
  isPage?: boolean;
  respond(sent: RouteInput): Promise<unknown>;
};

/** The answer of a route that sends a page. */
export const page = z.strictObject({ html: z.string(), headers: z.record(z.string(), z.string()) });

export function changesSomething({ method, isQuestion = false }: Route): boolean {
  return method !== 'get' && !isQuestion;
}

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>;

type Declared<Params, Query, Body, Answer> = Omit<Route, 'params' | 'query' | 'body' | 'answer' | 'respond'> & {
  params?: Params;
  query?: Query;
  body?: Body;
  answer?: Answer;
  respond(
    sent: RouteInput<Read<Params>, Read<Query>, Read<Body>>,
  ): Promise<Answer extends z.ZodType ? Plain<z.output<Answer>> : void>;
};

/** A route whose schemas say what it is sent and what it answers. */
export function route<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | undefined = undefined,
>(declared: Declared<Params, Query, Body, Answer>): Route {
  return declared as unknown as Route;
}

/** One whose answer comes in pieces. */
export function streamingRoute<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
>(
  declared: Omit<Route, 'params' | 'query' | 'body' | 'answer' | 'status' | 'respond' | 'method'> & {
    streams: string;
    params?: Params;
    query?: Query;
    respond(sent: RouteInput<Read<Params>, Read<Query>>): Promise<Streamed>;
  },
): Route {
  return { ...declared, method: 'get' } as unknown as Route;
}

export function successStatus({ status, answer, streams }: Route): number {
  return status ?? (answer || streams ? 200 : 204);
}
