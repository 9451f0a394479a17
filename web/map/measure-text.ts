import { FONT } from '../theme/fonts.ts';

let context: CanvasRenderingContext2D | null | undefined;

/** The width of a text in the product's font, in pixels; an estimate where there is no canvas. */
export function textWidth(text: string, size: number, weight: number): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size * 0.58;
  context.font = `${weight} ${size}px "${FONT}"`;
  return context.measureText(text).width;
}
