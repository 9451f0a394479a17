/** The colours that charts draw with: the custom properties of tokens.css, read from a computed style by `property`. */
export function readPalette(property: (name: string) => string) {
  const of = (name: string): string => property(`--${name}`).trim();
  return {
    panel: of('panel'),
    grid: of('grid'),
    text: of('text'),
    text2: of('text-2'),
    text3: of('text-3'),
    in: of('in'),
    inArea: of('in-area'),
    out: of('out'),
    neutral: of('neutral'),
    warn: of('warn'),
    alarm: of('alarm'),
    low: of('low'),
    medium: of('medium'),
    high: of('high'),
    critical: of('critical'),
    unclassified: of('unclassified'),
    /** From calm to alarm. */
    steps: [of('step-1'), of('step-2'), of('step-3'), of('step-4'), of('step-5')] as const,
    hatchLine: of('hatch-line'),
    track: of('track'),
  };
}

/** CSS colours by name, of the theme in force. */
export type Palette = ReturnType<typeof readPalette>;
