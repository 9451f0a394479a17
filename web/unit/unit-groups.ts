import type { DossierGroup } from '#api/contract-dossiers.ts';

/** The groups of dossiers that a unit's page counts. */
export const UNIT_GROUPS = [
  'open',
  'open_overdue',
  'open_due_soon',
  'paused',
  'finished',
  'received',
] as const satisfies readonly DossierGroup[];
