import { runRuleTests } from '#api/alerts/series.ts';
import type { CheckResult } from '#dashboards/load/check-everything.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';

/** Runs the written tests of the rules of alerts: what does not come true, at the place in the rule's file that says it. */
export function testRules(rules: CheckResult['rules']): FileFault[] {
  return rules.flatMap(({ rule, fault, province }) =>
    runRuleTests(rule, createWorkingTime(province.calendar)).map(({ path, message }) => fault(path, message)),
  );
}
