import type { Cleanup } from '../cleanup.ts';
import type { BenchOptions } from './options.ts';

/** What every bench is given. */
export interface Bench {
  options: BenchOptions;
  /** The caller's environment. */
  env: NodeJS.ProcessEnv;
  /** Tells a person how far it is. */
  say: (text: string) => void;
  /** Takes what has to end with the bench. */
  cleanup: Cleanup;
}
