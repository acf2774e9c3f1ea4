import express, { type Router } from 'express';
import { longestComment } from '../../domain/response.ts';
import { positionOf } from '../../domain/survey/scale.ts';
import { wordingOf } from '../../domain/survey/wording.ts';
import { InvalidInput } from '../../errors.ts';
import { confirm } from '../../flows/answering/confirm.ts';
import { act, intend, openHidden, readRating } from '../../flows/answering/intend.ts';
import { givenAnswer, type Invited } from '../../flows/answering/invited.ts';
import type { Context } from '../../flows/context.ts';
import { isAhead, knownClient, metClient } from './client.ts';
import { asAnswer, companyIn, firstOf, invitedBy, openLink, show } from './open-link.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';
import type { QuestionView, SurveyView, ThanksView } from './view.ts';

/**
 * What the links in a mail open. A GET never creates a score by itself, because mail scanners open links: it shows the
 * page and is kept as an intent. HEAD, and what a browser fetches ahead, do nothing at all.
 */
export function surveyRoutes(context: Context, publicUrl: string): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '1mb' });

  router.get('/s/:token', openLink(context, 'survey'), async (request, response) => {
    const invited = invitedBy(response);
    const rating = firstOf(request.query.rating);
    const opened = isAhead(request)
      ? { chosen: readRating(rating, invited) }
      : await intend(context, invited, rating, metClient(context, request, response, publicUrl));
    show(response, 200, questionOrAnswer(invited, opened, request.query.change !== undefined), invited.texts);
  });

  router.post('/s/:token', openLink(context, 'survey'), form, async (request, response) => {
    const invited = invitedBy(response);
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const rating = readRating(firstOf(sent.rating)?.trim(), invited);
    const comment = firstOf(sent.comment) ?? '';
    const page = firstOf(sent.page);
    const mayContact = sent.mayContact !== undefined;
    const again = { ...question(invited), comment, mayContact, ...(page === undefined ? {} : { page }) };
    if (rating === undefined) {
      show(response, 400, { ...again, problem: { about: 'rating' } }, invited.texts);
      return;
    }
    try {
      const client = knownClient(context, request);
      const kept = await confirm(context, invited, { rating, comment, mayContact, page }, client);
      show(response, 200, thanks(invited, kept), invited.texts);
    } catch (failure) {
      if (!(failure instanceof InvalidInput)) throw failure;
      const problem = { about: 'comment' as const, length: [...comment].length, limit: longestComment };
      show(response, 400, { ...again, chosen: rating, problem }, invited.texts);
    }
  });

  /** What the page's script tells. */
  router.post('/s/:token/act', openLink(context, 'survey'), form, async (request, response) => {
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const touched = { rating: firstOf(sent.rating), page: firstOf(sent.page) ?? '' };
    await act(context, invitedBy(response), touched, knownClient(context, request));
    response.status(204).end();
  });

  /** No person sees a link to this: who opens it shows that nobody looked before it was opened. */
  router.get('/about/:token', openLink(context, 'hidden'), async (request, response) => {
    const invited = invitedBy(response);
    if (!isAhead(request)) await openHidden(context, invited, metClient(context, request, response, publicUrl));
    show(response, 200, { kind: 'about', company: companyIn(invited) }, invited.texts);
  });

  return router.use(unsubscribeRoutes(context));
}

function questionOrAnswer(
  invited: Invited,
  { chosen, page }: { chosen: number | undefined; page?: string },
  changing: boolean,
): SurveyView {
  const given = givenAnswer(invited);
  if (given && chosen === undefined && !changing) {
    return { kind: 'answered', company: companyIn(invited), answer: asAnswer(given), changeUrl: '?change' };
  }
  const tapped = invited.response?.status === 'unconfirmed' ? invited.response : undefined;
  const preset = chosen ?? given?.rating ?? tapped?.rating;
  return {
    ...question(invited),
    ...(preset === undefined ? {} : { chosen: preset }),
    ...(given?.comment ? { comment: given.comment } : {}),
    ...(given?.mayContact ? { mayContact: true } : {}),
    ...(page === undefined ? {} : { page }),
  };
}

function question(invited: Invited): QuestionView {
  const { invitation, survey, scale, texts } = invited;
  const { followUp, look } = survey.content;
  const wording = wordingOf(survey.content, texts);
  return { kind: 'question', company: companyIn(invited), scale, wording, followUp, look, test: invitation.test };
}

function thanks(invited: Invited, kept: { rating: number; comment: string | null }): ThanksView {
  const { invitation, survey, scale, texts } = invited;
  const { afterHigh, redirect } = survey.content.followUp;
  const isHigh = positionOf(scale, kept.rating) === 'top';
  return {
    kind: 'thanks',
    company: companyIn(invited),
    wording: wordingOf(survey.content, texts),
    answer: asAnswer(kept),
    changeUrl: '?change',
    test: invitation.test,
    ...(afterHigh !== undefined && isHigh ? { afterHigh } : {}),
    ...(redirect === undefined ? {} : { redirect }),
  };
}
