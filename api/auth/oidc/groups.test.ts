import { expect, it } from 'vitest';
import { testDashboards } from '../../test-boards.ts';
import { placeOf, readGroups } from './groups.ts';

const { units } = testDashboards().province;
const read = (...lines: string[]) => readGroups('groups.yaml', `groups:\n${lines.join('\n')}\n`, units);
const faultsOf = (...lines: string[]) =>
  read(...lines).faults.map(({ file, line, column, path, message }) => `${file}:${line}:${column} ${path}: ${message}`);

it('takes the first entry of the file that names a group of somebody', () => {
  const { places, faults } = read(
    '  - { group: ioc-admin, role: admin }',
    '  - { group: centre-1, role: centre, unit: H49.01 }',
    '  - { group: ioc-duty, role: duty, unit: H49 }',
  );
  expect(faults).toEqual([]);
  expect(placeOf(places, ['ioc-duty', 'centre-1'])).toEqual({ group: 'centre-1', role: 'centre', unit: 'H49.01' });
  expect(placeOf(places, ['ioc-duty'])).toMatchObject({ role: 'duty', unit: null });
  expect(placeOf(places, ['IOC-DUTY', 'x'])).toBeUndefined();
  expect(placeOf(places, [])).toBeUndefined();
});

it('says where a fault is and what is allowed, and then nobody has a place', () => {
  expect(faultsOf('  - group: a', '    role: boss')).toEqual([
    expect.stringMatching(/^groups\.yaml:3:11 groups\[0\]\.role: .*leader.*duty.*centre.*viewer.*admin/),
  ]);
  expect(faultsOf('  - group: a', '    role: centre', '    unit: H49.0l')).toEqual([
    expect.stringMatching(
      /^groups\.yaml:4:11 groups\[0\]\.unit: unknown unit "H49\.0l"; did you mean "H49\.0\d"\? allowed: H49/,
    ),
  ]);
  expect(faultsOf('  - { group: a, role: duty, unit: H49.01 }')).toEqual([
    expect.stringContaining('duty sees the whole province; allowed with a unit: centre, viewer'),
  ]);
  expect(faultsOf('  - { group: a, role: viewer }')).toEqual([expect.stringContaining('viewer is of a unit')]);
  expect(faultsOf('  - { group: a, role: duty }', '  - { group: a, role: admin }')).toEqual([
    expect.stringContaining('groups.yaml:3:14 groups[1].group: "a" is named twice'),
  ]);
  expect(faultsOf('  - { group: a, role: duty, units: x }')).toEqual([expect.stringContaining('unknown key "units"')]);
  expect(read('  - { group: a, role: duty }', '  - { group: b, role: viewer }').places).toEqual([]);
  expect(readGroups('groups.yaml', 'groups: [', units).faults).not.toEqual([]);
  expect(readGroups('groups.yaml', '', units).faults).not.toEqual([]);
});
