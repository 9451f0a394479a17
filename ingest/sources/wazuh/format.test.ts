import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedData } from '../../shared-data.ts';
import { readWazuh, severityOfLevel } from './format.ts';

const ALERT = {
  timestamp: '2026-11-20T08:15:02.123+0700',
  rule: {
    level: 10,
    description: 'sshd: brute force',
    id: '5712',
    groups: ['syslog', 'sshd', 'authentication_failures'],
  },
  agent: { id: '007', name: 'mot-cua', ip: '10.1.2.3' },
  data: { srcip: '203.0.113.9' },
  id: '1795140902.1',
};
const folder = sharedData('security', process.env['SHARED_DATA']);
const VectorSchema = z.array(z.looseObject({ level: z.string() }));

describe('a Wazuh alert', () => {
  it('is an alert of its rule, on the machine that it was seen on', () => {
    expect(readWazuh(ALERT)).toEqual({
      observed_at: Date.parse('2026-11-20T01:15:02.123Z'),
      ...{ isAlert: true, severity: 2, event_type: 'alert', category: 'authentication_failures' },
      ...{ signature: 'sshd: brute force', asset: 'mot-cua', action: '' },
    });
    expect(readWazuh({ ...ALERT, data: { dstip: '10.9.9.9', action: 'blocked' } })).toMatchObject({
      ...{ asset: '10.9.9.9', action: 'blocked' },
    });
  });

  it('without a rule is a record, and without a level unclassified', () => {
    expect(readWazuh({ timestamp: ALERT.timestamp })).toMatchObject({ isAlert: false, severity: 0 });
    expect(readWazuh({ rule: { description: 'x' } })).toMatchObject({ isAlert: true, severity: 0, signature: 'x' });
    expect(readWazuh({ rule: { level: 'high', description: 'x' } })).toMatchObject({ isAlert: true, severity: 0 });
  });

  it('rises with the level and reaches all four steps', () => {
    const steps = Array.from({ length: 16 }, (_, level) => severityOfLevel(level));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4]));
  });

  it('is never refused for what it says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('timestamp', 'rule', 'agent', 'data'), fc.anything()), (sent) => {
        expect(readWazuh(sent)).toBeDefined();
      }),
    );
    for (const sent of [undefined, null, 7, 'x', []]) expect(readWazuh(sent)).toBeUndefined();
  });

  it.skipIf(folder === undefined)('has a step for every level that the rules of Wazuh are tested with', () => {
    const vectors = VectorSchema.parse(JSON.parse(readFileSync(join(folder ?? '', 'wazuh-vectors.json'), 'utf8')));
    const severities = vectors.map(({ level }) => readWazuh({ rule: { level, description: '' } })?.severity);
    expect(severities.length).toBeGreaterThan(100);
    expect(vectors.every(({ level }, n) => severities[n] === severityOfLevel(Number(level)))).toBe(true);
    expect(severities).not.toContain(0);
  });
});
