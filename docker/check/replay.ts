import { replayRules, type ReplayedAlert } from '#api/alerts/replay.ts';
import { SEVERITY_NUMBERS } from '#api/alerts/sights.ts';
import { createStore } from '#api/store.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { localInstant } from '#dashboards/load/alert-rule-tests.ts';
import { choices } from '#dashboards/load/suggest.ts';
import { DurationSchema } from '#dashboards/schema/alert-rule.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import type { Access } from '#ingest/clickhouse/access.ts';
import { createClock } from '#ingest/schema/clock.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';

/** What is replayed, as it is written on the command line: local times, names of rules with commas between, a length of time. */
export interface ReplayRequest {
  from: string;
  to: string;
  rules?: string | undefined;
  step?: string | undefined;
}

/** How the province is loaded, and the users of its store. */
interface Installation {
  folder: string;
  province: string;
  reader: Access;
}

/**
 * Prints which alerts the rules would have given over a period of the past, when, and when they were over. Throws an Error for a time, a rule or a province that
 * is none, and when the store is away.
 */
export async function printReplay(
  { folder, province, reader }: Installation,
  request: ReplayRequest,
  print: (line: string) => void,
): Promise<void> {
  const { dashboards } = await loadDashboards({ folder, province });
  if (!dashboards) throw new Error(`the province ${province} cannot be loaded; see npm run check`);
  const [from, to] = [localInstant(request.from), localInstant(request.to)];
  if (!(from < to)) throw new Error('no period; allowed: --replay "2026-11-18 07:00" --until "2026-11-18 17:00"');
  const names = request.rules?.split(',') ?? [...dashboards.rules.keys()];
  const rules = names.map((name) => {
    const rule = dashboards.rules.get(name);
    if (!rule) throw new Error(`unknown rule "${name}"; ${choices(name, dashboards.rules.keys())}`);
    return rule;
  });
  const client = connect(reader, { timeout_ms: 120_000 });
  try {
    const alerts = await replayRules({
      store: createStore({ client, clock: createClock(), timeout_ms: 120_000 }),
      rules,
      working: createWorkingTime(dashboards.province.calendar),
      scope: dashboards.province.units.root.path,
      ...{ from, to },
      step_ms: request.step === undefined ? 0 : DurationSchema.parse(request.step),
    });
    for (const alert of alerts) print(lineOf(alert));
    print(`${rules.length} rules, ${alerts.length} alerts from ${request.from} to ${request.to}`);
  } finally {
    await client.close();
  }
}

/** `18/11 09:20:00  critical  ring-down  H49.12  3  vong-van-don  since 09:19:45, over 09:43:00  id=ring_down:vong-van-don`. */
function lineOf({ rule, labels, unit, text, severity, onset_at, fired_at, value, resolved_at }: ReplayedAlert): string {
  const name = Object.entries(SEVERITY_NUMBERS).find(([, number]) => number === severity)?.[0] ?? '';
  const until = resolved_at === null ? 'still open' : `over ${written(resolved_at)}`;
  const told = Object.entries(labels).map(([label, said]) => `${label}=${said}`);
  return [
    written(fired_at),
    name,
    rule,
    unit ?? '-',
    value ?? 'no data',
    text,
    `since ${written(onset_at)}, ${until}`,
    told.join(','),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

const DAY_AND_TIME = new Intl.DateTimeFormat('vi-VN', {
  ...{ timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});

function written(at: number): string {
  const parts = new Map(DAY_AND_TIME.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${of('day')}/${of('month')} ${of('hour')}:${of('minute')}:${of('second')}`;
}
