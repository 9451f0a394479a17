/** Somebody who types is asked about twice a second at most. */
const DRAFTS = { most: 20, within_ms: 10_000 } as const;

/** How many drafts are checked for one account, over all pages that it has open. */
export interface DraftBudget {
  /** Whether one more is checked for them now; it counts when it is. */
  take: (who: string) => boolean;
}

/** Makes the budget of a process. `now` are milliseconds that only go forward. */
export function createDraftBudget(now: () => number = () => performance.now()): DraftBudget {
  const taken = new Map<string, number[]>();
  return {
    take: (who) => {
      const since = now() - DRAFTS.within_ms;
      // who has stopped is forgotten
      for (const [each, times] of taken) if ((times.at(-1) ?? 0) < since) taken.delete(each);
      const recent = (taken.get(who) ?? []).filter((time) => time >= since);
      const isFree = recent.length < DRAFTS.most;
      taken.set(who, isFree ? [...recent, now()] : recent);
      return isFree;
    },
  };
}
