import type { LogEntry } from '../schema/row.ts';
import type { UnitIndex } from '../schema/unit-index.ts';
import { createCheckTime } from './check-time.ts';
import { createDropPersonal } from './drop-personal.ts';
import { createResolveUnit } from './resolve-unit.ts';
import { KEPT, type Outcome, type Step } from './step.ts';

/** What the pipeline is made with. */
export interface PipelineOptions {
  units: UnitIndex;
  onUnknownUnit: (source: string) => void;
}

/**
 * The steps that every event passes, whatever its source, in this order. Before them a source has read and mapped it; after them it is
 * written. A source of CloudEvents reads with `parse-envelope` and `check-data`.
 */
export function createPipeline({ units, onUnknownUnit }: PipelineOptions): Step {
  const steps: readonly Step[] = [
    createCheckTime(),
    createResolveUnit({ units, onUnknown: onUnknownUnit }),
    createDropPersonal(),
  ];
  return function pipeline(entry: LogEntry): Outcome {
    for (const step of steps) {
      const outcome = step(entry);
      if (outcome !== KEPT) return outcome;
    }
    return KEPT;
  };
}
