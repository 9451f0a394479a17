import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shippedMapping, workbook } from '../test-file.ts';
import { namesOf } from './header.ts';
import { readFile } from './read-file.ts';
import { readZip, writeZip } from './zip.ts';

const names = namesOf(shippedMapping());
const limits = { heap_mib: 384, time_ms: 50_000 };

/** A workbook whose sheet was replaced by another text, as a program that means harm would write it. */
async function forged(sheet: string): Promise<Uint8Array> {
  const parts = readZip(Buffer.from(await workbook((list) => list.addRow(['Mã hồ sơ', 'Ngày tiếp nhận']))));
  const bytes = Buffer.from(sheet);
  const fake = { method: 8, crc: crc32(bytes), size: bytes.length, bytes: deflateRawSync(bytes) };
  const next = parts.map((part) => (part.name === 'xl/worksheets/sheet1.xml' ? { ...part, ...fake } : part));
  return new Uint8Array(Buffer.concat([...writeZip(next)]));
}
const sheet = (inner: string) => `<?xml version="1.0"?><worksheet>${inner}</worksheet>`;

// each starts a process, which takes a while on a busy machine
describe('reading a file in its process', { timeout: 60_000 }, () => {
  it('gives the table', async () => {
    const file = await readFile(Buffer.from('Mã hồ sơ,Ngày nhận\nA,27/10/2023\n'), 'csv', names, limits);
    expect(file).toMatchObject({ origin: { format: 'csv' }, rows: [{ row: 2, cells: ['A', '27/10/2023'] }] });
  });

  it(
    'ends its process, and nothing else, when a file exhausts its memory or its time',
    { timeout: 60_000 },
    async () => {
      const large = Buffer.from(`Mã hồ sơ,Ngày nhận\n${'A,27/10/2023\n'.repeat(2_000_000)}`);
      const small = { heap_mib: 24, time_ms: 60_000 };
      await expect(readFile(large, 'csv', names, small)).rejects.toThrow(/more than 24 MiB/);
      await expect(readFile(large, 'csv', names, { heap_mib: 384, time_ms: 10 })).rejects.toThrow(/more than 0.01 s/);
    },
  );

  it('is not impressed by a workbook that claims four thousand million columns', async () => {
    const many = await forged(sheet('<cols><col min="1" max="4000000000"/></cols><sheetData></sheetData>'));
    await expect(readFile(many, 'xlsx', names, limits)).rejects.toThrow(/none of the first 20 rows/);
  });

  it.each([
    ['a cell beyond the last column', '<sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData>'],
    ['a cell without a place', '<sheetData><row r="1"><c><v>1</v></c></row></sheetData>'],
    ['a sheet that is cut off', '<sheetData><row r="1"><c r="A1"'],
  ])('refuses %s', async (_, inner) => {
    await expect(readFile(await forged(sheet(inner)), 'xlsx', names, limits)).rejects.toMatchObject({
      name: 'TableError',
    });
  });

  it('does not resolve entities', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "${'x'.repeat(1_000)}"><!ENTITY b "${'&a;'.repeat(1_000)}">]>`;
    const row = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>';
    await expect(
      readFile(await forged(`${bomb}<worksheet>${row}</worksheet>`), 'xlsx', names, limits),
    ).rejects.toThrow();
  });
});
