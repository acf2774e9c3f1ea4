import { parseArgs } from 'node:util';
import { type LaunchedDemo, launch } from './demo/launch.ts';
import { createNarration, type Narration } from './demo/narration.ts';
import { createOutside } from './demo/outside.ts';
import type { DemoContact, Stage } from './demo/stage.ts';
import { demoSurvey, tellStory } from './demo/story.ts';

/**
 * Plays the main job on simulated vendors, from outside: it starts the service as a process of its own and talks to it
 * over HTTP only. With `--once` it ends, and fails unless every value on every record is what it should be.
 */
async function demonstrate(running: LaunchedDemo, narration: Narration, once: boolean): Promise<void> {
  narration.say('Scoreback on simulated HubSpot and Zendesk accounts: nothing leaves this machine.');
  narration.say('It starts on an empty database, which takes some seconds …\n');
  const stage: Stage = { outside: createOutside(running), narration, wrong: [] };
  const ada = await tellStory(stage);
  narration.act(stage.wrong.length === 0 ? 'Every value is what it should be.' : 'Not all is what it should be:');
  for (const sentence of stage.wrong) narration.say(`  ${sentence}`);
  if (stage.wrong.length > 0) process.exitCode = 1;
  if (once) return;
  invite(running, narration, ada);
  await running.died;
}

function invite({ url, apiKey }: LaunchedDemo, narration: Narration, { ids }: DemoContact): void {
  narration.act('Look around; it stays up until you press Ctrl-C');
  narration.say(`  More tickets to resolve   ${url}/sandbox/
  The inbox                 ${url}/sandbox/inbox/
  Ada in HubSpot            ${url}/sandbox/records/hubspot/${ids.hubspot}
  Ada in Zendesk            ${url}/sandbox/records/zendesk/${ids.zendesk}
  Why who was asked         curl -H 'Authorization: Bearer ${apiKey}' ${url}/api/decisions`);
}

function readOnce(): boolean {
  try {
    return parseArgs({ options: { once: { type: 'boolean', default: false } } }).values.once;
  } catch (failure) {
    process.stderr.write(`${(failure as Error).message}\nUsage: npm run demo [-- --once]\n`);
    process.exit(2);
  }
}

const once = readOnce();
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Staying up ends in no other way; a check that was cut short has shown nothing.
      if (once) process.exitCode = 130;
      resolve();
    });
  }
});
const running = await launch([demoSurvey]);
try {
  await Promise.race([demonstrate(running, createNarration(process.stdout), once), running.died, interrupted]);
} catch (failure) {
  process.exitCode = 1;
  process.stderr.write(`\n${(failure as Error).message}\n`);
}
if (process.exitCode === 1 && running.output() !== '')
  process.stderr.write(`\nThe service has said:\n${running.output()}`);
await running.stop();
process.exit();
