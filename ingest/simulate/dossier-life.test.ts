import { beforeAll, describe, expect, it } from 'vitest';
import { livesOf, LOOK_BACK_DAYS, momentsOf, type DossierWorld } from './dossier-feed.ts';
import { draftDossier, liveDossier, type Life } from './dossier-life.ts';
import { localDay } from './local-time.ts';
import type { Level } from './behaviour.ts';
import { isWithin, type Province } from './province.ts';
import { local, shippedProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const now = local('2026-11-20T15:00');

describe('the life of dossiers in the shipped province', { timeout: 60_000 }, () => {
  let province: Province;
  let world: DossierWorld;
  let lives: Life[];
  beforeAll(async () => {
    province = await shippedProvince();
    world = createWorld(province, []).dossiers;
    lives = [...livesOf(world, localDay(now) - LOOK_BACK_DAYS, localDay(now), local('2026-11-01T00:00'))];
  }, 60_000);

  it('runs in order, on whole seconds', () => {
    const wrong = lives.filter((life) => {
      const middle = life.steps.map((step) => step.at);
      const order = [life.submitted_at, life.received_at, ...middle, life.finished_at, life.returned_at];
      const told = order.filter((at) => at !== undefined);
      return told.some((at, n) => at % 1000 !== 0 || at < (told[n - 1] ?? 0));
    });
    expect(wrong).toEqual([]);
  });

  it('has nothing done outside working time but online filing and what the system does by itself', () => {
    // the last instant of a span is still theirs: what takes until five is done at five
    const isOpen = (at: number) => province.working.isWorking(at) || province.working.isWorking(at - 1);
    const isBySystem = (life: Life) => life.channel === 2 && life.procedure.limit_days <= 1;
    const byPeople = lives.filter((life) => !isBySystem(life) || life.rejected_at !== undefined || life.withdrawn_at);
    const acts = byPeople.flatMap((life) => momentsOf(life).filter(({ turn }) => turn > 0 || life.channel !== 2));
    expect(acts.length).toBeGreaterThan(100_000);
    expect(acts.filter(({ at }) => !isOpen(at))).toEqual([]);
  });

  it('goes on at night and on Sunday: what is promised within a day is accepted, finished and delivered by the system', () => {
    const sunday = localDay(local('2026-11-15T12:00'));
    const finished = lives.filter((life) => life.finished_at !== undefined && localDay(life.finished_at) === sunday);
    expect(finished.length).toBeGreaterThan(10);
    expect(finished.filter((life) => (life.returned_at ?? Infinity) > (life.due_at ?? 0))).toEqual([]);
    const told = lives.flatMap(momentsOf).map(({ at }) => Math.floor(at / 3_600_000));
    const hours = new Set(told);
    const first = Math.floor(local('2026-11-14T17:00') / 3_600_000);
    const silent = Array.from({ length: 38 }, (_, n) => first + n).filter((hour) => !hours.has(hour));
    expect(silent.length).toBeLessThan(3);
  });

  it('rests at lunch and at Tết', () => {
    const noon = lives.filter((life) => life.channel !== 2 && (life.received_at ?? 0) % 86_400_000 === 5 * 3_600_000);
    expect(noon).toEqual([]);
    const first = localDay(local('2026-02-14T12:00'));
    const atTet = [...livesOf(world, first, first + 8, local('2026-02-14T00:00'))].filter(({ day }) => day >= first);
    expect(atTet.length).toBeGreaterThan(0);
    expect(atTet.filter((life) => life.channel !== 2)).toEqual([]);
  });

  it('never tells anything after its bound, nor beyond how far back a feed looks', () => {
    const drafts = Array.from({ length: 20_000 }, (_, index) =>
      draftDossier(province, localDay(local('2026-01-28T12:00')) + (index % 5), index),
    );
    const lastDay = (life: Life) => localDay(momentsOf(life).at(-1)?.at ?? 0);
    const late = drafts.filter((draft) => lastDay(liveDossier(province, draft)) > draft.day + draft.bound_days);
    expect(late).toEqual([]);
    expect(Math.max(...drafts.map((draft) => draft.bound_days))).toBeLessThanOrEqual(LOOK_BACK_DAYS);
  });

  it('is filed online as often as the figures of 2019 say: department 55 %, district 30 %, commune 25 %', () => {
    const weeks = lives.filter((life) => life.day >= localDay(now) - 20);
    const shareOf = (level: Level) => {
      const all = weeks.filter((life) => life.office.level === level);
      return [all.length / weeks.length, all.filter((life) => life.channel === 2).length / all.length];
    };
    for (const [level, share, online] of [
      ['department', 0.14, 0.55],
      ['district', 0.38, 0.3],
      ['commune', 0.48, 0.25],
    ] as const) {
      const [is = 0, isOnline = 0] = shareOf(level);
      expect(Math.abs(is - share)).toBeLessThan(0.02);
      expect(Math.abs(isOnline - online)).toBeLessThan(0.04);
    }
  });

  it('is finished in time in 96 to 97.5 of 100 cases', () => {
    const finished = lives.filter((life) => life.finished_at !== undefined && life.finished_at < now);
    const onTime = finished.filter((life) => (life.finished_at ?? 0) <= (life.due_at ?? 0));
    const share = onTime.length / finished.length;
    expect(share).toBeGreaterThan(0.96);
    expect(share).toBeLessThan(0.975);
  });

  it('is overdue here and there, worst in Vân Đồn, then in Móng Cái', () => {
    const ended = (life: Life) => life.finished_at ?? life.withdrawn_at ?? life.rejected_at ?? Infinity;
    const open = lives.filter((life) => (momentsOf(life)[0]?.at ?? now) < now && ended(life) > now);
    const isOverdue = (life: Life) => (life.due_at ?? Infinity) < now;
    const overdue = open.filter(isOverdue).length;
    expect(overdue).toBeGreaterThan(60);
    expect(overdue).toBeLessThan(300);
    const rate = (code: string) => {
      const here = open.filter((life) => isWithin(life.office.unit, code));
      return here.filter(isOverdue).length / here.length;
    };
    expect(rate('H49.12')).toBeGreaterThan(0.13);
    expect(rate('H49.02')).toBeGreaterThan(0.07);
    for (const calm of ['H49.01', 'H49.03', 'H49.04', 'H49.06']) expect(rate(calm)).toBeLessThan(0.08);
    expect(lives.some((life) => life.day < localDay(now) - 60)).toBe(true);
  });

  it('knows pauses, payments, refusals, withdrawals and lateness', () => {
    expect(lives.some((life) => life.pause?.status === 5)).toBe(true);
    expect(lives.some((life) => life.pause?.status === 6)).toBe(true);
    expect(lives.some((life) => life.rejected_at !== undefined)).toBe(true);
    expect(lives.some((life) => life.withdrawn_at !== undefined)).toBe(true);
  });

  it('moves the promise by the pause, so that a pause alone makes nothing late', () => {
    const paused = lives.filter(({ pause }) => pause !== undefined);
    expect(paused.filter((life) => (life.due_at ?? 0) < (life.first_due_at ?? 0))).toEqual([]);
  });
});
