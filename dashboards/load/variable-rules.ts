import type { z } from 'zod';
import { variableIn } from '../fill-variables.ts';
import type { Board, Panel, QueryUse } from '../schema/board.ts';
import type { FileFault } from '../schema/fault.ts';
import type { QueryParamSchema } from '../schema/query.ts';
import { TAKEN_NAMES } from '../schema/variable.ts';
import { refuseParam } from './query-rules.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

type Variables = Board['variables'];

/** Why a value of a board, or any choice of the variable that it names, cannot be given to a parameter; undefined when it can. */
export function refuseValue(
  param: z.output<typeof QueryParamSchema>,
  value: number | string,
  variables: Variables,
): string | undefined {
  const name = variableIn(value);
  if (name === undefined) return refuseParam(param, value);
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (!variable) return `names no variable of the board, "$${name}"; ${allowedOf(name, variables)}`;
  const refused = variable.choices.map((choice) => refuseParam(param, choice.value)).find((why) => why !== undefined);
  return refused === undefined ? undefined : `by a choice of the variable "${name}" ${refused}`;
}

/** Checks what a board lets people choose, that its panels use each of it, and that no text speaks of another. */
export function checkVariables(yaml: YamlFile<Board>, { variables, panels }: Board): FileFault[] {
  const used = new Set(Object.values(panels).flatMap((panel) => paramsOf(panel).flatMap(variableOf)));
  const declared = Object.entries(variables).flatMap(([name, variable]) => {
    const path = ['variables', name];
    const values = variable.choices.map(({ value }) => value);
    const faults = values.flatMap((value, index) => {
      // an address says a value as text
      const isTwice = values.findIndex((other) => String(other) === String(value)) < index;
      return isTwice
        ? [yaml.fault([...path, 'choices', index, 'value'], `choice "${value}" stands twice; allowed: each once`)]
        : [];
    });
    if (!values.includes(variable.default))
      faults.push(
        yaml.fault(
          [...path, 'default'],
          `is ${JSON.stringify(variable.default)}, which is no choice; allowed: ${values.map((value) => JSON.stringify(value)).join(', ')}`,
        ),
      );
    if (TAKEN_NAMES.includes(name))
      faults.push(yaml.fault(path, `"${name}" is taken; allowed: a name but ${TAKEN_NAMES.join(', ')}`, 'key'));
    if (!used.has(name))
      faults.push(
        yaml.fault(
          path,
          `no panel uses the variable "${name}"; allowed: a parameter of a query that says $${name}`,
          'key',
        ),
      );
    return faults;
  });
  const said = Object.entries(panels).flatMap(([id, panel]) => checkTexts(yaml, ['panels', id], panel, variables));
  return [...declared, ...said];
}

function paramsOf(panel: Panel): (string | number)[] {
  const uses: Readonly<Record<string, QueryUse | undefined>> = panel.queries;
  return Object.values(uses).flatMap((use) => Object.values(use?.params ?? {}));
}

function variableOf(value: string | number): string[] {
  const name = variableIn(value);
  return name === undefined ? [] : [name];
}

/** A place of a text that nothing fills would stand on the wall as it is written. */
function checkTexts(
  yaml: YamlFile<Board>,
  path: readonly PropertyKey[],
  value: unknown,
  variables: Variables,
): FileFault[] {
  if (typeof value === 'string') {
    const language = path.at(-1);
    if (language !== 'vi' && language !== 'en') return [];
    const unknown = [...value.matchAll(/\{([a-z][a-z0-9_]*)\}/g)].flatMap(([, name = '']) =>
      Object.hasOwn(variables, name) ? [] : [name],
    );
    return unknown.map((name) =>
      yaml.fault(path, `"{${name}}" is no variable of the board; ${allowedOf(name, variables)}`),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    checkTexts(yaml, [...path, Array.isArray(value) ? Number(key) : key], each, variables),
  );
}

function allowedOf(name: string, variables: Variables): string {
  const names = Object.keys(variables);
  return names.length === 0 ? 'allowed: none, the board has no variables' : choices(name, names);
}
