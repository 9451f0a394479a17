/** Where a dossier lies in the store: its unit, its number, and the day in its number, which partitions. */
export interface DossierPlace {
  unit_path: string;
  dossier_id: string;
  /** `yyyy-MM-dd`. */
  opened_on: string;
}

/** One text for each dossier. No path and no number holds a NUL. */
export function placeKey({ unit_path, dossier_id }: DossierPlace): string {
  return `${unit_path}\0${dossier_id}`;
}

/** What is counted together: the dossiers of one unit whose number is of one month. */
export interface TallyBucket {
  unit_path: string;
  /** `yyyy-MM-01`. */
  month: string;
}

/** The bucket in which a dossier is counted. */
export function bucketOf({ unit_path, opened_on }: DossierPlace): TallyBucket {
  return { unit_path, month: `${opened_on.slice(0, 7)}-01` };
}

/** One text for each bucket. */
export function bucketKey({ unit_path, month }: TallyBucket): string {
  return `${unit_path}\0${month}`;
}
