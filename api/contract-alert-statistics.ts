import type { BothTexts } from './contract-alerts.ts';

/** How long people and conditions took, in ms from when alerts fired; null where none was acknowledged, or resolved. */
export interface AlertTimes {
  fired: number;
  acknowledged: number;
  resolved: number;
  seen_median: number | null;
  seen_p90: number | null;
  over_median: number | null;
  over_p90: number | null;
}

/** `GET /api/alerts/statistics?days=&unit=`: the alerts that fired in the last days, the noisiest groups first. */
export interface AlertStatistics {
  at: number;
  days: number;
  all: AlertTimes;
  /** `name` is null for a rule that is no longer there. */
  by_rule: (AlertTimes & { rule: string; name: BothTexts | null })[];
  by_unit: (AlertTimes & { unit: string })[];
  by_severity: (AlertTimes & { severity: number })[];
  /** Rules that did not fire, by name. */
  never: { rule: string; name: BothTexts }[];
}
