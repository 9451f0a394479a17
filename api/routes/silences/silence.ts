import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { anchored, isUsable } from '#dashboards/schema/matcher.ts';
import { MatcherSchema, type Matcher } from '#ingest/schema/duty.ts';
import type { PostEvents } from '../../actions/event-poster.ts';
import { readSilences, readStanding, type SetSilence } from '../../alerts/notify/read.ts';
import { isAbout, isActive } from '../../alerts/notify/silence.ts';
import type { SilenceCover, SilenceInfo, SilenceRequest } from '../../contract-silences.ts';
import { IocError } from '../../errors.ts';
import { sessionOf } from '../../session.ts';
import { placeOf, type Place } from '../dossiers/place.ts';

/** A silence, as it is replied. */
export const SilenceSchema = z.object({
  silence_id: z.string(),
  unit: z.string(),
  unit_path: z.string(),
  kind: z.enum(['silence', 'maintenance']),
  matchers: z.array(MatcherSchema),
  state: z.enum(['pending', 'active', 'expired']),
  starts_at: z.number(),
  ends_at: z.number(),
  set_at: z.number(),
  set_by: z.string(),
  note: z.string(),
  ended_at: z.number().nullable(),
  ended_by: z.string(),
}) satisfies z.ZodType<SilenceInfo>;

/** How long silences that have ended are listed, in seconds. */
const LATELY_S = 5 * 86_400;
/** Longest silence: one without an end is forgotten. */
const LONGEST_MS = 366 * 86_400_000;

/** Alerts that a preview names. */
const MOST_COVERED = 20;

/** Reads and writes silences for whoever asks. Every method throws what `placeOf` and the store throw. */
export interface Silences {
  list: (place: Place) => Promise<SilenceInfo[]>;
  /** Throws `IOC_SILENCE_UNKNOWN` for one that is foreign and for one that does not exist. */
  one: (place: Place, id: string) => Promise<SilenceInfo>;
  /** The open alerts of a unit and below that matchers are about now. Throws `IOC_BAD_REQUEST` for matchers that cannot be. */
  covered: (place: Place, matchers: readonly Matcher[]) => Promise<SilenceCover>;
  /** Throws `IOC_BAD_REQUEST` for matchers or times that cannot be. */
  set: (request: FastifyRequest, asked: SilenceRequest) => Promise<SilenceInfo>;
  end: (request: FastifyRequest, id: string) => Promise<SilenceInfo>;
}

/** Makes the one way to silences, for our own routes and Alertmanager's. */
export function createSilences(app: FastifyInstance, post: PostEvents): Silences {
  const list = async (place: Place): Promise<SilenceInfo[]> => {
    const found = await app.gate.pass(() => readSilences(app.store, place.lens, { lately_s: LATELY_S }));
    return found.map((one) => infoOf(one, place));
  };
  const one = async (place: Place, id: string): Promise<SilenceInfo> => {
    const [found] = await app.gate.pass(() => readSilences(app.store, place.lens, { id }));
    if (!found) throw new IocError('IOC_SILENCE_UNKNOWN');
    return infoOf(found, place);
  };
  return {
    list,
    one,
    covered: async (place, matchers) => {
      checkMatchers(matchers);
      const { rules, province } = app.book.dashboards();
      const served = { units: province.units, rules };
      const standing = await app.gate.pass(() => readStanding(app.store, served, place.lens, { lately_s: 0 }));
      const silence = {
        ...{ silence_id: '', unit_path: place.unit.path, kind: 'silence' as const, matchers },
        ...{ starts_at: 0, ends_at: 0, ended_at: null },
      };
      const about = standing.filter((alert) => isAbout(silence, alert));
      return {
        at: place.at,
        count: about.length,
        alert_ids: about.slice(0, MOST_COVERED).map((each) => each.alert_id),
      };
    },
    set: async (request, asked) => {
      const whole = placeOf(request, {});
      const before = asked.silence_id === undefined ? undefined : await one(whole, asked.silence_id);
      const unit = before?.unit ?? asked.unit;
      const place = unit === undefined ? whole : placeOf(request, { unit });
      const { actor } = sessionOf(request);
      const { matchers, note, kind = 'silence', starts_at = new Date(place.now).toISOString(), ends_at } = asked;
      check(asked, starts_at, place.now);
      const data = { actor, note, kind, matchers, starts: starts_at, ends: ends_at };
      // the same request twice, by two clicks or a network that lost the answer, is one silence
      const digest = createHash('sha256')
        .update(JSON.stringify([place.unit.code, data]))
        .digest('hex');
      const subject = asked.silence_id ?? uuidOf(digest);
      request.acted = { target: subject, unit: place.unit.code };
      await post([
        {
          id: `${subject}/set/${digest.slice(0, 16)}`,
          type: 'silence.set',
          subject,
          unit: place.unit.code,
          at: place.now,
          data,
        },
      ]);
      return one(whole, subject);
    },
    end: async (request, id) => {
      const place = placeOf(request, {});
      const silence = await one(place, id);
      request.acted = { target: id, unit: silence.unit };
      const { actor } = sessionOf(request);
      // it is the newer word, also within the millisecond in which it was set
      const at = Math.max(place.now, silence.set_at + 1);
      if (silence.state !== 'expired')
        await post([
          {
            id: `${id}/ended/${silence.set_at}`,
            type: 'silence.ended',
            subject: id,
            unit: silence.unit,
            at,
            data: { actor },
          },
        ]);
      return one(place, id);
    },
  };
}

function infoOf(silence: SetSilence, { units, now }: Place): SilenceInfo {
  const { matchers, starts_at, unit_path } = silence;
  const isPending = now < starts_at && silence.ended_at === null;
  const state = isActive(silence, now) ? 'active' : isPending ? 'pending' : 'expired';
  const unit = units.units.find(({ path }) => path === unit_path)?.code ?? '';
  return { ...silence, matchers: [...matchers], unit, state };
}

function checkMatchers(matchers: readonly Matcher[]): void {
  const bad = matchers.find((matcher) => !isUsable(matcher));
  if (bad) throw new IocError('IOC_BAD_REQUEST', `${bad.name}${bad.op}"${bad.value}" is no matcher`);
  if (matchers.every(fitsNothing))
    throw new IocError('IOC_BAD_REQUEST', 'one matcher at least asks for something that is there');
}

function check({ matchers, ends_at }: SilenceRequest, starts_at: string, now: number): void {
  checkMatchers(matchers);
  const [starts, ends] = [Date.parse(starts_at), Date.parse(ends_at)];
  if (ends <= Math.max(starts, now))
    throw new IocError('IOC_BAD_REQUEST', 'it ends after it begins, and later than now');
  if (ends - starts > LONGEST_MS) throw new IocError('IOC_BAD_REQUEST', 'it stands for a year at most');
}

/** Whether a matcher fits a label that is not there: a silence of such alone would be of everything. */
function fitsNothing({ op, value }: Matcher): boolean {
  if (op === '=' || op === '!=') return (op === '=') === (value === '');
  return anchored(value).test('') === (op === '=~');
}

/** An id as Alertmanager's clients want them: of the form of a UUID (version 8: made of what it stands for). */
function uuidOf(digest: string): string {
  const hex = digest.slice(0, 32);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)];
  return parts.join('-');
}
