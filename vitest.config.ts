import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Two files keep a processor busy for minutes. By size they would come last, side by side, when all that mostly waits is
 * over; so the storm begins, and the transcripts follow half way.
 */
class LongOnesApart extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const named = (name: string) => sorted.filter((file) => file.moduleId.endsWith(name));
    const first = named('test/event/storm.test.ts');
    const later = named('test/transcripts.test.ts');
    const others = sorted.filter((file) => ![...first, ...later].includes(file));
    const half = others.length / 2;
    return [...first, ...others.slice(0, half), ...later, ...others.slice(half)];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/database-server.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongOnesApart },
  },
});
