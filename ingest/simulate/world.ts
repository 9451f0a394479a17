import { createChaseFeed } from './chase-life.ts';
import { createDossierFeed, type DossierWorld } from './dossier-feed.ts';
import { createHolds } from './holds.ts';
import { createIntake, type HistoryPlan } from './intake.ts';
import { createLineLife, createLinkFeed, type LineLife } from './link-life.ts';
import { planLinks } from './link-plan.ts';
import type { Feed } from './message.ts';
import { createOffices, type Offices } from './office-life.ts';
import { createOutages } from './outages.ts';
import type { Province, Scene } from './province.ts';
import { createReadingFeed } from './reading-life.ts';
import { createSecurityFeed } from './security-life.ts';
import { createStatementFeed } from './statement-life.ts';

/** How dense the past is that is filled in: one sample of a line in an hour, one reading in a quarter of an hour. */
const LINK_THIN = 120;
/** One in two hours, where only what share of the time a line was up matters. */
const LINK_SPARSE = 240;
const READING_THIN = 15;

/** A province with everything that happens in it, settled by its seed, its scenes and the plan of its history. */
export interface World {
  dossiers: DossierWorld;
  /** The lines as devices see them. */
  lines: LineLife;
  /** Life as it is told when it happens. */
  live: readonly Feed[];
  /** Lines, sensors, stated figures and what the desk asks in full, and thinned for the past. */
  measured: readonly Feed[];
  thinned: readonly Feed[];
  /** Lines as they were long ago: every change, and a sample now and then. */
  sparse: Feed;
  /** What the desk asked of units, alone. */
  chases: Feed;
  /** The security sensor with all its records, and with its alerts alone. */
  security: Feed;
  alerts: Feed;
  offices: Offices;
}

/** Puts a world together. */
export function createWorld(province: Province, scenes: readonly Scene[], history?: HistoryPlan): World {
  const plan = planLinks(province);
  const outages = createOutages(province, plan, scenes);
  const holds = createHolds(plan, outages, scenes);
  const dossiers = { province, intake: createIntake(province, history), holds };
  const links = createLinkFeed(province, plan, outages);
  const readings = createReadingFeed(province, scenes);
  const security = createSecurityFeed(province);
  const offices = createOffices(province, scenes);
  const statements = createStatementFeed(dossiers);
  const chases = createChaseFeed(dossiers);
  return {
    dossiers,
    lines: createLineLife(province, plan, outages),
    live: [
      createDossierFeed(dossiers),
      links,
      security,
      readings,
      statements,
      chases,
      ...offices.full,
      ...offices.stated,
    ],
    measured: [links, readings, statements, chases],
    thinned: [
      createLinkFeed(province, plan, outages, LINK_THIN),
      createReadingFeed(province, scenes, READING_THIN),
      statements,
      chases,
    ],
    sparse: createLinkFeed(province, plan, outages, LINK_SPARSE),
    chases,
    security,
    alerts: createSecurityFeed(province, false),
    offices,
  };
}
