import { BoardSchema, type Board } from '../schema/board.ts';
import type { FileFault } from '../schema/fault.ts';
import { checkBoard, type Known } from './board-rules.ts';
import { readYaml } from './yaml-file.ts';

/**
 * Checks the text of a board that is being written, as if it were `boards/<id>.yaml` beside the definitions that are `known`: the same faults in the same
 * words as a saved file would have, by line. The board is there only when there are none. Never throws.
 */
export function checkDraft(
  id: string,
  text: string,
  known: Known,
): { board: Board; faults: [] } | { board: undefined; faults: FileFault[] } {
  const yaml = readYaml(`boards/${id}.yaml`, text, BoardSchema);
  const board = yaml.value;
  const faults = board ? checkBoard(yaml, board, known) : [...yaml.faults];
  if (board && faults.length === 0) return { board, faults: [] };
  return { board: undefined, faults: faults.sort((left, right) => left.line - right.line) };
}
