import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';
import { offerPlayedService } from './on-demand.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program of the browser that pages are looked at with. */
    browser: string;
    /** Answers where the service with a quarter behind it is, and starts it for whoever asks first. */
    playedService: string;
  }
}

/**
 * The browser comes packed in a package; it is unpacked once a machine, before workers could race for it. The console is
 * built, unless it stands there as it is.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const setUp = join(import.meta.dirname, '..', '..', 'config', 'setup.mjs');
  const { status } = spawnSync(process.execPath, [setUp], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the console could not be built');
  project.provide('browser', await chromium.executablePath());
  const { address, stop } = await offerPlayedService(project.getProvidedContext().snapshot);
  project.provide('playedService', address);
  return stop;
}
