import { BoardSchema, type Board } from './schema/board.ts';
import type { Variable } from './schema/variable.ts';

/** What is chosen of each variable of a board. */
export type Chosen = Record<string, string | number>;

/** The choice of a variable whose value is written `said`, in an address; that of its default where none is. */
export function choiceOf(
  { choices, default: usual }: Variable,
  said?: string,
): Variable['choices'][number] | undefined {
  return (
    choices.find(({ value }) => String(value) === said) ?? choices.find(({ value }) => value === usual) ?? choices[0]
  );
}

/** The values of all variables of a board; what is no choice of its variable is its default. */
export function chosenOf({ variables }: Pick<Board, 'variables'>, said: Readonly<Record<string, string>> = {}): Chosen {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      choiceOf(variable, Object.hasOwn(said, name) ? said[name] : undefined)?.value ?? variable.default,
    ]),
  );
}

/** What may be said of the variables of a board: nothing, and each choice of each but its default. */
export function waysToLook({ variables }: Pick<Board, 'variables'>): Record<string, string>[] {
  const others = Object.entries(variables).flatMap(([name, { choices, default: usual }]) =>
    choices.flatMap(({ value }) => (value === usual ? [] : [{ [name]: String(value) }])),
  );
  return [{}, ...others];
}

const PLACE = /\{([a-z][a-z0-9_]*)\}/g;

/**
 * A board whose panels say what is chosen in place of its variables: values in parameters (`$period`) and links (`{period}`, `{ago_period}`, `{since_period}`), names in
 * texts (`{period}`). A board without variables is itself. Throws ZodError where a text becomes none that a board may hold.
 */
export function fillVariables(board: Board, said: Readonly<Record<string, string>> = {}): Board {
  const { variables } = board;
  if (Object.keys(variables).length === 0) return board;
  const chosen = chosenOf(board, said);
  const inText = (text: string, language: 'vi' | 'en') =>
    text.replace(PLACE, (place, name: string) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return (variable && choiceOf(variable, String(chosen[name]))?.name[language]) ?? place;
    });
  const inLink = (link: string) =>
    link.replace(PLACE, (place, name: string) => {
      const [, from = '', days = ''] = /^(ago|since)_([a-z][a-z0-9]*)$/.exec(name) ?? [];
      if (Object.hasOwn(chosen, days)) return `{${from}_${String(chosen[days])}d}`;
      return Object.hasOwn(chosen, name) ? encodeURIComponent(String(chosen[name])) : place;
    });
  const fill = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => fill(each, ''));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          name,
          key === 'params' ? valueOf(each, chosen) : fill(each, name),
        ]),
      );
    if (typeof value !== 'string') return value;
    if (key === 'vi' || key === 'en') return inText(value, key);
    return key.startsWith('opens') ? inLink(value) : value;
  };
  return BoardSchema.parse({ ...board, panels: fill(board.panels, '') });
}

/** The name of the variable that a value of a parameter names. */
export function variableIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('$') ? value.slice(1) : undefined;
}

function valueOf(value: unknown, chosen: Chosen): unknown {
  const name = variableIn(value);
  return name !== undefined && Object.hasOwn(chosen, name) ? chosen[name] : value;
}
