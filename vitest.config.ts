import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { filesOfKind, testFiles, testKinds } from './test/kinds.ts';

/** Whole services, browsers and programs: these wait for real time, and one begun last would keep the others waiting. */
const long = /\/test\/(?:journey|browser|scanners)\/|\/src\/jobs\.test\.ts$/u;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from a default export
export default defineConfig(({ mode }) => {
  // `--mode unit` and the like run a part; otherwise everything runs.
  const only = testKinds.find((kind) => kind === mode);
  const snapshot = only === 'unit' ? [] : ['test/snapshot.ts'];
  const browser = only === undefined || only === 'e2e' ? ['test/browser/unpacked.ts'] : [];
  return {
    test: {
      include: only === undefined ? testFiles : filesOfKind(only, import.meta.dirname),
      globalSetup: [...snapshot, ...browser],
      // A worker goes from file to file: loading the same packages for each of them would take longer than the tests.
      isolate: false,
      sequence: { sequencer: LongestFirst },
      // One more than the processors of a small machine: the journeys mostly wait. Each worker may hold an embedded
      // database of some hundred megabytes.
      maxWorkers: 3,
      // Golden files change by `npm run golden` only; one that is missing fails.
      update: 'none',
      // Some let months pass: on a busy machine that takes its time.
      testTimeout: 120_000,
      hookTimeout: 60_000,
    },
  };
});
