import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Texts } from '../../../model/locale.ts';
import type { LinkPurpose } from '../../invitations/index.ts';
import { chooseLanguage, companyName, type LanguagePreferences } from '../../surveys/index.ts';
import type { ResponsesContext } from '../context.ts';
import {
  type Closed,
  closedReason,
  findInvited,
  givenAnswer,
  type InvitedContact,
  isOfAnotherContact,
} from '../invited.ts';
import { knownClient } from './client.ts';
import { bareFrame, type SurveyPageFrame } from './frame.ts';
import { surveyPageHeaders } from './headers.ts';
import { renderSurveyPage } from './page.ts';
import type { ShownAnswer, SurveyView } from './view.ts';

type Opened = { invited: InvitedContact; frame: SurveyPageFrame };

/** Finds what the link opens, and answers by itself where it opens nothing, or takes no answer. */
export function openLink(context: ResponsesContext, purpose: LinkPurpose) {
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const token = request.params.token;
    const preferences = readPreferences(request);
    const invited = typeof token === 'string' ? await findInvited(context, purpose, token, preferences) : undefined;
    if (!invited) {
      show(response, 404, { kind: 'unknown' }, { texts: anyTexts(context, preferences), frame: bareFrame });
      return;
    }
    const opened = { invited, frame: frameOf(context, invited, preferences) };
    response.locals.opened = opened;
    const closed = purpose === 'survey' ? closedReason(invited, context.clock()) : undefined;
    if (closed) {
      const isHidden = await isOfAnotherContact(context, invited, knownClient(context, request));
      const isSent = request.method === 'POST';
      const status = closed === 'reopened' ? (isSent ? 409 : 200) : 410;
      showInvited(response, status, closedView(invited, closed, { isSent, isHidden }));
      return;
    }
    next();
  };
}

/** A page names the language with its address; its form also by what it sends, a choice made just now first. */
function readPreferences(request: Request): Pick<LanguagePreferences, 'chosen' | 'accepted'> {
  const sent = (request.body ?? {}) as Record<string, unknown>;
  const chosen = firstValue(sent.read) ?? firstValue(sent.language) ?? firstValue(request.query.language);
  return { chosen, accepted: request.get('accept-language') };
}

function frameOf(
  { texts }: ResponsesContext,
  invited: InvitedContact,
  { chosen }: Pick<LanguagePreferences, 'chosen'>,
): SurveyPageFrame {
  const { branding, texts: said } = invited.survey.content;
  return {
    branding,
    languages: said.languages.flatMap((tag) => texts.get(tag)?.language ?? []),
    ...(chosen === undefined ? {} : { chosen: invited.texts.language.tag }),
  };
}

function closedView(
  invited: InvitedContact,
  closed: Closed,
  { isSent, isHidden }: { isSent: boolean; isHidden: boolean },
): SurveyView {
  const company = companyIn(invited);
  if (closed === 'expired' && isSent) return { kind: 'tooLate', company };
  const given = givenAnswer(invited);
  if (!given) return { kind: closed, company };
  return isHidden ? { kind: 'answered', company } : { kind: 'answered', company, answer: asAnswer(given) };
}

/** What `openLink` found. */
export function openedBy(response: Response): Opened {
  return response.locals.opened as Opened;
}

export function companyIn({ survey, texts }: InvitedContact): string {
  return companyName(survey.content, texts);
}

export function asAnswer({ rating, comment }: { rating: number; comment: string | null }): ShownAnswer {
  return { rating, ...(comment === null ? {} : { comment }) };
}

/** Shows something of what `openLink` found. */
export function showInvited(response: Response, status: number, view: SurveyView): void {
  const { invited, frame } = openedBy(response);
  show(response, status, view, { texts: invited.texts, frame });
}

function show(
  response: Response,
  status: number,
  view: SurveyView,
  { texts, frame }: { texts: Texts; frame: SurveyPageFrame },
) {
  const html = renderSurveyPage(view, texts, frame);
  response.status(status).set(surveyPageHeaders(frame)).type('html').vary('Accept-Encoding');
  if (response.req.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').send(gzipSync(html));
  else response.send(html);
}

/** A field that was sent twice is read once. */
export function firstValue(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

/** Where no survey says in which languages it speaks, it is any of ours; English for everybody else. */
function anyTexts({ texts }: ResponsesContext, preferences: LanguagePreferences): Texts {
  const found = texts.get(chooseLanguage(['en', ...texts.keys()], texts, preferences) ?? 'en');
  if (!found) throw new Error('the English texts are missing');
  return found;
}
