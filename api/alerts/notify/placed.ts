import type { NotifyFiles } from '#dashboards/schema/notify.ts';
import type { Route } from '#dashboards/schema/route.ts';
import { remembered } from '../../remembered.ts';
import { compile } from './matchers.ts';
import type { NotifyAlert } from './notify-alert.ts';

/** Where an alert is told of: a receiver, by a route, in a group. `key` tells groups apart and stays the same from start to start. */
export interface Place {
  key: string;
  route_id: string;
  route: Route;
  receiver: string;
  /** What the group has in common. */
  group: Readonly<Record<string, string>>;
}

const testOf = remembered(({ matchers }: Route) => compile(matchers));

/** The places of an alert: each receiver once, by the first route that names it. Receivers that are switched off are in none. Empty where no route fits. */
export function placesOf(alert: NotifyAlert, { routes, receivers }: NotifyFiles): Place[] | undefined {
  const places = new Map<string, Place>();
  let fits = false;
  for (const [route_id, route] of routes) {
    if (!testOf(route)(alert.match) || !isWithin(route, alert)) continue;
    fits = true;
    const group = Object.fromEntries(route.group_by.map((name) => [name, alert.match[name] ?? '']));
    for (const receiver of route.receivers) {
      if (places.has(receiver) || receivers.get(receiver)?.enabled !== true) continue;
      places.set(receiver, { key: JSON.stringify([receiver, route_id, group]), route_id, route, receiver, group });
    }
    if (!route.continue) break;
  }
  return fits ? [...places.values()] : undefined;
}

function isWithin({ unit }: Route, { unit_path }: NotifyAlert): boolean {
  return unit === undefined || unit_path.includes(`/${unit}/`);
}
