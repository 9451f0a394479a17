import { RELATIONS } from '#ingest/clickhouse/relations.ts';
import { choices } from './suggest.ts';
import type { Token } from './sql-tokens.ts';

/** Something wrong at a token. */
export interface Finding {
  token: Token;
  message: string;
}

/** Table functions that read nothing stored. */
const GENERATORS = new Set(['numbers', 'generate_series']);
const RELATION_NAMES = Object.keys(RELATIONS);

/** Whether a token is this word of SQL, in any case. */
export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

/** Names that the query gives to its own parts: `WITH name AS (SELECT …)`. */
export function partNames(code: readonly Token[]): Set<string> {
  const names = new Set<string>();
  for (const [index, token] of code.entries()) {
    const isNamed = isWord(code[index + 1], 'AS') && code[index + 2]?.text === '(';
    if (isNamed && isWord(code[index + 3], 'SELECT', 'WITH') && isWord(code[index - 1], 'WITH')) names.add(token.text);
    if (isNamed && isWord(code[index + 3], 'SELECT', 'WITH') && code[index - 1]?.text === ',') names.add(token.text);
  }
  return names;
}

/** The tokens that stand where a relation is named: after FROM and JOIN. */
function places(code: readonly Token[]): { token: Token; after: Token | undefined; index: number }[] {
  return code.flatMap((token, index) => {
    const isFrom = isWord(token, 'FROM') && !isWord(code[index - 1], 'FILL');
    const isJoin = isWord(token, 'JOIN') && !isWord(code[index - 1], 'ARRAY');
    const place = code[index + 1];
    return (isFrom || isJoin) && place ? [{ token: place, after: code[index + 2], index: index + 1 }] : [];
  });
}

/**
 * The relations that a query reads, and what is wrong with them. Only bare names of the known relations and the query's own
 * parts may be read: the database is the lens's choice, and a function that reads by name would go round it.
 */
export function readRelations(code: readonly Token[]): { relations: string[]; findings: Finding[] } {
  const parts = partNames(code);
  const relations = new Set<string>();
  const findings: Finding[] = [];
  for (const { token, after, index } of places(code)) {
    if (token.text === '(' && token.kind === 'mark') continue;
    if (token.kind !== 'word' && token.kind !== 'name')
      findings.push({ token, message: `a relation is named here; ${choices(token.text, RELATION_NAMES)}` });
    else if (after?.text === '.')
      findings.push({
        token,
        message: `"${token.text}." names a database; allowed: bare relations, the lens picks the database`,
      });
    else if (after?.text === '(') {
      if (!GENERATORS.has(token.text.toLowerCase()))
        findings.push({
          token,
          message: `the table function ${token.text} is not allowed; allowed: ${[...GENERATORS].join(', ')}`,
        });
    } else if (parts.has(token.text)) continue;
    else if (Object.hasOwn(RELATIONS, token.text)) relations.add(token.text);
    else
      findings.push({
        token,
        message: `unknown relation "${token.text}"; ${choices(token.text, [...RELATION_NAMES, ...parts])}`,
      });
    findings.push(...commaJoin(code, index));
  }
  for (const [index, token] of code.entries()) {
    const next = code[index + 1];
    if (isWord(token, 'IN') && next && (next.kind === 'word' || next.kind === 'name') && code[index + 2]?.text !== '(')
      findings.push({
        token: next,
        message: `IN reads a table by its name; allowed: a list in parentheses, or (SELECT …)`,
      });
  }
  return { relations: [...relations].sort(), findings };
}

/** A second relation after a comma would not be seen as one: `FROM dossier, link`. */
function commaJoin(code: readonly Token[], index: number): Finding[] {
  let next = index + 1;
  if (isWord(code[next], 'AS')) next += 1;
  const alias = code[next];
  if (alias && (alias.kind === 'name' || (alias.kind === 'word' && code[next + 1]?.text === ','))) next += 1;
  const comma = code[next];
  return comma?.kind === 'mark' && comma.text === ','
    ? [{ token: comma, message: 'relations are listed with a comma; allowed: JOIN … ON …' }]
    : [];
}
