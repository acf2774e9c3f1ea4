import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
import { addCustomer, answer, type Customer, emailsTo, emailTo, ratingLink, resolveTicket } from './customers.ts';
import { eventually } from './eventually.ts';
import { describeInFolder, type World } from './world.ts';

describeInFolder('a reminder', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ surveys: [{ reminders: ['PT2S'] }] });
  });

  const invite = async (): Promise<Customer> => {
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    await emailTo(world, customer);
    return customer;
  };

  /** Whoever is asked now and is reminded was asked after everybody before. */
  const remindersOfThoseBefore = async () => {
    await emailTo(world, await invite(), 2, 30_000);
  };

  it.concurrent('goes once to who has not answered, and carries the same links', async () => {
    const customer = await invite();
    const [first, second] = [await emailTo(world, customer), await emailTo(world, customer, 2, 30_000)];
    expect(second.subject).not.toBe(first.subject);
    expect(ratingLink(second, 7)).toBe(ratingLink(first, 7));
    await remindersOfThoseBefore();
    expect(emailsTo(world, customer)).toHaveLength(2);
  });

  it.concurrent('never goes to who has answered', async () => {
    const customer = await invite();
    await answer(world, customer, { rating: 5 });
    await remindersOfThoseBefore();
    expect(emailsTo(world, customer)).toHaveLength(1);
  });

  it.concurrent.each([
    ['on the page behind the link', undefined],
    ["by an email program's one-click button", 'List-Unsubscribe=One-Click'],
  ])('never goes to who unsubscribed %s, nor does any other mail', async (_how, body) => {
    const customer = await invite();
    const sentEmail = await emailTo(world, customer);
    const header = sentEmail.headers.find(({ name }) => name === 'list-unsubscribe')?.value ?? '';
    const [, url = ''] = /<(https?:[^>]+)>/u.exec(header) ?? [];
    expect(sentEmail.headers.find(({ name }) => name === 'list-unsubscribe-post')?.value).toBe(
      'List-Unsubscribe=One-Click',
    );
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<form method="post">');
    const form = body === undefined ? new URLSearchParams() : new URLSearchParams(body);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
    await remindersOfThoseBefore();

    const ticket = resolveTicket(world, 'hubspot', customer);
    const [decision] = await eventually('it is decided', async () => {
      const decisions = await api(world).decisions(ticket);
      return decisions.length > 0 && decisions;
    });
    expect(decision).toMatchObject({ verdict: 'skipped', reasonCode: 'unsubscribed' });
    expect(emailsTo(world, customer)).toHaveLength(1);
  });

  it.concurrent('goes to who only looked at the page that unsubscribes', async () => {
    const customer = await invite();
    const { html } = await emailTo(world, customer);
    const [url = ''] = /http:[^"]+\/u\/[^"]+/u.exec(html) ?? [];
    expect((await fetch(url)).status).toBe(200);
    await emailTo(world, customer, 2, 30_000);
  });
});
