import { join } from 'node:path';
import type { Logger } from 'pino';
import { faultFields } from '../../fault-fields.ts';
import type { Clock } from '../../schema/clock.ts';
import type { ProbeFile, ProbeTarget, ReachTarget, WebTarget } from '../../schema/probe.ts';
import type { Collected, CollectingSource } from '../collecting-source.ts';
import { digestOf } from './content.ts';
import { readDigest, writeDigest } from './digest-file.ts';
import { fetchPage, type Fetched } from './fetch-page.ts';
import { createReach, type Reach } from './reach.ts';
import { readProbe, type ProbeRecord } from './record.ts';
import { createRounds, type Rounds } from './rounds.ts';

/** Probes at the same time: a dead network costs each its timeouts, and must not cost the process its sockets. */
const MOST_UNDER_WAY = 50;

/** What the source is made with. */
export interface ProbeOptions {
  /** The files that are on, by their names. */
  files: ReadonlyMap<string, ProbeFile>;
  /** Folder of the digests of pages: a change is told though the process was started anew in between. */
  state_dir: string;
  clock: Clock;
  log: Logger;
  /** Told of each probe that found something wrong: `unreachable`, `status`, `certificate`. */
  onFault: (fault: string) => void;
  /** How hosts are reached. @default echo requests where they may be sent, else TCP */
  reach?: Reach;
}

type Put = (records: readonly ProbeRecord[]) => void;

/** Looks by itself at hosts and web sites. What it sees are samples of links, and readings of the domain `web`. */
export function createProbeSource(options: ProbeOptions): CollectingSource {
  const { files, clock, log } = options;
  let rounds: Rounds | undefined;
  return {
    entry: 'probe',
    read: readProbe,
    start: async (intake) => {
      const { reach, by } = options.reach ? { reach: options.reach, by: 'given' } : await createReach();
      const put: Put = (records) => append(intake, records);
      const look = async (id: string, source: string, target: ProbeTarget, signal: AbortSignal): Promise<void> => {
        try {
          if (target.kind === 'reach') await lookAtHost({ ...options, source, target, put, signal, reach, clock });
          else await lookAtPage({ ...options, id, source, target, put, signal, intake });
        } catch (error) {
          log.warn({ ...faultFields(error), target: target.id }, 'a probe failed');
        }
      };
      rounds = createRounds(
        [...files].flatMap(([id, { source, targets }]) =>
          targets.map((target) => ({
            every_ms: target.every_s * 1_000,
            run: (signal: AbortSignal) => look(id, source, target, signal),
          })),
        ),
        MOST_UNDER_WAY,
      );
      log.info({ by }, 'hosts are probed');
      rounds.start();
    },
    close: async () => rounds?.close(),
  };
}

interface HostLook extends Pick<ProbeOptions, 'onFault' | 'clock'> {
  source: string;
  target: ReachTarget;
  put: Put;
  signal: AbortSignal;
  reach: Reach;
}

async function lookAtHost({ source, target, put, signal, reach, onFault, clock }: HostLook): Promise<void> {
  const { id, unit, from_unit = '', ring = '' } = target;
  const at = clock();
  const reached = await reach(target, signal);
  // the end of the process is no end of the link
  if (signal.aborted) return;
  if (reached.loss_ratio === 1) onFault('unreachable');
  put([{ family: 'link', at, source, unit, target: id, from_unit, ring, ...reached }]);
}

interface PageLook extends Pick<ProbeOptions, 'onFault' | 'clock' | 'state_dir'> {
  id: string;
  source: string;
  target: WebTarget;
  put: Put;
  signal: AbortSignal;
  intake: Collected;
}

async function lookAtPage(look: PageLook): Promise<void> {
  const { id, source, target, put, signal, intake, onFault, clock, state_dir } = look;
  const at = clock();
  const fetched = await fetchPage(target, { signal, now: clock });
  if (signal.aborted) return;
  const { status, page } = fetched;
  const isRight = status !== null && (target.status ? target.status.includes(status) : status < 400);
  if (!isRight) onFault(status === null ? 'unreachable' : 'status');
  if (fetched.is_trusted === false) onFault('certificate');
  const file = join(state_dir, `${id}.${target.id}`);
  // an error page is no change of the page
  const digest = isRight && target.content && page !== null ? digestOf(page, target.content) : undefined;
  const last = digest === undefined ? undefined : await readDigest(file);
  const changed = digest === undefined || last === undefined ? null : Number(digest !== last);
  const common = { at, source, unit: target.unit, target: target.id, place: new URL(target.url).host };
  put(
    measuresOf(fetched, isRight, changed).map(([metric, value, value_unit]) => ({
      ...{ ...common, family: 'reading' as const, metric, value, value_unit },
    })),
  );
  // a change is on disk before it is forgotten
  if (digest !== undefined && digest !== last && (await intake.spool.keep())) await writeDigest(file, digest);
}

type Measured = [metric: string, value: number | null, value_unit: string];

/** The metrics of a look: see `measures/web.yaml`. What is not known is missing, but that there was no answer is known. */
function measuresOf(
  { status, latency_ms, certificate_days, is_trusted }: Fetched,
  isRight: boolean,
  changed: number | null,
): Measured[] {
  const known = (metric: string, value: number | null, value_unit: string): Measured[] =>
    value === null ? [] : [[metric, value, value_unit]];
  return [
    ['web.available', Number(isRight), '1'],
    ...known('web.status', status, '1'),
    ...known('web.latency', latency_ms, 'ms'),
    ...known('web.certificate_days', certificate_days, 'd'),
    ...known('web.certificate_trusted', is_trusted === null ? null : Number(is_trusted), '1'),
    ...known('web.changed', changed, '1'),
  ];
}

/** Appends records to the spool; those that it has no room for are counted. */
function append(intake: Collected, records: readonly ProbeRecord[]): void {
  for (const [n, record] of records.entries()) {
    if (!intake.spool.append(record.source, Buffer.from(JSON.stringify(record)))) {
      intake.drop('probe', 'spool_full', records.length - n);
      return;
    }
    intake.receive('probe', 1);
  }
}
