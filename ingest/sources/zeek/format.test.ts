import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZeek } from './format.ts';

const NOTICE = {
  _path: 'notice',
  ts: 1521911720.600843,
  note: 'SSH::Password_Guessing',
  msg: '203.0.113.9 guesses',
  dst: '10.0.0.5',
};

describe('a record of Zeek', () => {
  it('is an alert when it is a notice, graded by what Zeek does with it', () => {
    expect(readZeek({ ...NOTICE, actions: ['Notice::ACTION_LOG'] })).toEqual({
      observed_at: 1_521_911_720_600,
      ...{ isAlert: true, severity: 0, event_type: 'notice', category: 'SSH', action: '' },
      ...{ signature: 'SSH::Password_Guessing: 203.0.113.9 guesses', asset: '10.0.0.5' },
    });
    expect(readZeek({ ...NOTICE, actions: ['Notice::ACTION_LOG', 'Notice::ACTION_EMAIL'] })?.severity).toBe(2);
    expect(readZeek({ ...NOTICE, actions: ['Notice::ACTION_EMAIL', 'Notice::ACTION_ALARM'] })?.severity).toBe(3);
  });

  it('is another record otherwise, of the log that it says or stood in', () => {
    expect(readZeek({ _path: 'conn', 'id.resp_h': '10.0.0.9', ts: '2018-03-24T17:15:20.600843Z' })).toMatchObject({
      ...{ isAlert: false, event_type: 'conn', asset: '10.0.0.9', observed_at: Date.parse('2018-03-24T17:15:20.600Z') },
    });
    expect(readZeek({ ts: 1 }, 'dns')).toMatchObject({ event_type: 'dns', isAlert: false, observed_at: 1000 });
    expect(readZeek({ name: 'window_recision', notice: false }, 'weird')).toMatchObject({
      ...{ isAlert: false, category: 'weird', signature: 'window_recision' },
    });
    expect(readZeek({ name: 'x', notice: true }, 'weird')?.isAlert).toBe(true);
  });

  it('is never refused for what it says', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('_path', 'ts', 'note', 'actions', 'name', 'notice', 'dst'), fc.anything()),
        (sent) => {
          expect(readZeek(sent)).toBeDefined();
        },
      ),
    );
    for (const sent of [undefined, null, 7, 'x', []]) expect(readZeek(sent)).toBeUndefined();
  });
});
