import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOracle } from './notifier.oracle.ts';
import { matchLabels, type NotifyAlert } from './notify-alert.ts';
import type { Notifier } from './notifier.ts';
import type { Silence } from './silence.ts';
import { testAlert, testConfig, testWorld, type Delivered } from './test-world.ts';

const RULES = ['ring', 'link', 'disk'];
const UNITS = ['H49.01', 'H49.02'];
const slot = fc.nat(9);
const op = fc.oneof(
  fc.record({
    do: fc.constant('fire' as const),
    slot,
    rule: fc.constantFrom(...RULES),
    unit: fc.constantFrom(...UNITS),
    severity: fc.constantFrom(1 as const, 3 as const, 4 as const),
  }),
  fc.record({ do: fc.constant('resolve' as const), slot }),
  fc.record({ do: fc.constant('acknowledge' as const), slot, on: fc.boolean() }),
  fc.record({ do: fc.constant('shelve' as const), slot, s: fc.nat(600) }),
  fc.record({ do: fc.constant('close' as const), slot, on: fc.boolean() }),
  fc.record({
    do: fc.constant('silence' as const),
    rule: fc.constantFrom(...RULES),
    s: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({
    do: fc.constant('wait' as const),
    s: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 50_000 })),
  }),
  fc.record({ do: fc.constant('restart' as const) }),
);
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;

const sorted = (list: readonly Delivered[]) =>
  list.map(({ receiver, reason, firing, resolved }) => JSON.stringify([receiver, reason, firing, resolved])).sort();

/** A world in which things happen to ten alerts; each that returns is another. */
function play() {
  const config = testConfig();
  const { world, start } = testWorld(() => config);
  const silences: Silence[] = [];
  const slots = new Map<number, string>();
  let made = 0;
  let notifier: Notifier = start();
  const change = (index: number, more: Partial<NotifyAlert>) => {
    const alert = world.alerts.get(slots.get(index) ?? '');
    if (!alert || alert.isResolved) return;
    const next = { ...alert, ...more, ...(more.isResolved === true && { state_at: world.now }) };
    world.alerts.set(alert.alert_id, { ...next, match: matchLabels(next, 'product') });
  };
  const turn = async (): Promise<Delivered[]> => {
    world.delivered.length = 0;
    notifier.silence([...silences]);
    notifier.see([...world.alerts.values()]);
    notifier.turn();
    await notifier.idle();
    return [...world.delivered];
  };
  const happen = (what: Op): void => {
    if (what.do === 'fire') {
      const open = world.alerts.get(slots.get(what.slot) ?? '');
      if (open && !open.isResolved) return;
      const id = `AL-${made++}`;
      slots.set(what.slot, id);
      const { rule, unit, severity } = what;
      world.alerts.set(id, testAlert(id, { rule, unit, unit_path: `/H49/${unit}/`, severity, fired_at: world.now }));
    } else if (what.do === 'resolve') change(what.slot, { isResolved: true });
    else if (what.do === 'acknowledge') change(what.slot, { acknowledged: what.on });
    else if (what.do === 'shelve') change(what.slot, { shelved_until: world.now + what.s * 1_000 });
    else if (what.do === 'close') change(what.slot, { closed: what.on });
    else if (what.do === 'wait') world.now += what.s * 1_000;
    else if (what.do === 'restart') notifier = start();
    else {
      const matchers = [{ name: 'rule', op: '=' as const, value: what.rule }];
      const ends_at = world.now + what.s * 1_000;
      const silence_id = `SL-${silences.length}`;
      silences.push({
        silence_id,
        unit_path: '/H49/',
        kind: 'silence',
        matchers,
        starts_at: world.now,
        ends_at,
        ended_at: null,
      });
    }
  };
  return { world, config, silences, happen, turn };
}

describe('whatever happens in whatever order, with restarts between', () => {
  it('what is told, and when, is what the rules say of the whole log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(op, { maxLength: 60, size: 'max' }), async (ops) => {
        const { world, config, silences, happen, turn } = play();
        const expected = createOracle(config);
        for (const what of ops) {
          happen(what);
          world.now += 1_000;
          const wanted = expected([...world.alerts.values()], [...world.log], silences, world.now);
          const told = (await turn()).filter(({ reason }) => reason !== 'escalated');
          expect(sorted(told)).toEqual(sorted(wanted));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nothing is told twice, and in the end everything that nobody owns has been told, and its end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(op, { maxLength: 40, size: 'max' }),
        fc.infiniteStream(fc.nat(3)),
        async (ops, luck) => {
          const { world, happen, turn } = play();
          for (const what of ops) {
            happen(what);
            world.now += 1_000;
            // receivers refuse now and then, also just before a restart
            world.refuses = luck.next().value === 0;
            await turn();
          }
          world.refuses = false;
          for (const alert of world.alerts.values())
            world.alerts.set(alert.alert_id, { ...alert, acknowledged: false, closed: false, shelved_until: null });
          for (let night = 0; night < 30; night++) {
            world.now += 5 * 3_600_000;
            for (let step = 0; step < 3; step++) {
              world.now += 61_000;
              await turn();
            }
          }
          for (const alert of world.alerts.values()) {
            const said = (receiver: string) =>
              world.log.flatMap(({ alert_id, receiver: to, reason, level }) =>
                alert_id === alert.alert_id && to === receiver && level === 0 ? [reason] : [],
              );
            for (const receiver of alert.severity === 4 ? ['a', 'b'] : ['a']) {
              const firsts = said(receiver).filter((reason) => reason === 'first' || reason === 'new_in_group');
              expect(firsts.length).toBeLessThanOrEqual(1);
              const isCut =
                alert.rule === 'link' &&
                [...world.alerts.values()].some(
                  ({ rule, unit, isResolved }) => rule === 'ring' && unit === alert.unit && !isResolved,
                );
              // what was given up is a dead letter, and is told in its next turn
              const dead = said(receiver).filter((reason) => reason === 'failed');
              if (!alert.isResolved && !isCut) expect(firsts.length + dead.length).toBeGreaterThan(0);
              if (alert.isResolved && firsts.length === 1)
                expect(said(receiver).filter((reason) => reason.startsWith('resolved'))).toHaveLength(1);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('a restart with 5,000 open alerts tells nothing, and loses nothing', async () => {
  const config = testConfig();
  const { world, start } = testWorld(() => config);
  for (let index = 0; index < 5_000; index++)
    world.alerts.set(`AL-${index}`, testAlert(`AL-${index}`, { rule: `rule-${index % 500}` }));
  const first = start();
  first.turn();
  world.now += 11_000;
  first.turn();
  await first.idle();
  expect(world.delivered).toHaveLength(500 * 3);
  world.delivered.length = 0;
  const again = start();
  const began = performance.now();
  for (let step = 0; step < 5; step++) {
    world.now += 20_000;
    again.turn();
    await again.idle();
  }
  expect(world.delivered).toEqual([]);
  expect((performance.now() - began) / 5).toBeLessThan(1_000);
  for (const alert of world.alerts.values()) world.alerts.set(alert.alert_id, { ...alert, isResolved: true });
  const last = start();
  last.turn();
  world.now += 20_000;
  last.turn();
  await last.idle();
  expect(world.delivered.filter(({ receiver }) => receiver === 'a').flatMap(({ resolved }) => resolved)).toHaveLength(
    5_000,
  );
  expect(last.known.alerts.size).toBe(5_000);
  world.now += 1_000;
  last.turn();
  expect(last.known.alerts.size).toBe(0);
});
