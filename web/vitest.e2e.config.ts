import { defineConfig } from 'vitest/config';

// The real server, database and browser: one file after another, with time.
export default defineConfig({
  test: { include: ['e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 },
});
