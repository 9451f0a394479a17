import type { Dashboards } from '../dashboards.ts';
import type { Board, QueryUse } from '../schema/board.ts';
import type { FileFault } from '../schema/fault.ts';
import { checkBoard, type Known } from './board-rules.ts';
import { idOf } from './read-folder.ts';
import type { YamlFile } from './yaml-file.ts';

/** Definitions that boards name, which may be put back to an older version. */
export interface Definitions extends Known {
  queries: Map<string, NonNullable<ReturnType<Known['queries']['get']>>>;
  metrics: Map<string, NonNullable<ReturnType<Known['metrics']['get']>>>;
}

type Served = { board: Board; faults: readonly FileFault[] } | { board: undefined; faults: readonly FileFault[] };

/**
 * Picks the version of each board to serve: the file's when it fits the definitions, else the last good one. A last good board
 * that no longer fits takes the last good queries and metrics that it names with it (`known` is changed), so that what is served
 * always fits together.
 */
export function resolveBoards(
  files: readonly YamlFile<Board>[],
  known: Definitions,
  previous: Dashboards | undefined,
): { boards: Map<string, Board>; faults: FileFault[] } {
  const written = new Map(
    files.map((yaml) => [yaml.file, yaml.value ? checkBoard(yaml, yaml.value, known) : yaml.faults]),
  );
  const serve = (yaml: YamlFile<Board>): Served => {
    const faults = written.get(yaml.file) ?? [];
    const last = previous?.boards.get(idOf(yaml.file));
    if (yaml.value && faults.length === 0) {
      const held = checkBoard(yaml, yaml.value, known);
      if (held.length === 0) return { board: yaml.value, faults };
      return { board: last, faults: held.map((fault) => ({ ...fault, message: `${fault.message} ${HELD}` })) };
    }
    return { board: last, faults };
  };
  // each round puts back at least one definition, so there are no more rounds than definitions
  for (;;) {
    const served = files.map((yaml) => ({ yaml, ...serve(yaml) }));
    const misfits = served.filter(({ yaml, board }) => board && checkBoard(yaml, board, known).length > 0);
    const isChanged = misfits.some(({ board }) => board && previous && putBack(board, known, previous));
    if (isChanged) continue;
    const good = served.flatMap(({ yaml, board }) => (board ? [{ id: idOf(yaml.file), board }] : []));
    return {
      boards: new Map(good.map(({ id, board }) => [id, board])),
      faults: served.flatMap(({ faults }) => faults),
    };
  }
}

const HELD = '(a definition is held at its last good version, because another board does not fit the new one)';

/** Puts the definitions that a board names back to their last good version; true when that changed any. */
function putBack(board: Board, known: Definitions, previous: Dashboards): boolean {
  let isChanged = false;
  const restore = <T>(now: Map<string, T>, then: ReadonlyMap<string, T>, id: string) => {
    const last = then.get(id);
    if (last === undefined || now.get(id) === last) return;
    now.set(id, last);
    isChanged = true;
  };
  for (const panel of Object.values(board.panels)) {
    if ('metric' in panel) restore(known.metrics, previous.metrics, panel.metric);
    for (const use of Object.values<QueryUse>(panel.queries)) restore(known.queries, previous.queries, use.query);
  }
  return isChanged;
}
