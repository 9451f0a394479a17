import type { Query } from '../schema/query.ts';
import { choices } from './suggest.ts';
import { isWord, readRelations, type Finding } from './sql-relations.ts';
import { tokenize, type Token } from './sql-tokens.ts';

/** Parameters that the lens gives to every query. */
export const LENS_PARAMS: Readonly<Record<string, string>> = {
  at: "DateTime64(3, 'Asia/Ho_Chi_Minh')",
  scope: 'String',
  depth: 'UInt8',
};

/** Functions whose answer is not decided by the data and the parameters. */
const UNSTEADY =
  /^(now|now64|nowinblock|now64inblock|today|yesterday|curdate|current_date|current_timestamp|localtime|localtimestamp|utctimestamp|utc_timestamp|rand|rand32|rand64|randconstant|randuniform|randnormal|random.*|canonicalrand|generateuuid.*|generateulid|generatesnowflakeid|generaterandom.*|fuzzbits|hostname|fqdn|uptime|version|servertimezone|serveruuid|connectionid|connection_id|queryid|query_id|initialqueryid|initial_query_id)$/;
/** Functions that read or act outside the relations. */
const OUTSIDE =
  /^(joinget.*|dict.*|file|filesystem.*|getsetting.*|getmacro|getserversetting|currentuser|current_user|user|currentdatabase|database|sleep.*|throwif|catboostevaluate|hascolumnintable|evalmlmethod|displayname|remote.*|url.*|executable|input|merge|cluster.*)$/;
const AGGREGATE =
  /^(count|sum|sumwithoverflow|min|max|avg|any|anylast|argmin|argmax|uniq\w*|quantile\w*|median\w*|grouparray\w*|groupuniqarray\w*|stddev\w*|var\w*|topk\w*)(if|ornull|ordefault|resample|distinct|array|foreach|map)*$/;
const CLAUSES: Readonly<Record<string, string>> = {
  SETTINGS: 'a SETTINGS clause could lift the lens; allowed: none',
  FORMAT: 'the API picks the format; allowed: none',
  OUTFILE: 'a query writes no files; allowed: none',
};

/** What a query's SQL reads, and what is wrong with it. */
export interface SqlReading {
  relations: string[];
  findings: { line: number; column: number; message: string }[];
}

/** Checks the text of a query against its parameters and its longest result. Never throws. */
export function readSql(sql: string, query: Pick<Query, 'params' | 'max_rows'>): SqlReading {
  const tokens = tokenize(sql);
  const code = tokens.filter((token) => token.kind !== 'comment');
  const first = code[0];
  if (!first) return { relations: [], findings: [{ line: 1, column: 1, message: 'no SQL here; allowed: one SELECT' }] };
  const { relations, findings } = readRelations(code);
  const all = [
    ...comments(tokens),
    ...statement(code, first),
    ...words(code),
    ...parameters(code, query.params),
    ...findings,
    ...bound(code, first, query.max_rows),
  ];
  if (relations.length === 0 && findings.length === 0)
    all.push({ token: first, message: 'reads no relation; allowed: at least one, after FROM or JOIN' });
  return {
    relations,
    findings: all.map(({ token, message }) => ({ line: token.line, column: token.column, message })),
  };
}

/** A comment stands on lines of its own and begins with `--`: what is shown as a comment is one for the database too. */
function comments(tokens: readonly Token[]): Finding[] {
  const found: Finding[] = [];
  if (tokens[0] && tokens[0].kind !== 'comment')
    found.push({
      token: tokens[0],
      message: 'no head comment; allowed: -- what a row is, units, time base, expected cost',
    });
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'comment') continue;
    const shares = tokens[index - 1]?.line === token.line;
    if (!token.text.startsWith('--') || shares)
      found.push({ token, message: 'a comment that could hide something; allowed: -- on a line of its own' });
  }
  return found;
}

function statement(code: readonly Token[], first: Token): Finding[] {
  const found: Finding[] = [];
  if (!isWord(first, 'SELECT', 'WITH'))
    found.push({ token: first, message: `a query begins with ${first.text}; allowed: SELECT or WITH` });
  for (const token of code) {
    if (token.kind === 'mark' && token.text === ';')
      found.push({ token, message: 'a semicolon; allowed: one statement, without it' });
    if (token.depth === 0 && isWord(token, 'UNION', 'INTERSECT', 'EXCEPT'))
      found.push({
        token,
        message: `${token.text} at the outermost level; allowed: inside SELECT … FROM ( … ) LIMIT n`,
      });
  }
  return found;
}

function words(code: readonly Token[]): Finding[] {
  return code.flatMap((token, index) => {
    if (token.kind !== 'word' && token.kind !== 'name') return [];
    const lower = token.text.toLowerCase();
    const clause = CLAUSES[token.text.toUpperCase()];
    const next = code[index + 1]?.text;
    if (clause !== undefined && token.kind === 'word') return [{ token, message: clause }];
    if (next === '.' && /^(log|live|history|system|information_schema|default)$/.test(lower))
      return [
        { token, message: `"${token.text}." names a database; allowed: bare relations, the lens picks the database` },
      ];
    const isCall = next === '(' || /^(current_|localtime|utc_)/.test(lower);
    if (isCall && UNSTEADY.test(lower))
      return [
        {
          token,
          message: `${token.text} changes by itself; allowed: {at:${LENS_PARAMS.at ?? ''}} for the instant looked at`,
        },
      ];
    if (next === '(' && OUTSIDE.test(lower))
      return [
        { token, message: `${token.text} reaches outside the relations; allowed: functions of columns and parameters` },
      ];
    return [];
  });
}

function parameters(code: readonly Token[], declared: Query['params']): Finding[] {
  const types = new Map(Object.entries(LENS_PARAMS));
  for (const [name, { type }] of Object.entries(declared)) types.set(name, type);
  const found: Finding[] = [];
  const used = new Set<string>();
  for (const token of code.filter(({ kind }) => kind === 'parameter')) {
    const [, name = '', type = ''] = /^\{\s*(\w+)\s*:\s*([\s\S]*?)\s*\}$/.exec(token.text) ?? [];
    const expected = types.get(name);
    used.add(name);
    if (expected === undefined)
      found.push({ token, message: `unknown parameter ${token.text}; ${choices(name, types.keys())}` });
    else if (expected.replaceAll(' ', '') !== type.replaceAll(' ', ''))
      found.push({ token, message: `parameter "${name}" has the type ${type}; allowed: {${name}:${expected}}` });
  }
  const first = code[0];
  for (const name of Object.keys(declared))
    if (first && !used.has(name))
      found.push({
        token: first,
        message: `parameter "${name}" is declared and not used; allowed: use it as {${name}:${types.get(name) ?? ''}}, or drop it`,
      });
  return found;
}

/** A query has a bound: LIMIT n within `max_rows`, or it is one row because it aggregates without groups. */
function bound(code: readonly Token[], first: Token, max_rows: number): Finding[] {
  const outer = code.filter(({ depth }) => depth === 0);
  const limits = outer.flatMap((token, index) =>
    isWord(token, 'LIMIT') ? [{ token, size: outer[index + 1], by: outer[index + 2] }] : [],
  );
  const final = limits.find(({ by }) => !isWord(by, 'BY'));
  if (!final) {
    const isGrouped = outer.some((token) => isWord(token, 'GROUP'));
    const from = outer.findIndex((token) => isWord(token, 'FROM'));
    const select = outer.findIndex((token) => isWord(token, 'SELECT'));
    const list = code.slice(
      code.indexOf(outer[select] ?? first),
      from === -1 ? undefined : code.indexOf(outer[from] ?? first),
    );
    const isAggregate = list.some(
      (token, index) =>
        token.kind === 'word' && AGGREGATE.test(token.text.toLowerCase()) && list[index + 1]?.text === '(',
    );
    if (isAggregate && !isGrouped) return [];
    return [
      {
        token: first,
        message: `no bound; allowed: LIMIT n, n at most max_rows (${max_rows}), or aggregates without GROUP BY`,
      },
    ];
  }
  const size = final.size;
  if (size?.kind === 'number' && /^\d+$/.test(size.text) && Number(size.text) <= max_rows) return [];
  return [
    {
      token: size ?? final.token,
      message: `LIMIT ${size?.text ?? ''} is not a bound; allowed: a whole number up to max_rows (${max_rows})`,
    },
  ];
}
