import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { dossierRow, insert, storeChases } from '../test-rows.ts';
import { DOSSIER_GROUPS } from './dossiers/outcome-groups.ts';
import { CountsSchema } from './dossiers/summary-route.ts';
import { PageSchema } from './dossiers/list-route.ts';
import { SUMMARY_BY } from './dossiers/queries.ts';
import { DUE_AGES } from './dossiers/filter.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const HOUR = 3_600_000;
const SummarySchema = z.object({
  at: z.number(),
  lines: z.array(z.object({ key: z.string(), label: z.string(), counts: CountsSchema })),
});
const UnitSchema = z.object({
  counts: CountsSchema.nullable(),
  children: z.array(z.object({ unit: z.object({ code: z.string() }).loose(), counts: CountsSchema.nullable() })),
});
const FoundSchema = z.object({
  dossiers: z.number(),
  findings: z.array(z.object({ dossier_ids: z.array(z.string()) }).loose()),
});
const FailureSchema = z.strictObject({ code: z.string(), message: z.string(), request_id: z.string() });

const ChaseSchema = z
  .object({ chase_id: z.string(), unit: z.string(), dossier_ids: z.array(z.string()), state: z.string() })
  .loose();
const ChasesSchema = z.object({ chases: z.array(ChaseSchema) });
const ChaseListSchema = z.object({ rows: z.array(ChaseSchema) });

describe('REST', () => {
  let now = NOW;
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => now, post: storeChases(db.writer) });
    let n = 0;
    const dossier = (
      unit: string,
      status: number,
      { accepted = -48, due, finished }: { accepted?: number; due?: number; finished?: number } = {},
    ) => {
      const dossier_id = `${unit}-250113-${String((n += 1)).padStart(4, '0')}`;
      const base = { dossier_id, unit, unit_path: unit === 'H49.01.01' ? '/H49/H49.01/H49.01.01/' : `/H49/${unit}/` };
      const due_at = due === undefined ? null : NOW + due * HOUR;
      const rows = [dossierRow({ ...base, observed_at: NOW + accepted * HOUR, due_at })];
      if (status !== 2) rows.push(dossierRow({ ...base, observed_at: NOW + (finished ?? -1) * HOUR, status, due_at }));
      return rows;
    };
    await insert(db.writer, 'dossier_event', [
      ...dossier('H49.01', 2, { due: -3 }),
      ...dossier('H49.01', 4, { due: 5 }),
      ...dossier('H49.01', 5, { due: -3 }),
      ...dossier('H49.01', 2, { accepted: -2 }),
      ...dossier('H49.01', 9, { due: -9, finished: -5 }),
      ...dossier('H49.01', 10, { due: 30, finished: -30 }),
      ...dossier('H49.01', 7, { due: -9 }),
      ...dossier('H49.01.01', 4, { due: 23.9 }),
      ...dossier('H49.02', 4, { due: 24.1, accepted: -11 }),
    ]);
    await mkdir(join(api.folder, 'maps'));
    await writeFile(join(api.folder, 'maps', 'thu.geojson'), '{"type":"FeatureCollection","features":[]}');
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const get = async (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });
  const list = async (query: string) => PageSchema.parse(await (await get(`/api/dossiers?${query}`)).json());
  const summary = async (query = '') =>
    SummarySchema.parse(await (await get(`/api/dossiers/summary?${query}`)).json()).lines;
  const counts = async (query = '') => (await summary(query))[0]?.counts;

  it('counts by either rule set', async () => {
    expect(await counts()).toMatchObject({
      ...{ received: 9, open: 6, paused: 1, finished: 2, withdrawn: 1, rejected: 0, stopped: 0, waiting: 0 },
      // by days: what was promised for this morning is not overdue before tomorrow
      ...{ open_overdue: 0, open_due_soon: 3, open_in_time: 2 },
      ...{ finished_early: 1, finished_on_time: 1, finished_late: 0 },
    });
    expect(await counts('rule=766')).toMatchObject({
      // the citizen was asked for papers when it was late already
      ...{ received: 9, open: 6, open_overdue: 2, open_due_soon: 2, open_in_time: 2, paused: 0 },
      ...{ finished_early: 1, finished_on_time: 0, finished_late: 1 },
    });
    expect(await counts('unit=H49.02')).toMatchObject({ received: 1, open: 1, open_in_time: 1 });
  });

  it('says that nothing is known of a unit instead of zero', async () => {
    expect(await summary('unit=H49.01.02')).toEqual([]);
  });

  it('opens every figure into a list of as many dossiers, by both rules, now and as of an instant', async () => {
    const lenses = ['', 'at=2025-01-15T01:00:00Z', 'at=2025-01-14T09:00:00%2B07:00&known_at=2025-01-14T02:00:00Z'];
    const asked = lenses.flatMap((lens) =>
      ['province', '766'].flatMap((rule) => ['H49', 'H49.01'].map((unit) => `unit=${unit}&rule=${rule}&${lens}`)),
    );
    for (const one of asked) {
      const figures = await counts(one);
      // a fold of the log costs more: there a few groups stand for all
      const groups = one.endsWith('&') ? DOSSIER_GROUPS : (['received', 'open_overdue', 'finished'] as const);
      for (const group of groups) {
        const { rows, count } = await list(`${one}&state=${group}`);
        expect(rows).toHaveLength(count);
        expect(count).toBe(figures?.[group] ?? 0);
      }
    }
  });

  it('breaks a figure down into lines that add up, and each line opens as many', async () => {
    const names = {
      unit: 'unit',
      procedure: 'procedure',
      field: 'field',
      channel: 'channel',
      handler: 'handler',
      step: 'step',
      age: 'age',
      apology: 'apology',
      chased: 'chased',
    };
    for (const by of SUMMARY_BY) {
      const lines = await summary(`group_by=${by}&state=open`);
      expect(lines.reduce((sum, line) => sum + line.counts.open, 0)).toBe(6);
      for (const { key, counts: counted } of lines) {
        // what a source did not say, and what is paused, cannot be asked for by name
        if (key === '' || by === 'unit') continue;
        expect((await list(`state=open&${names[by]}=${encodeURIComponent(key)}`)).count).toBe(counted.open);
      }
    }
    const ages = await summary('group_by=age&rule=766');
    expect(
      ages
        .map(({ key }) => key)
        .filter((key) => key !== '')
        .sort(),
    ).toEqual([...DUE_AGES].filter((age) => ['late_1_3d', 'due_24h', 'due_3wd', 'no_due'].includes(age)).sort());
  });

  it('turns the clock back: what is finished now was open then', async () => {
    expect(await counts('at=2025-01-14T20:00:00Z')).toMatchObject({ received: 8, open: 7, finished: 1 });
  });

  it.each(['due', '-due', 'accepted', '-accepted', 'finished', 'unit', '-unit', 'procedure'])(
    'pages through a list ordered by %s, each dossier once',
    async (sort) => {
      const seen: string[] = [];
      const whole = (await list(`sort=${sort}`)).rows.map(({ dossier_id }) => dossier_id);
      for (let next: string | null = ''; next !== null;) {
        const page = await list(`sort=${sort}&limit=2${next === '' ? '' : `&after=${next}`}`);
        expect(page.count).toBe(9);
        seen.push(...page.rows.map(({ dossier_id }) => dossier_id));
        next = page.next;
      }
      expect(seen).toEqual(whole);
      expect(new Set(seen).size).toBe(9);
    },
  );

  it('puts those without a promise last, whichever way round', async () => {
    for (const sort of ['due', '-due']) {
      const due = (await list(`sort=${sort}&state=open`)).rows.map(({ due_at }) => due_at);
      expect(due.at(-1)).toBeNull();
      const dated = due.filter((at) => at !== null);
      expect(dated).toEqual(dated.toSorted((one, other) => (sort === 'due' ? one - other : other - one)));
    }
  });

  it('finds words without regard to case and marks', async () => {
    for (const q of ['thủ tục', 'THU TUC', 'thu tuc'.normalize('NFD'), 'tuc h49.01', '250113-0001'])
      expect((await list(`q=${encodeURIComponent(q)}`)).count, q).toBeGreaterThan(0);
    expect((await list('q=khong-co')).count).toBe(0);
    expect((await list(`q=${encodeURIComponent("%' OR 1=1 --")}`)).count).toBe(0);
  });

  it('narrows by an instant however long ago, and by a channel that is one', async () => {
    const ended = await list('finished_from=2000-01-01T00:00:00Z');
    expect(ended.count).toBe(3);
    for (const from of ['1970-01-01T00:00:00Z', '1969-01-01T00:00:00Z', '1970-01-01T00:00:01Z'])
      expect((await list(`finished_from=${from}`)).rows).toEqual(ended.rows);
    expect((await list('due_from=1970-01-01T00:00:00Z')).count).toBe(8);
    expect((await list('accepted_from=1970-01-01T00:00:00Z')).count).toBe(9);
    for (const channel of ['', '4', '1.0', 'x'])
      expect((await get(`/api/dossiers?channel=${channel}`)).status).toBe(400);
    expect((await list('channel=1')).count).toBe(9);
    expect((await list('channel=0')).count).toBe(0);
  });

  it('tells a dossier with its clock, both judgements and everything that happened', async () => {
    const reply = await get('/api/dossiers/H49.01-250113-0003');
    expect(await reply.json()).toMatchObject({
      dossier: { dossier_id: 'H49.01-250113-0003', unit: 'H49.01', status: 5, outcome: 'paused' },
      clock: { source_due_at: NOW - 3 * HOUR, day_working_ms: 8 * HOUR },
      pauses: [{ from: NOW - HOUR, to: null, status: 5 }],
      judgements: [
        { rule: 'province', outcome: 'paused' },
        { rule: '766', outcome: 'open_overdue' },
      ],
      steps: [{ status: 2 }, { status: 5 }],
    });
    expect((await get('/api/dossiers/H49.01-250113-9999')).status).toBe(404);
    expect((await get('/api/dossiers/rules')).status).toBe(200);
  });

  it('gives the list and Biểu 06a as files whose sums are those of the figures', async () => {
    const csv = await (await get('/api/dossiers/export.csv?state=open')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 6);
    const form = await (await get('/api/dossiers/summary.csv?from=2025-01-15T00:00:00%2B07:00')).text();
    const total = form.split('\r\n').find((line) => line.startsWith(',Tổng số'));
    // carried over from before midnight, less what was finished before it
    expect(total?.split(',').slice(2).map(Number)).toEqual([8, 0, 1, 7, 2, 0, 2, 0, 6, 6, 0]);
    // of a past instant: as many as the summary of that instant counts
    const past = `at=${encodeURIComponent(new Date(NOW - 2 * HOUR).toISOString())}`;
    const then = await (await get(`/api/dossiers/summary.csv?from=2025-01-01T00:00:00%2B07:00&${past}`)).text();
    const sums =
      then
        .split('\r\n')
        .find((line) => line.startsWith(',Tổng số'))
        ?.split(',')
        .slice(2)
        .map(Number) ?? [];
    const { lines } = z
      .object({
        lines: z.array(z.object({ counts: z.object({ received: z.int(), finished: z.int(), open: z.int() }) })),
      })
      .parse(await (await get(`/api/dossiers/summary?${past}`)).json());
    expect([sums[4], sums[8]]).toEqual([lines[0]?.counts.finished, lines[0]?.counts.open]);
    expect(sums[8]).toBeGreaterThan(0);
    // the withdrawn one is on time by the form, and said to be
    expect(form).toContain('gồm 1 hồ sơ công dân rút hoặc dừng xử lý');
    expect((await get('/api/dossiers/summary.csv?from=2025-02-01T00:00:00Z')).status).toBe(400);
    expect((await get('/api/integrity?from=2025-02-01T00:00:00Z&to=2025-02-02T00:00:00Z')).status).toBe(400);
    for (const path of ['export.xlsx', 'summary.xlsx?group_by=unit']) {
      const reply = await get(`/api/dossiers/${path}`);
      expect(reply.headers.get('content-type')).toContain('spreadsheetml');
      expect(
        Buffer.from(await reply.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
    }
  });

  it('chases: one for each unit, answered, escalated by time alone, closed once', async () => {
    const send = async (path: string, body: unknown) =>
      fetch(api.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const dossier_ids = ['H49.01-250113-0001', 'H49.01-250113-0002', 'H49.02-250113-0009'];
    const reply = await send('/api/chases', {
      dossier_ids,
      text: 'Đề nghị xử lý',
      deadline_at: '2025-01-15T11:00:00+07:00',
    });
    expect(reply.status).toBe(201);
    const { chases } = ChasesSchema.parse(await reply.json());
    expect(chases.map(({ unit, dossier_ids: ids, state }) => [unit, ids.length, state])).toEqual([
      ['H49.01', 2, 'sent'],
      ['H49.02', 1, 'sent'],
    ]);
    const [first, second] = chases.map(({ chase_id }) => chase_id);
    expect(await (await send(`/api/chases/${first}/answer`, {})).json()).toMatchObject({ code: 'IOC_BAD_REQUEST' });
    // who asked has nothing to acknowledge
    expect(await (await send(`/api/chases/${first}/acknowledge`, {})).json()).toMatchObject({
      code: 'IOC_CHASE_PARTY',
    });
    expect(await (await send(`/api/chases/${first}/answer`, { text: 'Đã xong' })).json()).toMatchObject({
      state: 'answered',
      answer: 'Đã xong',
      steps: ['close'],
    });
    expect((await send(`/api/chases/${first}/answer`, { text: 'Lại' })).status).toBe(409);
    // a chase that nobody has closed marks its dossiers, in the list, in its counts and as of an instant
    for (const at of ['', `&at=${new Date(now).toISOString()}`]) {
      const chased = await list(`chased=open${at}`);
      expect(chased.rows.map(({ dossier_id, chase }) => [dossier_id, chase]).sort()).toEqual([
        [dossier_ids[0], 'answered'],
        [dossier_ids[1], 'answered'],
        [dossier_ids[2], 'sent'],
      ]);
      expect((await list(`chased=none${at}`)).count).toBe((await list(at.slice(1))).count - 3);
      expect((await summary(`group_by=chased&state=received${at}`)).map(({ key }) => key).sort()).toEqual([
        'none',
        'open',
      ]);
    }
    expect((await list('chased=open&at=2025-01-15T02:59:00Z')).count).toBe(0);
    const twice = await send('/api/chases', {
      dossier_ids,
      text: 'Đề nghị xử lý',
      deadline_at: '2025-01-15T11:00:00+07:00',
    });
    expect(ChasesSchema.parse(await twice.json()).chases.map(({ chase_id }) => chase_id)).toEqual([first, second]);
    expect(PageSchema.parse(await (await get(`/api/chases/${first}/dossiers`)).json()).count).toBe(2);
    now += 2 * HOUR;
    const late = ChaseListSchema.parse(await (await get('/api/chases?state=escalated')).json()).rows;
    expect(late.map(({ chase_id }) => chase_id)).toEqual([second]);
    expect(ChaseListSchema.parse(await (await get('/api/chases?unit=H49.01')).json()).rows).toHaveLength(1);
    const act = (name: string) =>
      api.app.inject({ method: 'POST', url: `/api/chases/${second}/${name}`, payload: { text: 'Xong' } });
    const [closed, answered] = await Promise.all([act('close'), act('answer')]);
    expect(closed.json()).toMatchObject({ state: 'closed', answered_at: null, closed_by: 'Khách', steps: [] });
    expect([answered.statusCode, answered.json()]).toEqual([409, expect.objectContaining({ code: 'IOC_CHASE_STATE' })]);
    now -= 2 * HOUR;
    for (const wrong of [
      { dossier_ids: [], text: 'a', deadline_at: '2025-01-16T00:00:00Z' },
      { dossier_ids, text: ' ', deadline_at: '2025-01-16T00:00:00Z' },
      { dossier_ids, text: 'a', deadline_at: '2025-01-14T00:00:00Z' },
      { dossier_ids, text: 'a', deadline_at: '9999-01-01T00:00:00Z' },
    ])
      expect((await send('/api/chases', wrong)).status).toBe(400);
    const foreign = { dossier_ids: ['H50.01-250113-0001'], text: 'a', deadline_at: '2025-01-16T00:00:00Z' };
    expect((await send('/api/chases', foreign)).status).toBe(404);
    expect((await send('/api/chases/DD-none/close', {})).status).toBe(404);
  });

  it('lists overdue dossiers without a slip of apology until one is noted, as a count, a line and a list', async () => {
    const missing = await list('rule=766&apology=missing');
    const all = (await list('rule=766&state=open_overdue')).rows;
    expect(missing.rows).toEqual(all);
    const [first, second] = all.map(({ dossier_id }) => dossier_id);
    const note = async (body: unknown) =>
      fetch(`${api.url}/api/apologies`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const promised_at = '2025-01-20T17:00:00+07:00';
    const noted = await note({ dossier_ids: [first], promised_at });
    expect(noted.status).toBe(201);
    expect(await noted.json()).toMatchObject({
      rows: [{ dossier_id: first, sent_at: NOW, promised_at: Date.parse(promised_at) }],
    });
    const slips = async () => (await get(`/api/apologies?dossier=${first}`)).json();
    now += HOUR;
    // the same told again is the same slip
    await note({ dossier_ids: [first], promised_at });
    expect(await slips()).toMatchObject({ rows: [{ sent_at: NOW, promised_at: Date.parse(promised_at) }] });
    // the newest stands, also one that promises what was promised before another
    for (const promised of ['2025-01-21T10:00:00Z', promised_at]) {
      now += 1_000;
      expect((await note({ dossier_ids: [first], promised_at: promised })).status).toBe(201);
      expect(await slips()).toEqual({
        at: now,
        rows: [expect.objectContaining({ sent_at: now, promised_at: Date.parse(promised) })],
      });
    }
    now -= 2_000;
    now -= HOUR;
    expect((await list('rule=766&apology=missing')).rows.map(({ dossier_id }) => dossier_id)).toEqual([second]);
    expect((await list('rule=766&apology=sent')).rows.map(({ dossier_id }) => dossier_id)).toEqual([first]);
    const lines = await summary('rule=766&group_by=apology&state=open_overdue');
    expect(lines.map(({ key, counts: { open_overdue } }) => [key, open_overdue]).sort()).toEqual([
      ['missing', 1],
      ['sent', 1],
    ]);
    // taken back, with a reason, it is owed again; and the same slip can be noted anew
    const revoke = async (body: unknown) =>
      fetch(`${api.url}/api/apologies/revoke`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
    now += 2 * HOUR;
    expect((await revoke({ dossier_id: first, reason: ' ' })).status).toBe(400);
    expect(await (await revoke({ dossier_id: first, reason: 'Ghi nhầm' })).json()).toMatchObject({ rows: [] });
    expect(await (await revoke({ dossier_id: first, reason: 'Ghi nhầm' })).json()).toMatchObject({
      code: 'IOC_SLIP_UNKNOWN',
    });
    expect((await list('rule=766&apology=missing')).count).toBe(2);
    expect((await list(`rule=766&apology=sent&at=${new Date(now - HOUR).toISOString()}`)).count).toBe(1);
    now += 1_000;
    await note({ dossier_ids: [first], promised_at });
    expect((await list('rule=766&apology=sent')).rows).toMatchObject([{ dossier_id: first, apologised: 1 }]);
    now -= 2 * HOUR + 1_000;
    // it was not known before it was done
    expect((await list('rule=766&apology=missing&at=2025-01-15T02:59:00Z')).count).toBe(2);
    expect((await note({ dossier_ids: ['H50-250113-0001'] })).status).toBe(404);
    expect((await note({ dossier_ids: [first], promised_at: '2025-01-01T00:00:00Z' })).status).toBe(400);
    expect((await note({ dossier_ids: [first], promised_at: '9999-01-01T00:00:00Z' })).status).toBe(400);
    // a slip noted too early would hide it once it is late
    const early = await note({ dossier_ids: [first, 'H49.01-250113-0002'] });
    expect(early.status).toBe(409);
    expect(await early.json()).toMatchObject({
      code: 'IOC_NOT_OVERDUE',
      message: expect.stringMatching(/: H49\.01-250113-0002$/),
    });
  });

  it('finds what should be looked at in a span, and lists the dossiers by their numbers', async () => {
    const found = FoundSchema.parse(await (await get('/api/integrity?unit=H49.01')).json());
    // heard of at the very instant that they ended at
    expect(found.dossiers).toBe(8);
    expect(found.findings).toMatchObject([{ code: 'finish_undated', unit: 'H49.01', count: 2, of: 2 }]);
    const ids = found.findings[0]?.dossier_ids.join(',') ?? '';
    expect((await list(`state=finished&ids=${ids}`)).count).toBe(2);
    for (const wrong of ['from=2024-01-01T00:00:00Z', 'to=2024-01-01T00:00:00Z&from=2024-01-02T00:00:00Z'])
      expect((await get(`/api/integrity?${wrong}`)).status).toBe(400);
  });

  it('gives a unit its figures and those of the units right below it', async () => {
    const { counts: own, children } = UnitSchema.parse(await (await get('/api/units/H49.01')).json());
    expect(own).toMatchObject({ open: 5, open_due_soon: 3 });
    expect(children.map(({ unit, counts: child }) => [unit.code, child?.open ?? null])).toEqual([
      ['H49.01.01', 1],
      ['H49.01.02', null],
    ]);
  });

  it.each([
    '/api/units/H50',
    '/api/units/%27',
    '/api/dossiers?unit=H50',
    '/api/dossiers/summary?unit=H49.9',
    '/api/boards/thu?unit=H50',
  ])('answers %s as it answers any unit that is not there', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(404);
    expect(FailureSchema.parse(await reply.json())).toMatchObject({
      code: 'IOC_UNIT_UNKNOWN',
      message: 'there is no such unit',
    });
  });

  it.each([
    '/api/dossiers?state=all',
    '/api/dossiers?limit=0',
    '/api/dossiers?limit=100000',
    '/api/dossiers?after=nonsense',
    '/api/dossiers?at=yesterday',
    '/api/dossiers?at=2999-01-01T00:00:00Z',
    '/api/dossiers?at=1969-12-31T23:59:59Z',
    '/api/dossiers?more=1',
  ])('refuses %s', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(400);
    expect(FailureSchema.parse(await reply.json()).code).toBe('IOC_BAD_REQUEST');
  });

  it('gives a map with a tag, and nothing when the tag is still right', async () => {
    const reply = await get('/api/maps/thu');
    expect(await reply.json()).toMatchObject({ type: 'FeatureCollection' });
    const again = await get('/api/maps/thu', { 'if-none-match': reply.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    expect((await get('/api/maps/..%2Fpackage')).status).toBe(400);
    expect((await get('/api/maps/other')).status).toBe(404);
  });

  it('gives pictures with their type, as what may run nothing, and no other file', async () => {
    await mkdir(join(api.folder, 'images'), { recursive: true });
    await writeFile(join(api.folder, 'images', 'cong.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(api.folder, 'images', 'lon.png'), Buffer.alloc(2 * 1024 * 1024 + 1));
    const reply = await get('/api/images/cong.svg');
    expect(reply.headers.get('content-type')).toBe('image/svg+xml');
    expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox$/);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await reply.text()).toContain('<svg');
    expect((await get('/api/images/cong.svg', { 'if-none-match': reply.headers.get('etag') ?? '' })).status).toBe(304);
    expect((await get('/api/images/lon.png')).status).toBe(404);
    expect((await get('/api/images/khong-co.png')).status).toBe(404);
    expect((await get('/api/images/..%2Fboards%2Fthu.yaml')).status).toBe(400);
    expect((await get('/api/images/cong.html')).status).toBe(400);
  });

  it('describes every route, and counts what it does', async () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.unknown()) })
      .parse(await (await get('/api/docs/json')).json());
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/health',
        '/api/boards/{id}',
        '/api/dossiers',
        '/api/dossiers/summary',
        '/api/units/{code}',
      ]),
    );
    const text = await (await get('/metrics')).text();
    for (const name of [
      'toancanh_query_ms_count{query="routes.dossiers.list"}',
      'toancanh_keys',
      'toancanh_ticks_total',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(text).toContain(name);
  });
});
