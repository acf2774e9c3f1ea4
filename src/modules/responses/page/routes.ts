import type { Router } from 'express';
import express from 'express';
import { BadRequest } from '../../../model/errors.ts';
import { longestComment } from '../../../model/response.ts';
import type { RateLimits } from '../../../platform/http/request-limits.ts';
import { confirm } from '../confirm.ts';
import type { ResponsesContext } from '../context.ts';
import { givenAnswer, type InvitedContact, isOfAnotherContact } from '../invited.ts';
import { openHidden, readRating, recordIntent, recordOpening } from '../record-intent.ts';
import { unsubscribe } from '../unsubscribe.ts';
import { isAhead, knownClient, metClient } from './client.ts';
import type { SurveyPageFrame } from './frame.ts';
import { limitOpenings } from './limit-openings.ts';
import { asAnswer, companyIn, firstValue, openedBy, openLink, showInvited } from './open-link.ts';
import type { QuestionView, SurveyView } from './view.ts';
import { questionView, type ShownSurvey, thanksView } from './views.ts';

/** The way out: of this survey, or of all. Opening it does nothing, since mail scanners open links. */
export function unsubscribeRoutes(context: ResponsesContext): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false });

  router.get('/u/:token', openLink(context, 'unsubscribe'), (_request, response) => {
    const { invited } = openedBy(response);
    showInvited(response, 200, { kind: 'unsubscribe', company: companyIn(invited) });
  });

  // An email program's one-click button posts here too, and means everything: https://www.rfc-editor.org/rfc/rfc8058
  router.post('/u/:token', form, openLink(context, 'unsubscribe'), async (request, response) => {
    const { invited } = openedBy(response);
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const scope = firstValue(sent.scope) === 'survey' ? 'survey' : 'everything';
    await unsubscribe(context, invited, scope);
    showInvited(response, 200, { kind: 'unsubscribed', company: companyIn(invited), scope });
  });

  return router;
}

/**
 * What the links in an email open. A GET never creates a score by itself, because mail scanners open links: it shows the
 * page and is kept as an intent. HEAD, and what a browser fetches ahead, do nothing at all.
 */
export function surveyPageRoutes(
  context: ResponsesContext,
  { publicUrl, rateLimits }: { publicUrl: string; rateLimits: RateLimits },
): Router {
  const router = express.Router();
  router.use(['/s', '/about', '/u'], limitOpenings(context, rateLimits));
  const form = express.urlencoded({ extended: false, limit: '1mb' });

  router.get('/s/:token', openLink(context, 'survey'), async (request, response) => {
    const { invited, frame } = openedBy(response);
    const rating = firstValue(request.query.rating);
    const ahead = isAhead(request);
    const client = ahead ? knownClient(context, request) : metClient(context, request, response, publicUrl);
    const opened = ahead
      ? { chosen: readRating(rating, invited) }
      : await recordOpening(context, invited, rating, client);
    const isHidden = await isOfAnotherContact(context, invited, client);
    const changing = request.query.change !== undefined;
    showInvited(response, 200, questionOrAnswer(invited, frame, { ...opened, changing, isHidden }));
  });

  router.post('/s/:token', form, openLink(context, 'survey'), async (request, response) => {
    const { invited, frame } = openedBy(response);
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const rating = readRating(firstValue(sent.rating)?.trim(), invited);
    const comment = firstValue(sent.comment) ?? '';
    const page = firstValue(sent.page);
    const mayContact = sent.mayContact !== undefined;
    const again = { ...question(invited), comment, mayContact, ...(page === undefined ? {} : { page }) };
    const chosen = rating === undefined ? {} : { chosen: rating };
    // They only want to read it in another language.
    if (sent.read !== undefined) {
      showInvited(response, 200, { ...again, ...chosen });
      return;
    }
    if (rating === undefined) {
      showInvited(response, 400, { ...again, problem: { about: 'rating' } });
      return;
    }
    try {
      const client = knownClient(context, request);
      const replaces = sent.replaces !== undefined;
      const confirmed = await confirm(context, invited, { rating, comment, mayContact, page, replaces }, client);
      if (confirmed.unsaved === 'asks') {
        showInvited(response, 409, { ...again, ...chosen, replaces: true, problem: { about: 'answered' } });
        return;
      }
      if (confirmed.unsaved === 'stays') {
        showInvited(response, 409, { kind: 'answered', company: companyIn(invited) });
        return;
      }
      showInvited(response, 200, thanksView(askedOf(invited), asAnswer(confirmed), changeUrl(frame)));
    } catch (failure) {
      if (!(failure instanceof BadRequest)) throw failure;
      const problem = { about: 'comment' as const, length: [...comment].length, limit: longestComment };
      showInvited(response, 400, { ...again, ...chosen, problem });
    }
  });

  /** What the page's script tells. */
  router.post('/s/:token/act', openLink(context, 'survey'), form, async (request, response) => {
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const touched = { rating: firstValue(sent.rating), page: firstValue(sent.page) ?? '' };
    await recordIntent(context, openedBy(response).invited, touched, knownClient(context, request));
    response.status(204).end();
  });

  /** No person sees a link to this: who opens it shows that nobody looked before it was opened. */
  router.get('/about/:token', openLink(context, 'hidden'), async (request, response) => {
    const { invited } = openedBy(response);
    if (!isAhead(request)) await openHidden(context, invited, metClient(context, request, response, publicUrl));
    showInvited(response, 200, { kind: 'about', company: companyIn(invited) });
  });

  return router.use(unsubscribeRoutes(context));
}

function questionOrAnswer(
  invited: InvitedContact,
  frame: SurveyPageFrame,
  {
    chosen,
    page,
    changing,
    isHidden,
  }: { chosen: number | undefined; page?: string; changing: boolean; isHidden: boolean },
): SurveyView {
  const answered = givenAnswer(invited);
  const given = isHidden ? undefined : answered;
  if (answered && chosen === undefined && !changing) {
    const shown = given ? { answer: asAnswer(given) } : {};
    return { kind: 'answered', company: companyIn(invited), ...shown, changeUrl: changeUrl(frame) };
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

function askedOf({ invitation, survey, texts }: InvitedContact): ShownSurvey {
  return { content: survey.content, texts, test: invitation.test };
}

function question(invited: InvitedContact): QuestionView {
  return questionView(askedOf(invited));
}

/** Leads back to the form, in the language that was chosen. */
function changeUrl({ chosen }: SurveyPageFrame): string {
  return chosen === undefined ? '?change' : `?change&language=${chosen}`;
}
