import { describe, expect, it } from 'vitest';
import { createDateReader } from './dates.ts';

const read = createDateReader([
  'dd/MM/yyyy HH:mm:ss',
  'dd/MM/yyyy HH:mm',
  'HH:mm dd/MM/yyyy',
  'dd/MM/yyyy',
  'yyyy-MM-dd',
  'yyyyMMddHHmmss',
  'excel',
]);

describe('a moment in a file', () => {
  it.each([
    ['27/10/2023 10:30:05', '20231027103005', true],
    ['27/10/2023  9:05', '20231027090500', true],
    ['09:05 27/10/2023', '20231027090500', true],
    ['5/1/2024', '20240105000000', false],
    ['29/02/2024', '20240229000000', false],
    ['2024-12-31', '20241231000000', false],
    ['20231027103000', '20231027103000', true],
    ['45226.4375', '20231027103000', true],
    ['45226', '20231027000000', false],
    ['2023-10-27T10:30:00', '20231027103000', true],
    ['2023-10-27T00:00:00', '20231027000000', false],
  ])('%s', (text, stamp, hasTime) => expect(read(text)).toEqual({ stamp, hasTime }));

  it.each([
    '',
    '10/27/2023',
    '29/02/2023',
    '31/04/2024',
    '27/10/23',
    '27/10/2023 24:00',
    '27/10/2023 10:60',
    '0',
    '999999',
    '2023',
    'hôm qua',
  ])('is not %s', (text) => expect(read(text)).toBeUndefined());

  it('is a serial number only where the mapping says so', () =>
    expect(createDateReader(['dd/MM/yyyy'])('45226')).toBeUndefined());
});
