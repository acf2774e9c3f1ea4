import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../journey/eventually.ts';
import { startProcess } from '../journey/launch.ts';
import { freePort } from '../journey/world.ts';
import { unpackDatabase } from './unpack-database.ts';

export type FirstStarted = {
  url: string;
  /** Follows the link of the first start, as its log prints it, to the first account. */
  makeOwner(page: Page): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The service as an operator starts it for the first time: a process of its own, on an empty folder.
 *
 * @param snapshot of a database to begin with, where the first start is not what matters
 */
export async function startFirst(
  environment: Readonly<Record<string, string>>,
  snapshot?: string,
): Promise<FirstStarted> {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-first-'));
  if (snapshot !== undefined) unpackDatabase(snapshot, folder);
  const settings = { DATA_DIR: folder, PORT: String(await freePort()), LOG_LEVEL: 'info', ...environment };
  const service = await startProcess(settings, folder);
  return {
    url: service.url,
    async makeOwner(page) {
      const link = () => service.logged('setup.link')[0]?.link;
      await eventually('the link is printed', () => link() !== undefined);
      await page.goto(String(link()));
      await page.locator('input[name=name]').fill('Olivia Owner');
      await page.locator('input[name=email]').fill('olivia@acme.example');
      await page.locator('input[name=password]').fill('a long sentence about a horse');
      await page.getByRole('button', { name: 'Create the account' }).click();
      await page.waitForURL('**/welcome');
    },
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
