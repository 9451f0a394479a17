import fc from 'fast-check';
import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node, type Pair } from 'yaml';

/** For tests: what editors do to a file as a whole, and what nobody should: one change of a YAML text. */
export interface StructureMutation {
  what: (typeof WAYS)[number];
  /** Which of the places where it can be done, from 0 to 1. */
  at: number;
  value: unknown;
}

const WAYS = ['remove', 'double', 'retype', 'rename', 'nest', 'indent', 'alias', 'bomb', 'swap'] as const;
const deep = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 'x');
const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'ô',
  '💥',
  '1',
  'null',
  '<<',
  'a.b[0]',
];
const VALUES = [null, true, 0, -1, 1e308, 2 ** 53, Number.NaN, '', 'x', '\u0000', '\u202E', 'ệ'.repeat(5_000), [], {}, [[]], [null], { vi: 1 }, deep(200)]; // prettier-ignore

/** One structural change; `value` is what is put there, where something is. */
export const structureMutation: fc.Arbitrary<StructureMutation> = fc.record({
  what: fc.constantFrom(...WAYS),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...VALUES) },
    fc.constantFrom(...KEYS),
    fc.double(),
    fc.jsonValue(),
  ),
});

/** Applies changes one after another; a text that is no YAML any more is only changed as text. Never throws. */
export function mutateStructure(text: string, mutations: readonly StructureMutation[]): string {
  return mutations.reduce((now, mutation) => {
    if (mutation.what === 'indent') return shifted(now, mutation);
    if (mutation.what === 'bomb') return `${bomb(mutation)}${now}`;
    const document = parseDocument(now, { prettyErrors: false, uniqueKeys: false });
    if (document.errors.length > 0) return now;
    change(document, mutation);
    try {
      return document.toString({ lineWidth: 0 });
    } catch {
      // what cannot be written is no file
      return now;
    }
  }, text);
}

function shifted(text: string, { at }: StructureMutation): string {
  const lines = text.split('\n');
  const index = Math.min(lines.length - 1, Math.floor(at * lines.length));
  const line = lines[index] ?? '';
  lines[index] =
    at * lines.length - index < 0.5 ? ` ${line}` : line.replace(/^ {1,2}|^/, (spaces) => (spaces ? '' : '\t'));
  return lines.join('\n');
}

/** Aliases of aliases: 9^9 times the same when they are followed. */
function bomb({ at }: StructureMutation): string {
  const levels = 2 + Math.floor(at * 7);
  const names = Array.from({ length: levels }, (_, level) => `bomb-${level}`);
  return names
    .map(
      (name, level) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*${names[level - 1] ?? ''}`)).join(', ')}]\n`,
    )
    .join('');
}

function change(document: Document, { what, at, value }: StructureMutation): void {
  const pairs: { pair: Pair; siblings: unknown[] }[] = [];
  const items: { items: unknown[]; index: number }[] = [];
  visit(document, {
    Map: (_, map) => void pairs.push(...map.items.map((pair) => ({ pair, siblings: map.items }))),
    Seq: (_, seq) => void items.push(...seq.items.map((_item, index) => ({ items: seq.items, index }))),
  });
  const number = Math.min(pairs.length + items.length - 1, Math.floor(at * (pairs.length + items.length)));
  const chosen = pairs[number];
  const item = items[number - pairs.length];
  const list = chosen?.siblings ?? item?.items;
  const index = chosen ? chosen.siblings.indexOf(chosen.pair) : (item?.index ?? 0);
  if (!list) return;
  if (what === 'remove') list.splice(index, 1);
  if (what === 'double') list.push(list[index]);
  if (what === 'swap') list.unshift(...list.splice(index, 1));
  if (what === 'rename' && chosen) chosen.pair.key = document.createNode(String(value).slice(0, 100));
  if (what === 'retype') put(chosen, item, document.createNode(typeof value === 'bigint' ? 0 : value));
  if (what === 'nest') put(chosen, item, document.createNode({ x: nodeOf(chosen, item) }));
  if (what === 'alias') {
    const target = pairs[(number * 7) % Math.max(1, pairs.length)]?.pair.value;
    if (isMap(target) || isSeq(target) || isScalar(target)) put(chosen, item, document.createAlias(target, 'again'));
  }
}

type At = { pair: Pair } | undefined;
type In = { items: unknown[]; index: number } | undefined;

function nodeOf(chosen: At, item: In): unknown {
  return chosen ? chosen.pair.value : item?.items[item.index];
}

function put(chosen: At, item: In, node: Node): void {
  if (chosen) chosen.pair.value = node;
  else if (item) item.items[item.index] = node;
}
