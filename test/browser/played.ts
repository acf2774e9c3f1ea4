import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Role } from '../../src/access/scopes.ts';
import type { Service } from '../../src/main.ts';
import { startPlayed } from '../screenshots/played.ts';
import { withBrowser } from './browser.ts';
import { signIn } from './signed-in.ts';

export type Played = {
  /** Somebody signed in, the owner first; their page stands on home. */
  enter(role: Role): Promise<Page>;
};

/** The console of a service with a quarter behind it, for the tests of one file. */
export function withPlayed(): Played {
  const browser = withBrowser();
  let service: Service;
  beforeAll(async () => {
    service = await startPlayed();
  });
  afterAll(() => service?.stop());
  return { enter: (role) => signIn(browser, service, role) };
}
