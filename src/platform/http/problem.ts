import { z } from 'zod';
import { Failure, RequestError, UntrustedWebhook, UpstreamBusy } from '../../model/errors.ts';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import type { FieldProblem } from '../../model/messages/field-message.ts';
import { composeProblem } from '../messages/problem.ts';
import type { Render } from '../messages/render.ts';

const params = z.record(z.string(), z.unknown()).describe('Parameters of the code.');

/** One field that is wrong, as the API tells it. */
export const fieldProblem = z.strictObject({
  field: z.string().describe('Path of the field, such as `audience.conditions.2`.'),
  code: z.string(),
  params,
  message: z.string().describe('What is wrong and what to do, in the language of `Accept-Language`.'),
});

/** What every refusal answers, as RFC 9457 has it. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable error code. See docs/api.md for the list.'),
    params,
    detail: z.string().describe('What happened and what to do, in the language of `Accept-Language`.'),
    instance: z.string().optional().describe('ID of the request, as in the log.'),
    problems: z.array(fieldProblem).optional().describe('All invalid fields.'),
  })
  .meta({ id: 'Problem' });

export type ProblemDocument = z.input<typeof problemDocument>;

/** Fields that are wrong, with a sentence each. */
export function asProblems(problems: readonly FieldProblem[], say: Render): z.input<typeof fieldProblem>[] {
  return problems.map(({ field, message: { code, params } }) => ({
    field,
    code,
    params,
    message: say('fields', { code, params }),
  }));
}

/** @param problems where fields are to blame */
export function asDocument(
  status: number,
  message: Pick<ErrorMessage, 'code' | 'params'>,
  say: Render,
  problems: readonly FieldProblem[] = [],
): ProblemDocument {
  const problem = composeProblem(status, message, say);
  return problems.length > 0 ? { ...problem, problems: asProblems(problems, say) } : problem;
}

/** The status that a failure is answered with. */
export function failureStatus(failure: Failure): number {
  if (failure instanceof RequestError) return failure.status;
  if (failure instanceof UntrustedWebhook) return 401;
  return failure instanceof UpstreamBusy ? 503 : 502;
}

/** What a log line carries of a failure besides its code, which is not the line's: parameters, and nothing of anybody. */
export function logged(failure: unknown): object {
  if (!(failure instanceof Failure)) return {};
  const { params } = failure;
  if (failure instanceof UntrustedWebhook) return { params: { why: failure.why } };
  const fields = failure instanceof RequestError ? failure.problems : [];
  const problems = fields.map(({ field, message }) => ({ field, code: message.code }));
  return { params, ...(problems.length > 0 ? { problems } : {}) };
}
