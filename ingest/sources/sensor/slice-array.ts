/**
 * The texts of the elements of a JSON array, as they were written: numbers beyond 2^53 (flow ids) and spacing stay exact, which they would not
 * through parse and stringify. `text` must be valid JSON whose root is an array.
 */
export function sliceArray(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        if (start === -1) start = at;
        at = endOfString(text, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (depth === 1 && start === -1) start = at;
        depth += 1;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        if (depth === 0 && start !== -1) elements.push(text.slice(start, at).trim());
        break;
      case 0x2c: // ,
        if (depth !== 1) break;
        elements.push(text.slice(start, at).trim());
        start = -1;
        break;
      default:
        if (start === -1 && depth === 1 && text.charCodeAt(at) > 0x20) start = at;
    }
  }
  return elements;
}

/** The place of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return text.length;
}
