import { expect, it } from 'vitest';
import { addCustomer, answer, emailTo, ratingLink, ratingStands, resolveTicket, submit } from './customers.ts';
import { eventually } from './eventually.ts';
import { hubspotSecret, hubspotStageChange, sendAsHubspot, zendeskWebhook } from './vendor-webhooks.ts';
import { describeInFolder } from './world.ts';

describeInFolder('the log at its most talkative', (open) => {
  it('holds nobody’s name, address or comment, no link and no secret', async () => {
    const world = await open({ process: true, environment: { LOG_LEVEL: 'trace' } });
    const { secret: signingSecret } = await zendeskWebhook(world);
    const customer = addCustomer(world, { name: 'Zebedee Unmistakable' });
    resolveTicket(world, 'zendesk', customer);
    const sentEmail = await emailTo(world, customer);
    const comment = 'Whispered words of wisdom';
    const link = await answer(world, customer, { rating: 3, comment });
    await ratingStands(world, customer, 3);

    // What goes wrong is what is written about.
    await submit(link, { rating: 77, comment });
    await submit(link, { rating: 3, comment: comment.repeat(1000) });
    await fetch(`${link.split('?')[0]}x`);
    await fetch(link, { method: 'DELETE' });
    await fetch(`${link.split('?')[0]}/more`);
    await fetch(`${world.service.url}/api/decisions?email=${customer.email}&token=${link}`);
    await fetch(`${world.service.url}/api/decisions`, { headers: { authorization: `Bearer ${customer.email}` } });
    const secret = hubspotSecret(world);
    await sendAsHubspot(world, { body: JSON.stringify([hubspotStageChange('1', 5)]), secret });
    await sendAsHubspot(world, { body: customer.email, secret });
    await sendAsHubspot(world, { body: '[]', secret: 'wrong' });
    world.inbox.refuse({ at: 'recipient', code: 550 });
    const bounced = addCustomer(world, { name: 'Zebedee Unmistakable' });
    resolveTicket(world, 'hubspot', bounced);
    world.hubspot.disturb({ kind: 'poison', recordId: customer.hubspot });
    world.zendesk.disturb({ kind: 'fail', times: 2 });
    await submit(link, { rating: 9, comment });
    await eventually('the failures were met', () => world.hubspot.requests.some(({ status }) => status === 400));
    world.hubspot.disturb({ kind: 'revoke' });
    await submit(link, { rating: 8, comment });
    await eventually('the refusal was written about', () => world.service.logged('connection.unauthorized').length > 0);
    const unsubscribe = sentEmail.headers.find(({ name }) => name === 'list-unsubscribe')?.value ?? '';
    const [, url = ''] = /<(https?:[^>]+)>/u.exec(unsubscribe) ?? [];
    await fetch(url, { method: 'POST' });
    await world.service.stop();

    const output = world.service.output();
    expect(output.length).toBeGreaterThan(500);
    const tokenOf = (address: string) => new URL(address).pathname.split('/')[2] ?? '';
    const token = tokenOf(ratingLink(sentEmail, 3));
    const { HUBSPOT_ACCESS_TOKEN, ZENDESK_CLIENT_SECRET, SECRET_KEY, API_KEY } = world.environment;
    const secrets = {
      name: 'Unmistakable',
      address: customer.email,
      mailbox: customer.email.split('@')[0],
      'address that bounced': bounced.email,
      comment: 'Whispered',
      'survey link': token,
      'invitation in the link': token.split('.')[0],
      'signature in the link': token.split('.')[1],
      'unsubscribe link': tokenOf(url).split('.')[1],
      HUBSPOT_ACCESS_TOKEN,
      HUBSPOT_CLIENT_SECRET: secret,
      ZENDESK_CLIENT_SECRET,
      'signing secret of Zendesk': signingSecret,
      SECRET_KEY,
      API_KEY,
    };
    for (const [what, text] of Object.entries(secrets)) {
      expect(text?.length, what).toBeGreaterThan(6);
      expect(output.includes(text ?? ''), `the log holds the ${what}`).toBe(false);
    }
  });
});
