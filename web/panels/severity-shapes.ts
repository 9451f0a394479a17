/** Shapes in a box of 20 by 20: a severity is told by its shape before its colour. */
const SHAPES: Record<string, string> = {
  low: 'M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z',
  medium: 'M10 2L19 18H1z',
  high: 'M10 0L20 10L10 20L0 10z',
  critical: 'M2 2H18V18H2z',
  unclassified: 'M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14zM10 6a4 4 0 1 1 0 8a4 4 0 1 1 0-8z',
};

/** The path of a severity's shape, by its name. */
export function severityShape(kind: string): string {
  return SHAPES[kind] ?? 'M1 7H19V13H1z';
}
