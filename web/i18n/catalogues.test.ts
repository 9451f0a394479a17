// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Reason } from '#api/alerts/notify/marks.ts';
import type { ErrorCode } from '#api/errors.ts';
import type { ALERT_DOMAINS } from '#dashboards/schema/alert-rule.ts';
import type { FaultCode, RejectionCode } from '#ingest/errors.ts';
import { DOMAINS } from '../alerts/alert-filter.ts';
import { STATES } from '../desk/desk-filter.ts';
import { ALERT_STATES, HUMAN_STATES } from '../http/alert-schemas.ts';
import { AGES, APOLOGIES, CHASED, CHASE_STATES, FINDINGS } from '../http/dossier-schemas.ts';
import { SEVERITY_NAMES } from '../panels/alerts/alert-view.ts';
import en from './en.json';
import vi from './vi.json';

function keys(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [path];
  return Object.entries(node).flatMap(([name, below]) => keys(below, path === '' ? name : `${path}.${name}`));
}
function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(texts) : [];
}
/** The places of each text; one with two forms, for one and for many, fills the same in both. */
const places = (node: unknown): string[] =>
  texts(node).map((text) =>
    [...new Set(text.split(' | ').map((form) => [...form.matchAll(/\{\w+\}/g)].map(String).sort().join()))].join('|'),
  );

const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../e2e/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('the catalogues', () => {
  it('have the same keys', () => expect(keys(en)).toEqual(keys(vi)));
  it('fill the same places', () => expect(places(en)).toEqual(places(vi)));
  it('leave no text empty', () =>
    expect([...texts(vi), ...texts(en)].filter((text) => text.trim() === '')).toEqual([]));

  it('have every key that the sources name', () => {
    const known = new Set(keys(vi));
    const used = Object.values(sources).flatMap((source) =>
      [...source.matchAll(/\bt\('([\w.]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });

  it('have a word for every reason, severity, state of dossiers and status', () => {
    expect(Object.keys(vi.reason)).toEqual([
      'source_silent',
      'source_never',
      'ingest_late',
      'query_failed',
      'store_away',
      'socket_lost',
      'browser_frozen',
    ]);
    expect(Object.keys(vi.severity)).toEqual([...SEVERITY_NAMES]);
    expect(Object.keys(vi.outcome)).toEqual([...STATES]);
    expect(Object.keys(vi.outcome_definition)).toEqual([...STATES]);
    expect(Object.keys(vi.desk.ages)).toEqual([...AGES]);
    expect(Object.keys(vi.desk.apologies)).toEqual([...APOLOGIES]);
    expect(Object.keys(vi.desk.chased_by)).toEqual([...CHASED]);
    expect(Object.keys(vi.integrity.finding)).toEqual([...FINDINGS]);
    expect(Object.keys(vi.chase.state)).toEqual([...CHASE_STATES]);
    expect(Object.keys(vi.status)).toHaveLength(10);
  });

  it('have words for all that becomes of alerts and of notices', () => {
    const reasons: Readonly<Record<Reason | 'escalated', string>> = vi.alerts.reason;
    expect(Object.values(reasons).every((word) => word !== '')).toBe(true);
    expect(Object.keys(vi.alerts.state)).toEqual([...ALERT_STATES]);
    expect(Object.keys(vi.alerts.human)).toEqual([...HUMAN_STATES]);
    const domains: Readonly<Record<(typeof ALERT_DOMAINS)[number], string>> = vi.alerts.domains;
    expect(Object.keys(domains)).toEqual([...DOMAINS]);
  });

  it('have words for every code that the server refuses with: checked by the types', () => {
    const words: Readonly<Record<ErrorCode | FaultCode | RejectionCode, string>> = vi.refusal;
    expect(Object.values(words).every((word) => word !== '')).toBe(true);
  });

  it('are the only place with Vietnamese words', () => {
    const words = /[ạảãâầấậẩẫăằắặẳẵđèéẹẻẽêềếệểễọỏồốộổỗơờớợởỡụủũưừứựửữỳỵỷỹ]/i;
    const found = Object.entries(sources)
      .filter(([file]) => file.endsWith('.vue'))
      .filter(([, source]) => words.test(source.replace(/<!--.*?-->|\/\*.*?\*\/|^\s*\/\/.*$/gms, '')));
    expect(found.map(([file]) => file)).toEqual([]);
  });
});
