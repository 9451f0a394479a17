/** Structured data of RFC 5424, 6.3, as far as it could be read. */
export interface StructuredData {
  elements: Record<string, Record<string, string>>;
  /** Where it ends. */
  end: number;
  isWhole: boolean;
}

/** Longest name of an element or a parameter. */
const LONGEST_NAME = 32;

/** Where an SD-NAME that begins at `at` ends: printable ASCII but for `=`, space, `]` and `"`, at most 32 characters. */
function nameEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length && end - at <= LONGEST_NAME; end += 1) {
    const code = text.charCodeAt(end);
    if (code < 33 || code > 126 || code === 61 || code === 93 || code === 34) break;
  }
  return end - at > LONGEST_NAME ? at : end;
}

/** The value that begins after a quote; undefined when it does not end, or holds a bare `]`. */
function readValue(text: string, at: number): { value: string; end: number } | undefined {
  let value = '';
  let from = at;
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 34) return { value: value + text.slice(from, end), end: end + 1 };
    if (code === 93) return undefined;
    if (code !== 92) continue;
    const next = text.charCodeAt(end + 1);
    // any other backslash stands for itself
    if (next !== 34 && next !== 92 && next !== 93) continue;
    value += text.slice(from, end);
    from = end + 1;
    end += 1;
  }
  return undefined;
}

/** Reads the elements that begin at `at`, where a `[` stands. */
export function readStructuredData(text: string, at: number): StructuredData {
  const elements: Record<string, Record<string, string>> = Object.create(null);
  let end = at;
  while (text.charCodeAt(end) === 91) {
    const idEnd = nameEnd(text, end + 1);
    const id = text.slice(end + 1, idEnd);
    if (id === '' || id in elements) return { elements, end: idEnd, isWhole: false };
    const params: Record<string, string> = Object.create(null);
    elements[id] = params;
    end = idEnd;
    while (text.charCodeAt(end) === 32) {
      const nameAt = end + 1;
      const until = nameEnd(text, nameAt);
      const isParam = until > nameAt && text.charCodeAt(until) === 61 && text.charCodeAt(until + 1) === 34;
      const read = isParam ? readValue(text, until + 2) : undefined;
      const after = read ? text.charCodeAt(read.end) : 0;
      if (!read || (after !== 32 && after !== 93)) return { elements, end: until, isWhole: false };
      params[text.slice(nameAt, until)] = read.value;
      end = read.end;
    }
    if (text.charCodeAt(end) !== 93) return { elements, end, isWhole: false };
    end += 1;
  }
  return { elements, end, isWhole: true };
}
