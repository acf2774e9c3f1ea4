import type { Request, Response, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import type { Connector, PanelContent } from '../../connector.ts';
import { Failure, NotFound, UntrustedWebhook } from '../../model/errors.ts';
import type { Texts } from '../../model/locale.ts';
import { readJson } from '../../model/verified-body.ts';
import { logged } from '../../platform/http/problem.ts';
import { readInput } from '../../platform/http/read-body.ts';
import { received } from '../../platform/http/received.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { inWords, textsFor } from './in-words.ts';
import { panelPageHeaders, renderPanelPage, renderTrouble } from './page.ts';
import { askFromPanel, changeDoNotSurvey, type PanelSurveyRequest } from './panel-actions.ts';
import { findBeside, type OpenPanel, openPanel } from './panel-contact.ts';
import { showContact } from './show-panel.ts';

export function isFormRequest(request: Request): boolean {
  return Boolean(request.is('urlencoded'));
}

/** What was sent beside the proof of who sends it. @throws RequestError */
export function readSent(request: Request): unknown {
  const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (body.length === 0) return {};
  if (!isFormRequest(request)) return readJson(body);
  const { token, ...sent } = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return 'doNotSurvey' in sent ? { ...sent, doNotSurvey: sent.doNotSurvey === 'true' } : sent;
}

type RouteOptions = { connectors: readonly Connector[]; publicUrl: string };

const nothing = z.object({});
const asking = z.strictObject({
  survey: z.string().min(1).max(100).optional(),
  key: z.string().min(1).max(100).optional(),
});
const peace = z.strictObject({ doNotSurvey: z.boolean().default(true) });

/**
 * What agents see of a contact in the vendor's own pages: `GET` and `POST /panel/:connector`, and its buttons,
 * `POST …/ask` and `…/do-not-survey`. As JSON; as a page where a form was sent into a frame.
 */
export function panelRoutes(context: InvitationsContext, { connectors, publicUrl }: RouteOptions): Router {
  const router = express.Router();
  // The signature is over the bytes as they came.
  const rawBody = express.raw({ type: () => true, limit: '1mb' });

  function withPanel<Sent>(
    schema: z.ZodType<Sent>,
    act: (panel: OpenPanel, sent: Sent) => Promise<PanelSurveyRequest | undefined>,
  ) {
    return async (request: Request, response: Response): Promise<void> => {
      const { connector, candidates } = find(request.params.connector);
      const { panel } = connector;
      const asPage = panel.framedBy !== undefined && isFormRequest(request);
      const told = received(request, publicUrl);
      try {
        const opened = await openPanel(context, { panel, candidates, request: told });
        const asked = await act(opened, readInput(readSent(request), schema, 'body'));
        const { content, texts } = await contentOf(opened, asked);
        // An answer is about a contact: no cache on the way keeps it.
        response.set('Cache-Control', 'no-store');
        if (asPage) {
          const token = new URLSearchParams(told.body.toString('utf8')).get('token') ?? '';
          framed(response, panel.framedBy ?? []).send(
            renderPanelPage(content, texts, { address: `${publicUrl}/panel/${connector.name}`, token }),
          );
        } else response.json(panel.render(content, opened.live.fieldNames));
      } catch (failure) {
        if (!asPage || !(failure instanceof Failure)) throw failure;
        await showTrouble(response, {
          failure,
          framedBy: panel.framedBy ?? [],
          language: request.get('accept-language'),
        });
      }
    };
  }

  function find(name: unknown) {
    const connector = connectors.find((candidate) => candidate.name === name);
    const candidates = context.connections.all().filter((live) => live.connector === connector);
    if (!connector?.panel || candidates.length === 0) throw new NotFound('panel');
    return { connector: { ...connector, panel: connector.panel }, candidates };
  }

  async function contentOf(
    opened: OpenPanel,
    asked?: PanelSurveyRequest,
  ): Promise<{ content: PanelContent; texts: Texts }> {
    const { live, language } = opened;
    const texts = await textsFor(context, { workspaceId: live.workspaceId, language });
    const contactId = asked?.contactId ?? (await findBeside(context, opened)).contactId;
    return { content: inWords(await showContact(context, live, contactId), texts, asked), texts };
  }

  async function showTrouble(
    response: Response,
    { failure, framedBy, language }: { failure: Failure; framedBy: readonly string[]; language: string | undefined },
  ): Promise<void> {
    context.log.info(
      { code: 'panel.failed', failure: failure.code, ...logged(failure) },
      'A panel could not be shown.',
    );
    const request = language?.split(',')[0];
    const { workspaceId = '' } = context.connections.all()[0] ?? {};
    const texts = await textsFor(context, { workspaceId, language: request });
    const status = failure instanceof UntrustedWebhook ? 401 : 502;
    framed(response, framedBy).status(status).send(renderTrouble(failure, texts));
  }

  const show = withPanel(nothing, async () => undefined);
  router.get('/panel/:connector', rawBody, show);
  router.post('/panel/:connector', rawBody, show);
  router.post(
    '/panel/:connector/ask',
    rawBody,
    withPanel(asking, (panel, { survey, key }) =>
      askFromPanel(context, panel, {
        ...(survey === undefined ? {} : { survey }),
        ...(key === undefined ? {} : { key }),
      }),
    ),
  );
  router.post(
    '/panel/:connector/do-not-survey',
    rawBody,
    withPanel(peace, async (panel, { doNotSurvey }) => {
      await changeDoNotSurvey(context, panel, doNotSurvey);
      return undefined;
    }),
  );
  return router;
}

/** A page that stands in the vendor's own. */
function framed(response: Response, framedBy: readonly string[]): Response {
  response.removeHeader('X-Frame-Options');
  return response.set(panelPageHeaders(framedBy)).type('html');
}
