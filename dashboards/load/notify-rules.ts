import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { FileFault } from '../schema/fault.ts';
import { NOBODY, type NotifyFiles } from '../schema/notify.ts';
import type { Roster } from '../schema/roster.ts';
import type { Route } from '../schema/route.ts';
import { idOf, type Files } from './read-folder.ts';
import type { Readers } from './readers.ts';
import { minutesCovered } from './roster-cover.ts';
import { choices } from './suggest.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/** The kinds of files that say who is told of alerts: the folder of each is named as it is. */
const KINDS = ['routes', 'receivers', 'inhibitions', 'rosters', 'escalations'] as const;
type Kind = (typeof KINDS)[number];

/** A name in a file that has to be there in another folder. */
interface Reference {
  path: Path;
  kind: Kind;
  id: string;
}

/**
 * Reads who is told of alerts. What is served fits together: while a file has a fault, the last good set is kept as a whole; where there is none yet, what does not depend
 * on a faulty file is served.
 */
export function loadNotify(
  files: Files,
  readers: Readers,
  units: UnitIndex | undefined,
  previous: NotifyFiles | undefined,
): { notify: NotifyFiles; faults: FileFault[] } {
  const read = readAll(files, readers);
  const faults = checkAll(read, units);
  if (faults.length === 0) return { notify: setOf(read), faults };
  if (previous && previous !== NOBODY) return { notify: previous, faults };
  let rest = read;
  for (let found = faults; found.length > 0; found = checkAll(rest, units)) rest = without(rest, found);
  return { notify: setOf(rest), faults };
}

type Read = ReturnType<typeof readAll>;

function readAll(files: Files, readers: Readers) {
  const of = <T>(kind: Kind, reader: (file: string, text: string) => YamlFile<T>): YamlFile<T>[] =>
    [...files].flatMap(([file, text]) => (file.startsWith(`${kind}/`) ? [reader(file, text)] : []));
  return {
    routes: of('routes', readers.route),
    receivers: of('receivers', readers.receiver),
    inhibitions: of('inhibitions', readers.inhibition),
    rosters: of('rosters', readers.roster),
    escalations: of('escalations', readers.escalation),
  };
}

function without(read: Read, faults: readonly FileFault[]): Read {
  const bad = new Set(faults.map(({ file }) => file));
  const good = <T>(list: readonly YamlFile<T>[]) => list.filter(({ file }) => !bad.has(file));
  return {
    routes: good(read.routes),
    receivers: good(read.receivers),
    inhibitions: good(read.inhibitions),
    rosters: good(read.rosters),
    escalations: good(read.escalations),
  };
}

function setOf(read: Read): NotifyFiles {
  const byId = <T>(list: readonly YamlFile<T>[]): [string, T][] =>
    list.flatMap(({ file, value }) => (value === undefined ? [] : [[idOf(file), value]]));
  return {
    routes: new Map(byId<Route>(read.routes).sort(([, left], [, right]) => left.order - right.order)),
    receivers: new Map(byId(read.receivers)),
    inhibitions: new Map(byId(read.inhibitions)),
    rosters: new Map(byId(read.rosters)),
    escalations: new Map(byId(read.escalations)),
  };
}

/** Everything that is wrong with the files, and with what they say of each other. */
function checkAll(read: Read, units: UnitIndex | undefined): FileFault[] {
  const ids = (kind: Kind) => read[kind].map(({ file }) => idOf(file));
  const missing = <T>(yaml: YamlFile<T>, references: readonly Reference[]): FileFault[] =>
    references.flatMap(({ path, kind, id }) =>
      ids(kind).includes(id) ? [] : [yaml.fault(path, `there is no ${kind}/${id}.yaml; ${choices(id, ids(kind))}`)],
    );
  return [
    ...KINDS.flatMap((kind) => read[kind].flatMap((yaml) => yaml.faults)),
    ...read.routes.flatMap((yaml) => [...missing(yaml, ofRoute(yaml.value)), ...unitOf(yaml, units)]),
    ...read.receivers.flatMap((yaml) => {
      const roster = yaml.value && 'roster' in yaml.value ? yaml.value.roster : undefined;
      return roster === undefined ? [] : missing(yaml, [{ path: ['roster'], kind: 'rosters', id: roster }]);
    }),
    ...read.escalations.flatMap((yaml) =>
      missing(
        yaml,
        (yaml.value?.levels ?? []).flatMap(({ receivers }, level) =>
          receivers.map((id, at): Reference => ({ path: ['levels', level, 'receivers', at], kind: 'receivers', id })),
        ),
      ),
    ),
    ...read.rosters.flatMap((yaml) => checkRoster(yaml)),
  ];
}

function ofRoute(route: Route | undefined): Reference[] {
  if (!route) return [];
  const receivers = route.receivers.map((id, at): Reference => ({ path: ['receivers', at], kind: 'receivers', id }));
  if (route.escalation === undefined) return receivers;
  return [...receivers, { path: ['escalation'], kind: 'escalations', id: route.escalation }];
}

function unitOf(yaml: YamlFile<Route>, units: UnitIndex | undefined): FileFault[] {
  const unit = yaml.value?.unit;
  if (unit === undefined || !units || units.byCode(unit)) return [];
  const codes = units.units.map(({ code }) => code);
  return [yaml.fault(['unit'], `unknown unit "${unit}"; ${choices(unit, codes, 10)}`)];
}

function checkRoster(yaml: YamlFile<Roster>): FileFault[] {
  const roster = yaml.value;
  if (!roster) return [];
  const people = Object.keys(roster.people);
  const strangers = roster.shifts.flatMap(({ who }, shift) =>
    who.flatMap((id, at) =>
      people.includes(id)
        ? []
        : [yaml.fault(['shifts', shift, 'who', at], `nobody is called "${id}"; ${choices(id, people)}`)],
    ),
  );
  const gap = roster.gaps ? undefined : minutesCovered(roster).gap;
  if (gap === undefined) return strangers;
  const message = `nobody is on duty on day ${gap.day} (1 is Monday) at ${gap.time}; allowed: shifts that cover the week, or gaps: true`;
  return [...strangers, yaml.fault(['shifts'], message, 'key')];
}
