import { addPanel } from './add-panel.ts';

/** The beginning of every board: whoever writes one goes on from here. */
const HEAD = `title: { vi: Bảng mới, en: New board }
order: 900
questions:
  - { vi: 'Bảng này trả lời câu hỏi nào?', en: 'Which question does this board answer?' }
grid: { columns: 48, rows: 54 }
panels:
`;

/** The text that a new board begins with: one panel, which is the example of a figure. `note` stands above it all. */
export function newBoard(
  note: string,
  example: string | undefined,
  comments: Readonly<Record<string, string>>,
): string {
  const head = `# ${note}\n${HEAD}`;
  return example === undefined ? head : (addPanel(head, 'figure', example, comments)?.text ?? head);
}
