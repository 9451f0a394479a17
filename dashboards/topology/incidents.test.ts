import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentsOf, type Incident, type SilentUnit, type Situation } from './incidents.ts';
import type { Network } from './network.ts';
import type { LinkCondition, SeenLink } from './placed-links.ts';

const PATHS = ['/H49/', '/H49/A/', '/H49/A/1/', '/H49/A/2/', '/H49/A/3/', '/H49/B/', '/H49/B/4/'];
const NETWORK: Network = {
  centre: 'H49',
  rings: [
    { id: 'core' },
    { id: 'ring-a', behind: 'core', unit: 'A' },
    { id: 'ring-b', behind: 'core' },
    { id: 'spare' },
  ],
  links: [
    { id: 'a', unit: 'A', ring: 'ring-a' },
    { id: 'a-2', unit: 'A', ring: 'spare' },
    { id: 'a1', unit: '1', ring: 'ring-a' },
    { id: 'a2', unit: '2', ring: 'ring-a' },
    { id: 'b', unit: 'B', ring: 'ring-b' },
    { id: 'b1', unit: '4', ring: 'ring-b' },
  ],
  paths: PATHS,
};
const PLACES: Record<string, string> = {
  ...{ a: '/H49/A/', 'a-2': '/H49/A/', a1: '/H49/A/1/', a2: '/H49/A/2/', b: '/H49/B/', b1: '/H49/B/4/' },
};

function seen(link_id: string, condition: LinkCondition = 'down', more: Partial<SeenLink> = {}): SeenLink {
  return { link_id, path: PLACES[link_id] ?? '/H49/', from_unit: 'H49', ring: '', condition, alive_at: 1000, ...more };
}
function tell(down: readonly string[], more: Partial<Situation> = {}): Incident[] {
  const links = Object.keys(PLACES).map((id) => seen(id, down.includes(id) ? 'down' : 'up'));
  return incidentsOf({ network: NETWORK, scope: '/H49/', links, silent: [], ...more });
}
const silence = (path: string, more: Partial<SilentUnit> = {}): SilentUnit => ({
  ...{ path, heard_at: 500, with_below: true, is_told: true },
  ...more,
});

describe('what is down is told as few stories', () => {
  it('tells nothing where nothing is down', () => expect(tell([])).toEqual([]));

  it('names the ring, what it carries, and who is cut off: not the unit that has another way', () => {
    const links = Object.keys(PLACES).map((id) =>
      seen(id, ['a', 'a1', 'a2'].includes(id) ? 'down' : 'up', { ring: id.startsWith('a') ? 'ring-a' : '' }),
    );
    const [ring, ...rest] = tell([], { links });
    expect(rest).toEqual([]);
    expect(ring).toMatchObject({
      id: 'ring_down:ring-a',
      unit: 'A',
      links: ['a1', 'a2', 'a'].sort(),
      rings: ['ring-a'],
    });
    // A has its second link; its third commune has none of its own and is reached by those of A
    expect(ring?.cut_off).toEqual(['/H49/A/1/', '/H49/A/2/']);
  });

  it('names its links one by one where they do not tell of their ring themselves', () => {
    expect(tell(['a', 'a1', 'a2'])[0]).toMatchObject({ id: 'ring_down:ring-a', rings: [] });
  });

  it('counts a unit as cut off by the link that was lost last', () => {
    const links = [seen('a', 'down', { alive_at: 1 }), seen('a-2', 'down', { alive_at: 2 }), seen('b', 'up')];
    const stories = incidentsOf({ network: NETWORK, scope: '/H49/', links, silent: [] });
    expect(stories.map(({ id, cut_off }) => [id, cut_off])).toEqual([
      ['link_down:a', []],
      // the first two communes have links of their own, of which nothing was heard
      ['link_down:a-2', ['/H49/A/', '/H49/A/3/']],
    ]);
  });

  it('blames the ring that others are behind when they are all down, and the centre when everything is', () => {
    expect(tell(['a', 'a1', 'a2', 'b', 'b1']).map(({ id, links }) => [id, links.length])).toEqual([
      ['ring_down:core', 5],
    ]);
    expect(tell(Object.keys(PLACES)).map(({ kind, unit, links }) => [kind, unit, links.length])).toEqual([
      ['centre_down', 'H49', 6],
    ]);
  });

  it('does not blame the centre where little of the province can be seen', () => {
    const links = ['a', 'a1'].map((id) => seen(id));
    expect(incidentsOf({ network: NETWORK, scope: '/H49/A/', links, silent: [] })[0]?.id).toBe('ring_down:ring-a');
  });

  it('takes a link that nobody hears of neither for dead nor for alive', () => {
    const links = [seen('a'), seen('a1'), seen('a2', 'silent'), seen('b', 'up')];
    const [ring] = incidentsOf({ network: NETWORK, scope: '/H49/', links, silent: [] });
    expect(ring).toMatchObject({ id: 'ring_down:ring-a', links: ['a', 'a1'] });
  });

  it('explains a link that hangs from a unit which is cut off by what cut that unit off', () => {
    const links = [seen('b'), seen('b-1-own', 'down', { path: '/H49/B/4/', from_unit: 'B' }), seen('a', 'up')];
    const stories = incidentsOf({ network: NETWORK, scope: '/H49/', links, silent: [] });
    expect(stories.map(({ id, links: own }) => [id, own])).toEqual([['link_down:b', ['b', 'b-1-own']]]);
  });

  it('believes what links say of their ring where no topology was written', () => {
    const network: Network = { centre: undefined, rings: [], links: [], paths: PATHS };
    const links = ['x', 'y'].map((id) => seen(id, 'down', { ring: 'r' }));
    const [ring, ...rest] = incidentsOf({ network, scope: '/H49/', links, silent: [] });
    expect([ring?.id, rest]).toEqual(['ring_down:r', []]);
  });

  it('tells a silent unit in the story of the cut that explains it, another by itself, a quiet small one not at all', () => {
    const silent = [
      ...[silence('/H49/A/'), silence('/H49/B/'), silence('/H49/A/1/', { with_below: false, is_told: false })],
      silence('/H49/B/4/', { with_below: false, is_told: false }),
    ];
    expect(tell(['a', 'a1', 'a2'], { silent }).map(({ id, silent: units }) => [id, units])).toEqual([
      ['ring_down:ring-a', ['/H49/A/', '/H49/A/1/']],
      ['unit_silent:B', ['/H49/B/']],
    ]);
    // its own desk, not those below it
    const own = [silence('/H49/A/', { with_below: false })];
    expect(tell(['a1'], { silent: own }).map(({ id }) => id)).toEqual(['link_down:a1', 'unit_silent:A']);
  });
});

const RINGS = ['core', 'ring-a', 'ring-b', 'spare', 'heard-of', ''];
/** Any network, with rings behind each other in circles too, links that hang from units in circles too, and what is known of it. */
const situations = fc
  .record({
    behind: fc.array(fc.option(fc.constantFrom(...RINGS), { nil: undefined }), { minLength: 4, maxLength: 4 }),
    links: fc.array(
      fc.record({
        path: fc.constantFrom(...PATHS),
        from_unit: fc.constantFrom('', 'H49', 'A', 'B', '1', '4'),
        ring: fc.constantFrom(...RINGS),
        condition: fc.constantFrom<LinkCondition>('up', 'down', 'down', 'silent'),
        alive_at: fc.integer({ min: 0, max: 5 }),
        is_planned: fc.boolean(),
      }),
      { maxLength: 16 },
    ),
    silent: fc.uniqueArray(
      fc.record({
        path: fc.constantFrom(...PATHS),
        heard_at: fc.nat(9),
        with_below: fc.boolean(),
        is_told: fc.boolean(),
      }),
      { selector: ({ path }) => path, maxLength: 4 },
    ),
    has_centre: fc.boolean(),
  })
  .map(({ behind, links, silent, has_centre }): Situation => {
    const named = links.map((link, n) => ({ ...link, link_id: `l${n}` }));
    const planned = named.filter(({ is_planned }) => is_planned);
    return {
      scope: '/H49/',
      network: {
        centre: has_centre ? 'H49' : undefined,
        rings: ['core', 'ring-a', 'ring-b', 'spare'].map((id, n) => ({ id, behind: behind[n] })),
        links: planned.map(({ link_id, path, from_unit, ring }) => {
          return {
            id: link_id,
            unit: path.split('/').at(-2) ?? '',
            from: from_unit || undefined,
            ring: ring || undefined,
          };
        }),
        paths: PATHS,
      },
      links: named,
      silent,
    };
  });

/** Whether the cause of a story is on the way from the centre to a link: its ring, a ring that this is behind, or what its near end hangs from. */
function isUpstream({ kind, cause }: Incident, id: string, { network, links }: Situation): boolean {
  const passed = new Set<string>();
  const reach = (link: SeenLink | undefined): boolean => {
    if (!link || passed.has(link.link_id)) return false;
    passed.add(link.link_id);
    if (kind === 'centre_down' || (kind === 'link_down' && link.link_id === cause)) return true;
    const rings = new Set<string>();
    for (
      let ring: string | undefined = link.ring;
      ring && !rings.has(ring);
      ring = network.rings.find(({ id: one }) => one === ring)?.behind
    )
      rings.add(ring);
    if (kind === 'ring_down' && rings.has(cause)) return true;
    const near = network.paths.find((path) => path.split('/').at(-2) === link.from_unit);
    return near !== undefined && links.filter(({ path }) => near.startsWith(path)).some(reach);
  };
  return reach(links.find(({ link_id }) => link_id === id));
}

describe('whatever is down', () => {
  const check = (claim: (stories: Incident[], situation: Situation) => void) =>
    fc.assert(
      fc.property(situations, (situation) => claim(incidentsOf(situation), situation)),
      { numRuns: 1000 },
    );

  it('puts every dead link into exactly one story, and no other', () =>
    check((stories, { links }) => {
      const dead = links.filter(({ condition }) => condition === 'down').map(({ link_id }) => link_id);
      expect(stories.flatMap((story) => story.links).sort()).toEqual(dead.sort());
    }));

  it('names a cause that is upstream of all that it explains', () =>
    check((stories, situation) => {
      for (const story of stories)
        for (const id of story.links)
          expect([story.id, id, isUpstream(story, id, situation)]).toEqual([story.id, id, true]);
    }));

  it('tells a unit that is cut off, and one that is silent, once', () =>
    check((stories, { silent }) => {
      const cut = stories.flatMap(({ cut_off }) => cut_off);
      expect(new Set(cut).size).toBe(cut.length);
      const told = stories.flatMap((story) => story.silent);
      expect(new Set(told).size).toBe(told.length);
      for (const { path, is_told } of silent) if (is_told) expect(told).toContain(path);
    }));

  it('says the same in whatever order it is told', () =>
    fc.assert(
      fc.property(situations, fc.infiniteStream(fc.nat()), (situation, numbers) => {
        const shuffled = <T>(values: readonly T[]): T[] =>
          values.map((value) => ({ value, rank: numbers.next().value ?? 0 })).sort((a, b) => a.rank - b.rank).map(({ value }) => value); // prettier-ignore
        const other = { ...situation, links: shuffled(situation.links), silent: shuffled(situation.silent) };
        expect(incidentsOf(other)).toEqual(incidentsOf(situation));
      }),
    ));

  it('tells nothing where nothing is down and nobody silent', () =>
    check((_, situation) => {
      const links = situation.links.map((link) => ({ ...link, condition: 'up' as const }));
      expect(incidentsOf({ ...situation, links, silent: [] })).toEqual([]);
    }));
});
