/** How often a parent is told, how far back, and up to when it has been; milliseconds, instants as epoch ms. */
export interface Pace {
  every: number;
  catch_up: number;
  /** The last step that it was told of; null before the first. */
  told_at: number | null;
}

/** The steps that a parent is to be told of by now, oldest first: none twice, none older than `catch_up`; at first the newest alone. */
export function stepsBy(now: number, { every, catch_up, told_at }: Pace): number[] {
  const newest = Math.floor(now / every) * every;
  const last = told_at === null ? newest - every : Math.floor(told_at / every) * every;
  const oldest = Math.max(Math.ceil((now - catch_up) / every) * every, last + every);
  const steps: number[] = [];
  for (let step = oldest; step <= newest; step += every) steps.push(step);
  return steps;
}
