/** A part of a text: a paragraph, line by line, or the entries of a list. */
export interface TextBlock {
  kind: 'paragraph' | 'list';
  lines: string[];
}

const ENTRY = /^\s*-\s+/;

/** Words as paragraphs, parted by empty lines, and lists of lines that begin with `- `. All else is taken as it is written: there is no markup. */
export function blocksOf(words: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let open: TextBlock | undefined;
  for (const line of words.split(/\r?\n/)) {
    if (line.trim() === '') {
      open = undefined;
      continue;
    }
    const kind = ENTRY.test(line) ? 'list' : 'paragraph';
    const block: TextBlock = open?.kind === kind ? open : { kind, lines: [] };
    if (block !== open) blocks.push(block);
    block.lines.push(line.replace(ENTRY, '').trim());
    open = block;
  }
  return blocks;
}
