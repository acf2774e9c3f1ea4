import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program of the browser that pages are looked at with. */
    browser: string;
  }
}

/** The browser comes packed in a package; it is unpacked once a machine, before workers could race for it. */
export async function setup({ provide }: TestProject): Promise<void> {
  provide('browser', await chromium.executablePath());
}
