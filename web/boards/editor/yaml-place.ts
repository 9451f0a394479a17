import { yamlLanguage } from '@codemirror/lang-yaml';

type SyntaxNode = ReturnType<typeof yamlLanguage.parser.parse>['topNode'];

/** Where something is being written in a text of YAML. */
export interface YamlPlace {
  /** The keys that lead there, outermost first; the last is the one being written where `isKey`. */
  path: string[];
  isKey: boolean;
  /** The word before the cursor, and where it begins. */
  typed: string;
  from: number;
  /** The value that stands at the end of a path, from the outermost on; undefined where there is none, or no plain one. */
  valueAt: (path: readonly string[]) => string | undefined;
  /** The keys that stand at the end of a path. */
  keysAt: (path: readonly string[]) => string[];
}

/** What names are made of. */
const WORD = /[$\w.-]*$/;
/** Stands where nothing is written yet, so that there is a value to find the place of. */
const SOMETHING = 'x';

/** Reads where the cursor is, at `offset` of `text`, as far as that can be told while somebody types; undefined outside of plain words. */
export function placeIn(text: string, offset: number): YamlPlace | undefined {
  const before = text.slice(0, offset);
  const typed = WORD.exec(before)?.[0] ?? '';
  const from = offset - typed.length;
  const whole = before + (typed === '' ? SOMETHING : '') + text.slice(offset);
  const tree = yamlLanguage.parser.parse(whole);
  const word = tree.resolveInner(from + 1, -1);
  if (word.name !== 'Literal') return undefined;
  const read = ({ from: start, to: end }: SyntaxNode): string => unquoted(whole.slice(start, end));
  const keyOf = (pair: SyntaxNode): string => {
    const key = pair.getChild('Key');
    return key ? read(key) : '';
  };
  const pairs: SyntaxNode[] = [];
  for (let node: SyntaxNode | null = word; node; node = node.parent) if (node.name === 'Pair') pairs.unshift(node);

  /** What stands at the end of a path. */
  const nodeAt = (path: readonly string[]): SyntaxNode | undefined => {
    let mapping = mappingIn(tree.topNode.getChild('Document'));
    for (const [index, key] of path.entries()) {
      const pair = mapping?.getChildren('Pair').find((each) => keyOf(each) === key);
      if (!pair) return undefined;
      if (index === path.length - 1) return pair.lastChild ?? undefined;
      mapping = mappingIn(pair);
    }
    return mapping;
  };
  const path = pairs.map(keyOf);
  const isNamed = word.parent?.name === 'Key';
  // alone on its line below a key: the beginning of a key in it
  const isBegun = !isNamed && word.parent?.name === 'Pair' && /^[ \t]*$/.test(lineTo(before, from));
  return {
    ...{ typed, from },
    path: isBegun ? [...path, read(word)] : path,
    isKey: isNamed || isBegun,
    valueAt: (asked) => {
      const node = nodeAt(asked);
      return node && ['Literal', 'QuotedLiteral'].includes(node.name) ? read(node) : undefined;
    },
    keysAt: (asked) => {
      const node = nodeAt(asked);
      return (node?.getChildren('Pair') ?? []).map(keyOf);
    },
  };
}

const mappingIn = (node: SyntaxNode | null): SyntaxNode | undefined =>
  node?.getChild('BlockMapping') ?? node?.getChild('FlowMapping') ?? undefined;

const lineTo = (text: string, offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);

const unquoted = (text: string): string => text.replace(/^(['"])(.*)\1$/s, '$2');
