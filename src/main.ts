import { flushCompileCache } from 'node:module';
import { releaseMemory, speedUpLoading } from './loading.ts';

/** How long after the start, in milliseconds, what it left in memory is given back. */
const startIsOver = 3000;

if (import.meta.main) {
  // What a file imports is loaded before its first line runs, so the service is imported after this.
  speedUpLoading();
  const { runService } = await import('./start.ts');
  await runService(process.argv.slice(2));
  setTimeout(() => {
    flushCompileCache();
    releaseMemory();
  }, startIsOver).unref();
}
