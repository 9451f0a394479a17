import type { Completion, CompletionSource } from '@codemirror/autocomplete';
import type { Definitions, QueryInfo } from '#api/contract-definitions.ts';
import type { Province } from '#api/contract.ts';
import { findDefinitions } from './find-definitions.ts';
import type { Found } from './find-definitions.ts';
import { placeIn } from './yaml-place.ts';
import type { YamlPlace } from './yaml-place.ts';

/** What names are offered from. */
export interface CompleteOptions {
  definitions: () => Definitions | undefined;
  units: () => Province['units'];
  /** The name of a kind of panel, in the viewer's language. */
  kindName: (kind: string) => string;
  text: Parameters<typeof findDefinitions>[3];
}

const VALID = /^[$\w.-]*$/;
/** A link to the page of a unit, or narrowed to one. */
const UNIT_IN_LINK = /(?:[?&]unit=|\/unit\/)([\w.]*)$/;

/**
 * Offers what a board may say at the cursor: kinds, metrics, queries (first those that give what the kind reads), their parameters and the values these
 * take, roles of queries, columns of a table, variables of the board, units in links. Nothing where nothing is known.
 */
export function completeBoard(options: CompleteOptions): CompletionSource {
  return ({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos);
    const unit = UNIT_IN_LINK.exec(line.text.slice(0, pos - line.from))?.[1];
    if (unit !== undefined)
      return {
        from: pos - unit.length,
        options: options.units().map(({ code, short }) => ({ label: code, detail: short, type: 'constant' })),
        validFor: VALID,
      };
    const definitions = options.definitions();
    const place = definitions && placeIn(state.doc.toString(), pos);
    if (!place || (place.typed === '' && !explicit)) return null;
    const offered = offeredAt(place, definitions, options);
    return offered.length === 0 ? null : { from: place.from, options: offered, validFor: VALID };
  };
}

function offeredAt(place: YamlPlace, definitions: Definitions, { kindName, text }: CompleteOptions): Completion[] {
  const [root, panel = '', ...path] = place.path;
  if (root !== 'panels') return [];
  const own = (...keys: string[]): string[] => ['panels', panel, ...keys];
  const kind = definitions.kinds.find((each) => each.kind === place.valueAt(own('kind')));
  const queryOf = (role: string): QueryInfo | undefined =>
    definitions.queries.find(({ id }) => id === place.valueAt(own('queries', role, 'query')));
  const find = (part: keyof Definitions): Found[] => findDefinitions(definitions, part, '', text);
  const [first, role = '', third, name = ''] = path;

  const what = `${path.map((key, at) => (first === 'queries' && (at === 1 || at === 3) ? '*' : key)).join('.')}${place.isKey ? ':' : ''}`;
  switch (what) {
    case 'kind':
      return find('kinds').map((found) => ({ ...named(found), detail: kindName(found.id) }));
    case 'metric':
      return find('metrics').map(named);
    case 'queries.*:':
      return names(Object.keys(kind?.columns ?? {}), place.keysAt(own('queries')));
    case 'queries.*.query': {
      const needed = kind?.columns[role] ?? kind?.columns.each ?? [];
      const fits = new Set(
        definitions.queries.filter(({ rows }) => needed.every((column) => column in rows)).map(({ id }) => id),
      );
      return find('queries').map((found) => ({ ...named(found), boost: fits.has(found.id) ? 1 : 0 }));
    }
    case 'queries.*.params.*:':
      return names(
        queryOf(role)?.params.map((param) => param.name) ?? [],
        place.keysAt(own('queries', role, third ?? '')),
      );
    case 'queries.*.params.*': {
      const allowed = queryOf(role)?.params.find((param) => param.name === name)?.allowed ?? [];
      return [
        ...place.keysAt(['variables']).map((each) => ({ label: `$${each}`, type: 'variable' })),
        ...allowed.map((each) => ({ label: String(each), type: 'constant' })),
      ];
    }
    case 'options.columns.column':
    case 'options.columns.limit':
      return Object.entries(queryOf('main')?.rows ?? {}).map(([column, type]) => ({
        ...{ label: column, detail: type, type: 'property' },
      }));
    default:
      return [];
  }
}

/** Names as keys: those that stand already are not offered again. */
const names = (all: readonly string[], standing: readonly string[]): Completion[] =>
  all
    .filter((name) => name !== 'each' && !standing.includes(name))
    .map((name) => ({ label: name, apply: `${name}: `, type: 'property' }));

const named = ({ id, name, about, params, columns }: Found): Completion => {
  const info = [about, ...params, columns].filter(Boolean).join('\n');
  return { label: id, type: 'constant', ...(name !== '' && { detail: name }), ...(info !== '' && { info }) };
};
