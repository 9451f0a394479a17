import type { Inhibition } from '#dashboards/schema/inhibition.ts';
import type { Network } from '#dashboards/topology/network.ts';
import { remembered } from '../../remembered.ts';
import { compile, type Labels } from './matchers.ts';
import type { NotifyAlert } from './notify-alert.ts';
import { reachOf } from './reach.ts';

const sidesOf = remembered(({ source, target }: Inhibition) => ({
  isSource: compile(source),
  isTarget: compile(target),
}));

/** Where sources lie: all of them, and those that are no targets of the same inhibition. */
interface Index {
  all: Set<string>;
  oneSided: Set<string>;
}

/**
 * Makes the test whether an alert is inhibited by one that fires, whatever is done about that one: an acknowledged cut still explains what lies behind it. As Alertmanager has
 * it, what is source and target at once is not inhibited by another such, so no two silence each other.
 */
export function inhibitors(
  alerts: Iterable<NotifyAlert>,
  inhibitions: Iterable<Inhibition>,
  network: Network,
): (alert: NotifyAlert) => boolean {
  const rules = [...inhibitions].map((inhibition) => ({
    inhibition,
    ...sidesOf(inhibition),
    index: { all: new Set<string>(), oneSided: new Set<string>() } satisfies Index,
  }));
  for (const alert of alerts) {
    if (alert.isResolved) continue;
    for (const { inhibition, isSource, isTarget, index } of rules) {
      const keys = isSource(alert.match) ? sourceKeys(inhibition, alert, network) : [];
      const indexes = isTarget(alert.match) ? [index.all] : [index.all, index.oneSided];
      for (const set of indexes) keys.forEach((key) => set.add(key));
    }
  }
  return (alert) =>
    rules.some(({ inhibition, isSource, isTarget, index }) => {
      if (index.all.size === 0 || !isTarget(alert.match)) return false;
      // nothing lies behind itself, and of two rings only one behind the other
      const isMutual = inhibition.place !== 'behind' && isSource(alert.match);
      const sources = isMutual ? index.oneSided : index.all;
      return targetKeys(inhibition, alert).some((key) => sources.has(key));
    });
}

function sourceKeys(inhibition: Inhibition, { match, unit_path }: NotifyAlert, network: Network): string[] {
  const same = equalOf(inhibition, match);
  if (inhibition.place === undefined) return [same];
  if (inhibition.place === 'below') return [`path ${unit_path} ${same}`];
  const { ring = '', link = '' } = match;
  if (ring === '' && link === '') return [];
  const { rings, links, paths } = reachOf(network)(link === '' ? { ring } : { link });
  return [
    ...[...rings].flatMap((id) => (id === ring ? [] : [`ring ${id} ${same}`])),
    ...[...links].flatMap((id) => (id === link ? [] : [`link ${id} ${same}`])),
    ...[...paths].map((path) => `path ${path} ${same}`),
  ];
}

function targetKeys(inhibition: Inhibition, { match, unit_path }: NotifyAlert): string[] {
  const same = equalOf(inhibition, match);
  if (inhibition.place === undefined) return [same];
  if (inhibition.place === 'below') return above(unit_path).map((path) => `path ${path} ${same}`);
  const { ring = '', link = '' } = match;
  if (link !== '') return [`link ${link} ${same}`];
  return ring === '' ? [`path ${unit_path} ${same}`] : [`ring ${ring} ${same}`];
}

/** A path and those above it: `/H49/H49.02/` and `/H49/`. */
function above(path: string): string[] {
  const codes = path.split('/').filter((code) => code !== '');
  return codes.map((_, index) => `/${codes.slice(0, index + 1).join('/')}/`);
}

function equalOf({ equal }: Inhibition, labels: Labels): string {
  return JSON.stringify(equal.map((name) => labels[name] ?? ''));
}
