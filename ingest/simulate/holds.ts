import type { PlacedUnit } from '../schema/unit-index.ts';
import type { LinkPlan } from './link-plan.ts';
import type { Outages } from './outages.ts';
import { isWithin, type Scene } from './province.ts';

/** When a unit cannot send: it is silent, or its only line is down. What happens there meanwhile is told when it is back. */
export interface Holds {
  /** The instant at which something that is due to be sent can be sent: the same instant, unless the unit is cut off. */
  release: (unit: PlacedUnit, at: number) => number;
  /** Since when a unit that is cut off at an instant has been so. */
  silentSince: (unit: PlacedUnit, at: number) => number | undefined;
}

/** Joins the silences of the scenes with the outages of lifelines. */
export function createHolds(plan: LinkPlan, outages: Outages, scenes: readonly Scene[]): Holds {
  const silences = scenes.filter((scene) => scene.kind === 'silence');
  const cutAt = (unit: PlacedUnit, at: number) => {
    const silence = silences.find(({ unit: code, from, to }) => from <= at && at < to && isWithin(unit, code));
    if (silence) return silence;
    const line = plan.lifelines.get(unit.code);
    return line === undefined ? undefined : outages.at(line, at);
  };
  return {
    release(unit, at) {
      let free = at;
      for (let cut = cutAt(unit, free); cut; cut = cutAt(unit, free)) free = cut.to;
      return free;
    },
    silentSince(unit, at) {
      let since: number | undefined;
      // one cut may follow another without a moment between them
      for (let cut = cutAt(unit, at); cut; cut = cutAt(unit, cut.from - 1)) since = cut.from;
      return since;
    },
  };
}
