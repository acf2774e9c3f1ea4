/** One field that is wrong, in the words of the API. */
export type WrongField = { field: string; code: string; message: string };

/** A refusal of the API, as RFC 9457 has it: sentences for whoever reads it, and codes to match on. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  /** Everything that is wrong with what was sent, by field. */
  readonly problems: readonly WrongField[];

  /** @param body what stands under `/api/auth` says `message` for `detail` */
  constructor(
    status: number,
    body: Partial<Pick<Problem, 'code' | 'title' | 'problems'>> & { detail?: string; message?: string },
  ) {
    super(body.message ?? body.detail ?? body.code);
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.title = body.title ?? '';
    this.problems = body.problems ?? [];
  }
}

/** What a form shows beside its fields. */
export function problemsByField(failure: unknown): Record<string, string> {
  if (!(failure instanceof Problem)) return {};
  return Object.fromEntries(failure.problems.map(({ field, message }) => [field, message]));
}

/** As a sentence: of a refusal, of the fields where it says no more, or of a line that broke. */
export function failureSentence(failure: unknown): string {
  if (failure instanceof Problem && failure.code === 'invalid_input' && failure.problems.length > 0) {
    return failure.problems.map(({ message }) => message).join(' ');
  }
  return failure instanceof Error ? failure.message : String(failure);
}

export const isProblem = (failure: unknown, status: number): boolean =>
  failure instanceof Problem && failure.status === status;
