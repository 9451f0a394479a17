import { join } from 'node:path';

/** One step of `npm test`. */
export interface Stage {
  name: string;
  /** What Node is called with. */
  args: string[];
  /** Where its test results are written, when it has tests. */
  results?: string;
  needsChromium?: boolean;
}

const bin = (path: string): string => join('node_modules', path);

/**
 * The steps, in order, by groups: those of one group are independent of each other and run two at a time.
 *
 * @param folder where results are written
 */
export function createStages(folder: string): Stage[][] {
  const vitest = (name: string, projects: string[], more: Partial<Stage> = {}): Stage => {
    const results = join(folder, `${name}.json`);
    const chosen = projects.flatMap((project) => ['--project', project]);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
    return {
      name,
      args: [bin('vitest/vitest.mjs'), 'run', '-c', 'web/vite.config.ts', ...chosen, ...reporters],
      results,
      ...more,
    };
  };
  return [
    [
      { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
      { name: 'lint', args: [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'] },
      { name: 'types', args: [bin('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', 'tsconfig.json'] },
      { name: 'boards', args: ['--import', 'tsx', 'docker/check/main.ts'] },
    ],
    [vitest('unit', ['unit', 'web'])],
    [vitest('db', ['db'])],
    [{ name: 'build', args: ['--import', 'tsx', 'docker/supervisor/web-build.ts'] }],
    [vitest('e2e', ['e2e'], { needsChromium: true })],
  ];
}
