import { describe, expect, it } from 'vitest';
import { QuerySchema } from '../schema/query.ts';
import { readSql } from './sql-rules.ts';
import { tokenize } from './sql-tokens.ts';

const query = QuerySchema.parse({
  description: 'a test',
  params: { n: { type: 'UInt32', default: 1 } },
  rows: { value: { type: 'number' } },
  max_rows: 10,
});
const HEAD = '-- One row: a test. UTC. Cheap.\n';
const good = `${HEAD}SELECT count() AS value FROM dossier WHERE status = {n:UInt32}`;
const messages = (sql: string) => readSql(sql, query).findings.map(({ message }) => message);

describe('the rules of SQL', () => {
  it('takes a query that keeps them, and names its relations', () => {
    expect(readSql(good, query)).toEqual({ relations: ['dossier'], findings: [] });
  });

  it('finds relations in joins, subqueries and parts, and not the parts themselves', () => {
    const sql = `${HEAD}WITH {n:UInt32} AS n, part AS (SELECT unit_path FROM link), "other part" AS (SELECT 1 AS one FROM part)
      SELECT count() AS value FROM part AS p LEFT JOIN (SELECT unit_path FROM \`source\`) AS s ON s.unit_path = p.unit_path
      WHERE p.unit_path IN (SELECT unit_path FROM dossier_event) AND 'FROM nowhere' != '' AND p.unit_path IN ('a', 'b')`;
    expect(readSql(sql, query)).toEqual({ relations: ['dossier_event', 'link', 'source'], findings: [] });
  });

  it('takes ARRAY JOIN, WITH FILL FROM and numbers() for what they are', () => {
    const sql = `${HEAD}SELECT hour FROM dossier ARRAY JOIN range({n:UInt32}) AS hour, range(3) AS other
      WHERE hour IN (SELECT number FROM numbers(24)) ORDER BY hour WITH FILL FROM 0 TO 24 LIMIT 10`;
    expect(readSql(sql, query)).toEqual({ relations: ['dossier'], findings: [] });
  });

  it.each([
    ['a SETTINGS clause', `${good} SETTINGS additional_table_filters = {}`, /SETTINGS clause/],
    [
      'a SETTINGS clause in a subquery',
      good.replace('dossier ', '(SELECT * FROM dossier settings max_threads = 1) '),
      /SETTINGS/,
    ],
    ['a format of its own', `${good} FORMAT TSV`, /API picks the format/],
    ['a second statement', `${good}; SELECT 1`, /semicolon/],
    ['anything but SELECT', good.replace('SELECT', 'INSERT INTO t SELECT'), /begins with INSERT/],
    ['the log itself', good.replace('dossier', 'log.dossier_event'), /"log\." names a database/],
    ['a database by name', good.replace('dossier', 'live.dossier'), /"live\." names a database/],
    ['the system', good.replace('dossier', 'system.parts'), /"system\." names a database/],
    ['a quoted database', good.replace('dossier', '`log`.`dossier_event`'), /"log\." names a database/],
    ['an unknown relation', good.replace('dossier', 'dosier'), /unknown relation "dosier"; did you mean "dossier"\?/],
    ['a table function', good.replace('dossier', `merge('log', 'dossier.*')`), /table function merge/],
    ['relations with a comma', good.replace('FROM dossier', 'FROM dossier AS d, link'), /listed with a comma/],
    ['relations with a comma and no alias', good.replace('FROM dossier', 'FROM dossier, link'), /listed with a comma/],
    ['IN with a table', good.replace('status =', 'dossier_id IN dossier_event AND status ='), /IN reads a table/],
    ['joinGet', good.replace('count()', `any(joinGet('live.x', 'y', 1))`), /reaches outside/],
    ['now', good.replace('status =', 'accepted_at < now() AND status ='), /now changes by itself; allowed: \{at:/],
    ['now64 in another case', good.replace('status =', 'accepted_at < NOW64(3) AND status ='), /NOW64 changes/],
    ['today', good.replace('status =', 'accepted_at < today() AND status ='), /today changes/],
    [
      'current_timestamp',
      good.replace('status =', 'accepted_at < CURRENT_TIMESTAMP AND status ='),
      /changes by itself/,
    ],
    ['rand', good.replace('status =', 'rand() % 2 = 0 AND status ='), /rand changes/],
    [
      'an undeclared parameter',
      good.replace('{n:UInt32}', '{m:UInt32} + {n:UInt32}'),
      /unknown parameter \{m:UInt32\}/,
    ],
    ['a parameter of another type', good.replace('{n:UInt32}', '{n:String}'), /allowed: \{n:UInt32\}/],
    [
      'the lens with another type',
      good.replace('status =', '{at:DateTime} > 0 AND status ='),
      /allowed: \{at:DateTime64\(3,/,
    ],
    ['an unused parameter', good.replace('{n:UInt32}', '1'), /declared and not used/],
    ['no head comment', good.replace(HEAD, ''), /no head comment/],
    ['a block comment', good.replace('WHERE', '/* WHERE */ WHERE'), /could hide something/],
    ['a comment after code', good.replace('WHERE', '-- or not\nWHERE'), /could hide something/],
    ['a comment that begins with #', good.replace('WHERE', '\n# or not\nWHERE'), /could hide something/],
    ['no bound', good.replace('count() AS value', 'dossier_id'), /no bound; allowed: LIMIT n/],
    ['no bound over groups', `${good} GROUP BY unit_path`, /no bound/],
    ['a bound beyond max_rows', `${good} GROUP BY unit_path LIMIT 11`, /LIMIT 11 is not a bound/],
    ['a bound that is computed', `${good} GROUP BY unit_path LIMIT {n:UInt32}`, /is not a bound/],
    ['a bound a group only', `${good} GROUP BY unit_path LIMIT 1 BY unit_path`, /no bound/],
    ['a union at the outermost level', `${good} UNION ALL ${good.replace(HEAD, '')} LIMIT 5`, /outermost level/],
    ['nothing at all', '', /no SQL here/],
    ['only a comment', HEAD, /no SQL here/],
    ['no relation', `${HEAD}SELECT count() + {n:UInt32} AS value`, /reads no relation/],
  ])('refuses %s', (_, sql, expected) => expect(messages(sql).join('\n')).toMatch(expected));

  it('says where', () => {
    const { findings } = readSql(`${HEAD}SELECT count() + {n:UInt32} AS value\nFROM dossier\nWHERE at < now()`, query);
    expect(findings).toMatchObject([{ line: 4, column: 12 }]);
  });
});

describe('tokenize', () => {
  it('keeps quotes, comments and brackets apart', () => {
    const tokens = tokenize(`SELECT 'it''s -- \\' (', "a b", f(x) -- (end\n`);
    expect(tokens.map(({ kind, text, depth }) => [kind, text, depth])).toEqual([
      ['word', 'SELECT', 0],
      ['string', `'it''s -- \\' ('`, 0],
      ['mark', ',', 0],
      ['name', 'a b', 0],
      ['mark', ',', 0],
      ['word', 'f', 0],
      ['mark', '(', 0],
      ['word', 'x', 1],
      ['mark', ')', 0],
      ['comment', '-- (end', 0],
    ]);
  });

  it('runs to the end of a quote that is not closed', () => {
    expect(tokenize(`SELECT 'x\ny`)).toMatchObject([
      { text: 'SELECT' },
      { kind: 'string', text: `'x\ny`, line: 1, column: 8 },
    ]);
  });
});
