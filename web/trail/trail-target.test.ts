// @vitest-environment node
import { expect, it } from 'vitest';
import { targetText } from './trail-target.ts';

const names = new Map([['t-1', 'Phần mềm một cửa']]);
const said = (action: string, target: string) =>
  targetText({ action, target }, names, (key, values) => [key, ...Object.values(values ?? {})].join(' '));

it.each([
  ['login', '?', 'trail.no_name'],
  ['login', 'admin', 'admin'],
  ['token.revoked', 't-1', 'Phần mềm một cửa'],
  ['token.revoked', 't-2', 't-2'],
  ['chase.acted', 'DD-1 close', 'DD-1: chase.step.close'],
  [
    'import',
    'a.csv: 2 accepted, 0 duplicate, 1 rejected',
    'a.csv: import.accepted 2, import.duplicate 0, import.rejected 1',
  ],
  ['import', 'a.csv: preview', 'a.csv: trail.preview'],
])('says what %s %s was done to', (action, target, words) => expect(said(action, target)).toBe(words));
