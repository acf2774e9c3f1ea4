import { withRating } from '../../src/modules/invitations/links.ts';
import { resolveTogether } from '../flows/resolve-together.ts';
import { hiddenFields, posted, type SurveyPages, type Visitor } from '../flows/survey-pages.ts';
import { hour, minute, type World } from '../flows/world.ts';
import type { Link, Step } from './behaviour.ts';
import type { Program } from './programs.ts';

/** Somebody who has been asked, with the links of their email. */
type Emailed = { contactId: string; invitationId: string; linkTo(link: Link): string };

/**
 * Asks one person for each of these at each of the levels, all at the same time, and lets everybody do what they do.
 *
 * @returns those whom it asked, level by level
 */
export async function play<Level extends string>(
  world: World,
  surveyPages: SurveyPages,
  levels: readonly Level[],
  behaviours: readonly { steps: readonly Step[] }[],
): Promise<ReadonlyMap<Level, readonly Emailed[]>> {
  const contacts = levels.map(
    (level) => [level, behaviours.map(() => world.vendor.addContact({ name: 'Ann' }))] as const,
  );
  // Whoever is asked answers the survey as it was when that was decided.
  for (const [confirm, asked] of contacts) {
    await world.survey({ confirm });
    await resolveTogether(world, asked);
  }
  await world.pass(hour);
  const emailed = new Map<Level, readonly Emailed[]>();
  for (const [level, asked] of contacts) {
    emailed.set(level, await Promise.all(asked.map(({ email = '' }) => emailedTo(world, email))));
  }
  const started = world.clock().getTime();
  const timeline = [...emailed.values()].flatMap((some) =>
    behaviours.flatMap(({ steps }, index) => {
      const perform = createActor(surveyPages, some[index] as Emailed);
      let at = started;
      return steps.map((step) => {
        at += step.after;
        return { at, perform: () => perform(step) };
      });
    }),
  );
  for (const { at, perform } of timeline.sort((a, b) => a.at - b.at)) {
    const wait = at - world.clock().getTime();
    // What falls due meanwhile may as well be done a minute later.
    if (wait < minute) world.jump(wait);
    else await world.pass(wait);
    await perform();
  }
  return emailed;
}

async function emailedTo(world: World, email: string): Promise<Emailed> {
  const sentEmail = world.fakeEmailServer.to(email).at(-1);
  if (!sentEmail) throw new Error('no one was asked');
  const { id: invitationId, contactId } = (await world.invited(sentEmail)).invitation;
  return { contactId, invitationId, linkTo: linksOf(world, invitationId) };
}

function linksOf({ context: { links } }: World, invitationId: string): Emailed['linkTo'] {
  return (link) => {
    if (link === 'hidden') return links.hidden(invitationId);
    if (link === 'unsubscribe') return links.unsubscribe(invitationId);
    const page = links.survey(invitationId);
    return link === 'page' ? page : withRating(page, link);
  };
}

/** Does one thing after the other with the links of an email, and remembers cookies and pages as the programs do. */
function createActor(surveyPages: SurveyPages, { linkTo }: Emailed): (step: Step) => Promise<void> {
  const jars = new Map<string, Map<string, string>>();
  const pages = new Map<string, string>();

  const visitorOf = ({ agent, network, cookies }: Program): Visitor => {
    if (cookies === undefined) return { agent, address: network };
    const jar = jars.get(cookies) ?? new Map<string, string>();
    jars.set(cookies, jar);
    return { agent, address: network, cookies: jar };
  };

  return async (step) => {
    const visitor = visitorOf(step.by);
    const browser = step.by.cookies ?? step.by.agent;
    const fields = hiddenFields(pages.get(browser) ?? '');
    if ('open' in step) {
      const { open, method = 'GET', headers = {} } = step;
      const { status, text } = await surveyPages.visit(linkTo(open), visitor, { method, headers });
      if (status !== 200) throw new Error(`the link was answered with ${status}`);
      if (typeof open === 'number' || open === 'page') pages.set(browser, text);
    } else if ('act' in step) {
      await surveyPages.visit(`${linkTo('page')}/act`, visitor, posted({ ...fields, rating: step.act }));
    } else {
      const filled = { ...fields, rating: step.submit, comment: step.comment ?? '' };
      const { status } = await surveyPages.visit(linkTo('page'), visitor, posted(filled));
      if (status !== 200) throw new Error(`the form was answered with ${status}`);
    }
  };
}
