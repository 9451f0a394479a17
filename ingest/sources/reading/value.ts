/** A value that was read: a number, null where the source says that it has none, undefined where the record does not speak of it; or why it cannot be read. */
export type ValueRead = { value: number | null | undefined } | { reason: string };

/** What values are read by. */
export interface ValueOptions {
  missing: readonly (number | string)[];
  decimal: '.' | ',';
  scale: number;
  offset: number;
  limits?: readonly [number, number] | undefined;
}

/** Digits that are kept of a product: a scale of 0.1 must not make 0.30000000000000004 of 3. */
const DIGITS = 12;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Makes the reader of values. Codes of "no value" are compared before scaling: as texts, and as numbers (`-200` is `-200.0`). */
export function createValueReader(options: ValueOptions): (raw: unknown) => ValueRead {
  const { decimal, scale, offset, limits } = options;
  const texts = new Set(options.missing.filter((code) => typeof code === 'string').map((code) => code.trim()));
  const numbers = new Set(
    options.missing.map(Number).filter((code, index) => options.missing[index] !== '' && !Number.isNaN(code)),
  );
  return (raw) => {
    if (raw === undefined) return { value: undefined };
    if (raw === null) return { value: null };
    if (typeof raw !== 'number' && typeof raw !== 'string') return { reason: 'is no number' };
    const text = String(raw).trim();
    if (texts.has(text)) return { value: null };
    const plain = typeof raw === 'string' && decimal === ',' ? text.replace(',', '.') : text;
    const number = NUMBER.test(plain) ? Number(plain) : Number.NaN;
    if (!Number.isFinite(number)) return { reason: text === '' ? 'is empty' : 'is no number' };
    if (numbers.has(number)) return { value: null };
    const value = scale === 1 && offset === 0 ? number : Number((number * scale + offset).toPrecision(DIGITS));
    if (!Number.isFinite(value)) return { reason: 'is too large' };
    if (limits && (value < limits[0] || value > limits[1]))
      return { reason: `lies outside ${limits[0]} to ${limits[1]}` };
    return { value };
  };
}
