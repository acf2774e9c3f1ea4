import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Service, startService } from '../../src/start.ts';
import { playQuarter } from '../seed/quarter.ts';

/** The service on simulated accounts, with a quarter behind it; the folder is removed when it stops. */
export async function startPlayed(port = 0, folder = mkdtempSync(join(tmpdir(), 'scoreback-'))): Promise<Service> {
  const settings = {
    DATA_DIR: folder,
    PORT: String(port),
    SANDBOX: 'on',
    LOG_LEVEL: 'info',
    API_KEY: 'only-for-screenshots-0123456789abcdef',
  };
  const service = await startService(settings);
  await playQuarter(service, { withRecords: true });
  return {
    ...service,
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (import.meta.main) {
  const service = await startPlayed(Number(process.argv[2] ?? 3000));
  process.once('SIGINT', () => void service.stop().then(() => process.exit(0)));
  process.once('SIGTERM', () => void service.stop().then(() => process.exit(0)));
}
