import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from a default export
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts', 'connectors/**/*.test.ts', 'config/**/*.test.ts'],
    globalSetup: ['test/snapshot.ts', 'test/browser/unpacked.ts'],
    // A worker goes from file to file: loading the same packages for each of them would take longer than the tests.
    isolate: false,
    // Each worker may hold an embedded database of some hundred megabytes.
    maxWorkers: 2,
    // Some let months pass: on a busy machine that takes its time.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
