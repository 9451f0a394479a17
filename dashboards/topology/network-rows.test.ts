import { describe, expect, it } from 'vitest';
import type { Network } from './network.ts';
import { networkRows, NETWORK_COLUMNS } from './network-rows.ts';
import type { LinkCondition } from './placed-links.ts';

const NETWORK: Network = {
  centre: 'H49',
  rings: [{ id: 'core' }, { id: 'ring-a', behind: 'core', unit: 'A' }, { id: 'ring-b', behind: 'core', unit: 'B' }],
  links: [
    { id: 'a', unit: 'A', ring: 'ring-a' },
    { id: 'a1', unit: '1', ring: 'ring-a' },
    { id: 'b', unit: 'B', ring: 'ring-b' },
    { id: 'b1', unit: '4', ring: 'ring-b' },
  ],
  paths: ['/H49/', '/H49/A/', '/H49/A/1/', '/H49/A/2/', '/H49/B/', '/H49/B/4/'],
};
const PATHS: Record<string, string> = { a: '/H49/A/', a1: '/H49/A/1/', b: '/H49/B/', b1: '/H49/B/4/' };

function draw(conditions: Record<string, LinkCondition>, scope = '/H49/') {
  const links = Object.entries(conditions).map(([link_id, condition]) => ({
    ...{ link_id, path: PATHS[link_id] ?? '/H49/', from_unit: '', ring: '', condition, alive_at: 1 },
  }));
  return networkRows({ network: NETWORK, scope, links, silent: [] }, NETWORK_COLUMNS);
}

describe('the network as rows', () => {
  it('has each ring before the links, with the ring that it is behind', () =>
    expect(draw({ a: 'up', a1: 'up', b: 'up', b1: 'up' })).toEqual([
      ['ring', 'core', '', '', 'unheard', 0],
      ['ring', 'ring-a', 'core', 'A', 'up', 0],
      ['ring', 'ring-b', 'core', 'B', 'up', 0],
      ['link', 'a', 'ring-a', 'A', 'up', 0],
      ['link', 'a1', 'ring-a', '1', 'up', 0],
      ['link', 'b', 'ring-b', 'B', 'up', 0],
      ['link', 'b1', 'ring-b', '4', 'up', 0],
    ]));

  it('says of a ring that is lost who is cut off behind it, and of a link that is, alone', () => {
    const rows = draw({ a: 'down', a1: 'down', b: 'up', b1: 'down' });
    // the second commune of A has no link of its own
    expect(rows[1]).toEqual(['ring', 'ring-a', 'core', 'A', 'down', 3]);
    expect(rows[2]).toEqual(['ring', 'ring-b', 'core', 'B', 'part', 0]);
    expect(rows.find((row) => row[1] === 'b1')).toEqual(['link', 'b1', 'ring-b', '4', 'down', 1]);
  });

  it('tells a link that fell silent from one that was never heard of, and neither from up', () => {
    const rows = draw({ a: 'silent', b: 'silent', b1: 'down' });
    expect(rows.filter((row) => row[0] === 'link').map((row) => [row[1], row[4]])).toEqual([
      ['a', 'silent'],
      ['b', 'silent'],
      ['b1', 'down'],
      ['a1', 'unheard'],
    ]);
    expect(rows.slice(0, 3).map((row) => row[4])).toEqual(['unheard', 'silent', 'down']);
  });

  it('of a district is its own rings and those that they are behind', () =>
    expect(draw({ a: 'up' }, '/H49/A/').map((row) => row[1])).toEqual(['core', 'ring-a', 'a', 'a1']));
});
