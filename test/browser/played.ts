import type { BrowserContextOptions, Page } from 'playwright-core';
import { inject, vi } from 'vitest';
import { withBrowser } from './browser.ts';
import type { Account, Addresses, NewMember } from './played-quarter.ts';

export type Played = {
  /** Somebody of their own for this file, signed in by the form's request; their page stands on the given path. */
  enter(member: NewMember, path: string, options?: BrowserContextOptions): Promise<Page>;
};

/** The console of the service with a quarter behind it, which all files share: each changes what is its own. */
export function withPlayed(): Played {
  // Whoever comes first waits until it is started and seeded; a busy machine takes its time.
  vi.setConfig({ hookTimeout: 240_000, testTimeout: 240_000 });
  const browser = withBrowser();
  return {
    async enter(member, path, options = {}) {
      const { url, accounts } = await ask<Addresses>(inject('playedService'));
      const { email, password } = await ask<Account>(accounts, member);
      const page = await browser.open({ baseURL: url, ...options });
      const data = { email, password };
      const signedIn = await page.request.post('/api/auth/sign-in/email', { data, headers: { origin: url } });
      if (!signedIn.ok()) throw new Error(`signing in was answered with ${signedIn.status()}`);
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      return page;
    },
  };
}

async function ask<Answer>(address: string, body?: object): Promise<Answer> {
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(address, request);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Answer;
}
