import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the API counts about itself. One set for each app, so that tests do not share. */
export interface Metrics {
  registry: Registry;
  queries: Histogram<'query'>;
  queryFailures: Counter<'query' | 'code'>;
  ticks: Counter;
  diffs: Counter<'form'>;
  skipped: Counter;
  reloads: Counter<'result'>;
  /** Failures to write the audit log, which are tried again, and acts that were lost. */
  trail: { failures: Counter; lost: Counter };
  limited: Counter<'by'>;
}

/** Sizes that are read when somebody asks. */
export interface Sizes {
  keys: () => number;
  rooms: () => number;
  sockets: () => number;
}

/** Makes the counters. */
export function createMetrics(sizes: Sizes): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('toancanh_keys', 'Results that are kept current', sizes.keys);
  gauge('toancanh_rooms', 'Socket rooms with somebody in them', sizes.rooms);
  gauge('toancanh_sockets', 'Open sockets', sizes.sockets);
  return {
    registry,
    queries: new Histogram({
      name: 'toancanh_query_ms',
      help: 'Time of database queries by query, in milliseconds',
      labelNames: ['query'],
      buckets: [5, 10, 20, 50, 100, 250, 500, 1000, 5000],
      registers,
    }),
    queryFailures: new Counter({
      name: 'toancanh_query_failures_total',
      help: 'Database queries that failed, by query and code',
      labelNames: ['query', 'code'],
      registers,
    }),
    ticks: new Counter({ name: 'toancanh_ticks_total', help: 'Ticks of the live path', registers }),
    diffs: new Counter({
      name: 'toancanh_results_sent_total',
      help: 'Changed results sent to rooms, as a difference or whole',
      labelNames: ['form'],
      registers,
    }),
    skipped: new Counter({
      name: 'toancanh_skipped_total',
      help: 'Times that a viewer was found too slow and was left out until it caught up',
      registers,
    }),
    reloads: new Counter({
      name: 'toancanh_reloads_total',
      help: 'Reads of the dashboards folder, by result',
      labelNames: ['result'],
      registers,
    }),
    trail: {
      failures: new Counter({
        name: 'toancanh_audit_write_failures_total',
        help: 'Times that the audit log could not be written and was tried again',
        registers,
      }),
      lost: new Counter({
        name: 'toancanh_audit_lost_total',
        help: 'Acts that are not in the audit log because too many waited',
        registers,
      }),
    },
    limited: new Counter({
      name: 'toancanh_rate_limited_total',
      help: 'Requests turned away because too many came, by what was counted: session, address, login',
      labelNames: ['by'],
      registers,
    }),
  };
}
