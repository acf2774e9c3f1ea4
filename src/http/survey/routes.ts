import express, { type Request, type Response, type Router } from 'express';
import type { Texts } from '../../domain/locale.ts';
import { longestComment } from '../../domain/response.ts';
import { companyOf } from '../../domain/survey/wording.ts';
import { InvalidInput } from '../../errors.ts';
import { confirm } from '../../flows/answering/confirm.ts';
import { intend, readRating } from '../../flows/answering/intend.ts';
import { closedBecause, findInvited, type Invited } from '../../flows/answering/invited.ts';
import { unsubscribe } from '../../flows/answering/unsubscribe.ts';
import type { Context } from '../../flows/context.ts';
import type { LinkPurpose } from '../../flows/links.ts';
import { renderSurveyPage } from './page.ts';
import { surveyPageHeaders } from './style.ts';
import type { Answer, SurveyView } from './view.ts';

/**
 * What the links in a mail open. A GET never creates a score, because mail scanners open links: it shows the page and
 * is kept as an intent. HEAD does nothing at all.
 */
export function surveyRoutes(context: Context): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '1mb' });

  router.get('/s/:token', open(context, 'survey'), async (request, response) => {
    const invited = invitedBy(response);
    const rating = firstOf(request.query.rating);
    const chosen = request.method === 'HEAD' ? readRating(rating, invited) : await intend(context, invited, rating);
    show(response, 200, questionOrAnswer(invited, chosen, request.query.change !== undefined), invited.texts);
  });

  router.post('/s/:token', open(context, 'survey'), form, async (request, response) => {
    const invited = invitedBy(response);
    const company = companyOf(invited.survey.content, invited.texts);
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const rating = readRating(firstOf(sent.rating)?.trim(), invited);
    const comment = firstOf(sent.comment) ?? '';
    const question = { kind: 'question' as const, company, scale: invited.scale, comment };
    if (rating === undefined) {
      show(response, 400, { ...question, problem: { about: 'rating' } }, invited.texts);
      return;
    }
    try {
      const kept = await confirm(context, invited, { rating, comment });
      const view = { kind: 'thanks' as const, company, answer: asAnswer(kept), changeUrl: '?change' };
      show(response, 200, view, invited.texts);
    } catch (failure) {
      if (!(failure instanceof InvalidInput)) throw failure;
      const problem = { about: 'comment' as const, length: [...comment].length, limit: longestComment };
      show(response, 400, { ...question, chosen: rating, problem }, invited.texts);
    }
  });

  router.get('/u/:token', open(context, 'unsubscribe'), (_request, response) => {
    const { survey, texts } = invitedBy(response);
    show(response, 200, { kind: 'unsubscribe', company: companyOf(survey.content, texts) }, texts);
  });

  // A mail program's one-click button posts here too: https://www.rfc-editor.org/rfc/rfc8058
  router.post('/u/:token', open(context, 'unsubscribe'), async (_request, response) => {
    const invited = invitedBy(response);
    await unsubscribe(context, invited);
    const { survey, texts } = invited;
    show(response, 200, { kind: 'unsubscribed', company: companyOf(survey.content, texts) }, texts);
  });

  return router;
}

/** Finds what the link opens, and answers by itself where it opens nothing, or no longer does. */
function open(context: Context, purpose: LinkPurpose) {
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const token = request.params.token;
    const invited = typeof token === 'string' ? await findInvited(context, purpose, token) : undefined;
    if (!invited) {
      show(response, 404, { kind: 'unknown' }, anyTexts(context));
      return;
    }
    const closed = purpose === 'survey' ? closedBecause(invited, context.clock()) : undefined;
    if (closed) {
      show(response, 410, closedView(invited, closed), invited.texts);
      return;
    }
    response.locals.invited = invited;
    next();
  };
}

function closedView({ survey, texts, response }: Invited, closed: 'expired' | 'withdrawn'): SurveyView {
  const company = companyOf(survey.content, texts);
  return response ? { kind: 'answered', company, answer: asAnswer(response) } : { kind: closed, company };
}

function questionOrAnswer(
  { survey, scale, texts, response }: Invited,
  chosen: number | undefined,
  changing: boolean,
): SurveyView {
  const company = companyOf(survey.content, texts);
  if (response && chosen === undefined && !changing) {
    return { kind: 'answered', company, answer: asAnswer(response), changeUrl: '?change' };
  }
  const preset = chosen ?? response?.rating;
  return {
    kind: 'question',
    company,
    scale,
    ...(preset === undefined ? {} : { chosen: preset }),
    ...(response?.comment ? { comment: response.comment } : {}),
  };
}

function asAnswer({ rating, comment }: { rating: number; comment: string | null }): Answer {
  return { rating, ...(comment === null ? {} : { comment }) };
}

function invitedBy(response: Response): Invited {
  return response.locals.invited as Invited;
}

function anyTexts({ texts }: Context): Texts {
  const english = texts.get('en');
  if (!english) throw new Error('the English texts are missing');
  return english;
}

function firstOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

function show(response: Response, status: number, view: SurveyView, texts: Texts): void {
  response.status(status).set(surveyPageHeaders).type('html').send(renderSurveyPage(view, texts));
}
