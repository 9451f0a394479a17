import { expect, it } from 'vitest';
import { z } from 'zod';
import { rewriteSql, stretchOf } from './rewrite-sql.ts';

const HOUR = { span_s: 3_600, step_s: 60 };
const AT = "{at:DateTime64(3, 'Asia/Ho_Chi_Minh')}";
const rewritten = (sql: string) => rewriteSql(sql, HOUR, [{ name: 'nguon', type: 'custom', current: { value: 'a' } }]);

it('puts the instant looked at in place of the present, and leaves the database to the lens', () => {
  expect(
    rewritten('SELECT count() FROM log.reading_event WHERE observed_at > now() - INTERVAL 1 DAY; -- today'),
  ).toEqual({
    sql: `SELECT count() FROM reading_event WHERE observed_at > ${AT} - INTERVAL 1 DAY`,
    changes: expect.arrayContaining(['now() is the instant looked at', 'the lens picks the database']),
  });
});

it('asks what a view for other tools asks, in its place', () => {
  const { sql, changes } = z
    .object({ sql: z.string(), changes: z.array(z.string()) })
    .parse(rewritten('SELECT sum(open) FROM bi.dossier_by_unit'));
  expect(sql).toMatch(/^SELECT sum\(open\) FROM \(SELECT[^]*FROM dossier_open AS d[^]*\)$/);
  expect(sql).not.toMatch(/now64|live\./);
  expect(changes).toContain('bi.dossier_by_unit is what that view asks');
  expect(rewritten('SELECT 1 FROM bi.khac')).toMatchObject({ sql: 'SELECT 1 FROM bi.khac' });
});

it.each([
  "SELECT countIf(type = 'log.event') FROM reading_event",
  "SELECT 'now()', '-- no comment', '/* nor this */', 'it''s', 'a\\'b' FROM reading_event",
  "SELECT 'FORMAT; SETTINGS' FROM reading_event",
])('what stands in quotes stays as it is: %s', (sql) => {
  expect(rewritten(sql)).toEqual({ sql, changes: [] });
});

it('but for variables, which are their values now', () => {
  expect(rewritten("SELECT 1 FROM reading_event WHERE source = '$nguon' -- it's")).toMatchObject({
    sql: "SELECT 1 FROM reading_event WHERE source = 'a'",
  });
  expect(rewritten("SELECT 1 FROM reading_event WHERE source = '$khac'")).toHaveProperty('refused');
});

it.each([
  ['now-6h', 'now', 21_600],
  ['now-7d', 'now-1d', 518_400],
  ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', 86_400],
  ['what', 'ever', 86_400],
])('reads %s to %s as %i seconds', (from, to, span_s) => {
  expect(stretchOf({ from, to }).span_s).toBe(span_s);
});
