import type { Request, Response } from 'express';
import type { Texts } from '../../domain/locale.ts';
import { companyOf } from '../../domain/survey/wording.ts';
import { type Closed, closedBecause, findInvited, givenAnswer, type Invited } from '../../flows/answering/invited.ts';
import type { Context } from '../../flows/context.ts';
import type { LinkPurpose } from '../../flows/links.ts';
import { surveyPageHeaders } from './headers.ts';
import { renderSurveyPage } from './page.ts';
import type { Answer, SurveyView } from './view.ts';

/** Finds what the link opens, and answers by itself where it opens nothing, or takes no answer. */
export function openLink(context: Context, purpose: LinkPurpose) {
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const token = request.params.token;
    const invited =
      typeof token === 'string'
        ? await findInvited(context, purpose, token, request.get('accept-language'))
        : undefined;
    if (!invited) {
      show(response, 404, { kind: 'unknown' }, anyTexts(context));
      return;
    }
    const closed = purpose === 'survey' ? closedBecause(invited, context.clock()) : undefined;
    if (closed) {
      const isSent = request.method === 'POST';
      const status = closed === 'reopened' ? (isSent ? 409 : 200) : 410;
      show(response, status, closedView(invited, closed, isSent), invited.texts);
      return;
    }
    response.locals.invited = invited;
    next();
  };
}

function closedView(invited: Invited, closed: Closed, isSent: boolean): SurveyView {
  const company = companyIn(invited);
  if (closed === 'expired' && isSent) return { kind: 'tooLate', company };
  const given = givenAnswer(invited);
  return given ? { kind: 'answered', company, answer: asAnswer(given) } : { kind: closed, company };
}

/** What `openLink` found. */
export function invitedBy(response: Response): Invited {
  return response.locals.invited as Invited;
}

export function companyIn({ survey, texts }: Invited): string {
  return companyOf(survey.content, texts);
}

export function asAnswer({ rating, comment }: { rating: number; comment: string | null }): Answer {
  return { rating, ...(comment === null ? {} : { comment }) };
}

export function show(response: Response, status: number, view: SurveyView, texts: Texts): void {
  response.status(status).set(surveyPageHeaders).type('html').send(renderSurveyPage(view, texts));
}

/** A field that was sent twice is read once. */
export function firstOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

function anyTexts({ texts }: Context): Texts {
  const english = texts.get('en');
  if (!english) throw new Error('the English texts are missing');
  return english;
}
