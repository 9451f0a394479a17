import { z } from 'zod';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { VariablesSchema } from './variable.ts';

/** A use of a query: its file, and values of its parameters; `$period` is the value of the board's variable `period`. */
export const QueryUseSchema = z.strictObject({
  query: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
});
export type QueryUse = z.output<typeof QueryUseSchema>;

/** Where a click leads: a path inside the product; `{unit}` and the like are filled from the row. */
const OpensSchema = z.string().startsWith('/').optional();

/** Any number of queries, named by the board, each following its own log; their rows are drawn as one list, and may lead to places of their own. */
const ListUsesSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]*$/), QueryUseSchema.extend({ opens: OpensSchema }))
  .refine((uses) => Object.keys(uses).length > 0, 'no query; allowed: at least one, by any name');

/** Columns that each kind of panel reads from each of its queries, by role (`each`: whatever its name); `check` compares them with the query's declared rows. */
export const KIND_COLUMNS = {
  /**
   * value; `previous` to compare with; `of` a whole that the value is a part of (drawn beside it whenever the query gives it);
   * `note` what the second line says, see `options.note`. All but value may be absent.
   */
  figure: { main: ['value'], trend: ['t', 'value'] },
  /** Lines over time: one row an instant and series; `previous` to compare with may be absent. */
  series: { main: ['t', 'series', 'value'] },
  /** Stacked columns over time. */
  stack: { main: ['t', 'series', 'value'] },
  /** Ranked horizontal bars: one row a unit or category. A value of a unit that is `silent` is old: it is drawn as missing, last. */
  bars: { main: ['label', 'value'], silent: ['unit'] },
  /** Areas by unit, those `silent` without a value, links between units, and marks at the seats of units with open alerts. */
  map: {
    main: ['unit', 'value'],
    silent: ['unit'],
    links: ['link_id', 'from_unit', 'to_unit', 'up'],
    alerts: ['unit', 'severity'],
  },
  /** Units over time: one row a unit and step of time; a step without a row is not known. */
  matrix: { main: ['label', 't', 'value'] },
  /** Values against what they have to reach: one row a bar. `label` where there are several; `goal` in place of the metric's target; `due_at` by when, drawn while it is not reached. */
  target: { main: ['value'] },
  /** Ranked units or names: one row each, in their order. `previous` to compare with, `why` in words or an id of `labels`, may be absent. */
  league: { main: ['label', 'value'] },
  /** Steps that follow each other, in the order of the rows: how much of each is left in the next. */
  funnel: { main: ['label', 'value'] },
  /** Days by weeks: one row a day, `t` in it. A day without a row is not known. */
  calendar: { main: ['t', 'value'] },
  /** What is wrong now, worst first. */
  alerts: { each: ['id', 'severity', 'kind', 'unit', 'since', 'value'] },
  /** What just happened, newest first. */
  feed: { each: ['id', 't', 'family', 'type', 'unit', 'text'] },
  /** Rows as they are, in the order of the query; the columns that are drawn are named by the panel. */
  table: { main: ['id'] },
} as const;
export type PanelKind = keyof typeof KIND_COLUMNS;

/** A place on the grid, in cells from the top left. */
const PlaceSchema = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().min(1),
  h: z.int().min(1),
});

const base = {
  title: TextSchema,
  /** The one question that the panel answers. */
  question: TextSchema,
  /** The metric whose name, unit, format, limits and definition are used. */
  metric: z.string(),
  /** The families of events that it is made of; its age is theirs. */
  sources: z.array(z.enum(FAMILY_NAMES)).min(1),
  /** Age of the newest reception beyond which the figure is stale, in seconds. */
  stale_after_s: z.int().min(5),
  at: PlaceSchema,
  /** Place on a wall of two screens side by side (wider than 2.1:1); that of `at` when absent. */
  at_wide: PlaceSchema.optional(),
  /**
   * Where a click leads. Places: every column of the row; `{unit}` the row's unit, or the board's; `{scope}` the board's; `{own}` set where
   * both are one; `{today}`, `{yesterday}`, `{month}`, `{ago_30d}`, `{ago_1h}` before the figure's instant, `{since_7d}` the midnight that seven days began with, of which it is in the last; of charts over time `{from}`,
   * their first instant, and `{series}`; of a variable its value, and `{ago_period}`, `{since_period}` so many days. A query parameter that is not known is left out. Lists are opened as of the figure's instant.
   */
  opens: OpensSchema,
};

const series = z.strictObject({
  id: z.string(),
  name: TextSchema,
  color: z.enum(['in', 'out', 'neutral', 'warn', 'alarm', 'low', 'medium', 'high', 'critical', 'unclassified']),
});

/** Charts over time. `limits` draws the metric's target, and the limit of its last step, across: not where the lines are parts or sums of what the metric is. */
const overTime = { series: z.array(series).min(1), limits: z.boolean().default(true) };

/** How rows with a `label` are named. */
const named = {
  /** What `label` holds: the code of a unit, the id of one of `labels` (drawn by the row's `name` where it is none), or just a key (`row`): drawn is that of `labels` which the row's `group` names, and its `name` or the name of its `unit`. */
  label: z.enum(['unit', 'text', 'row']).default('unit'),
  labels: z.record(z.string(), TextSchema).default({}),
};
/** How the labels of a panel are named. */
export interface LabelOptions {
  label: 'unit' | 'text' | 'row';
  labels: Readonly<Record<string, z.output<typeof TextSchema>>>;
}

/** How a cell of a table is written, and the type that its column has: see `CELL_TYPES`. */
const CELL_FORMATS = [
  'text',
  'word',
  'unit',
  'severity',
  'clock',
  'date',
  'age',
  'span',
  'integer',
  'decimal',
  'percent',
  'bytes',
] as const;
export type CellFormat = (typeof CELL_FORMATS)[number];

/**
 * Types of the columns that tables draw. `word` is the id of one of `labels`; `unit` a unit's code; `severity` 0 to 4; `clock`, `date` and `age` an
 * instant, as the time of day, the day or how long ago; `span` a length in milliseconds; `bytes` a size.
 */
export const CELL_TYPES: Readonly<Record<CellFormat, 'text' | 'number' | 'instant'>> = {
  ...{
    text: 'text',
    word: 'text',
    unit: 'text',
    severity: 'number',
    clock: 'instant',
    date: 'instant',
    age: 'instant',
  },
  ...{ span: 'number', integer: 'number', decimal: 'number', percent: 'number', bytes: 'number' },
};

/** A column of a table. */
const CellSchema = z.strictObject({
  /** The column of the query. */
  column: z.string(),
  title: TextSchema,
  format: z.enum(CELL_FORMATS),
  labels: z.record(z.string(), TextSchema).default({}),
  /** Takes the room that the others leave. */
  grows: z.boolean().default(false),
  /** The column that holds the limit of this one, in its unit (milliseconds of an age): beyond it the cell is marked. */
  limit: z.string().optional(),
  /** Where the cell leads, when not where its row does; told the number when it is one. */
  opens: OpensSchema,
});
export type TableCell = z.output<typeof CellSchema>;

/** A panel as written, by kind. */
export const PanelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('figure'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema, trend: QueryUseSchema.optional() }),
    options: z
      .strictObject({
        /** `part`: value / of; `delta`: change against `previous`; `note`: the note column; `target`: the metric's target. */
        second: z.enum(['part', 'delta', 'note', 'target', 'none']).default('none'),
        /** What the note column holds: words, the code of a unit (drawn as its short name; nothing when empty), or a number. */
        note: z.enum(['text', 'unit', 'number']).default('text'),
        /** What the comparison is with, or what the second line says before the note. */
        caption: TextSchema.optional(),
        /** Draws the value in the alarm colour when it is above zero. */
        alarm: z.boolean().default(false),
        color: z.enum(['in', 'out', 'alarm', 'warn']).default('in'),
        /** Where the whole beside the value, and the second line, lead. */
        opens_of: OpensSchema,
        opens_note: OpensSchema,
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('series'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
    /** `caption`: what the dashed lines are, where the rows have a `previous`. */
    options: z.strictObject({ ...overTime, caption: TextSchema.optional() }),
  }),
  z.strictObject({
    kind: z.literal('stack'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject(overTime),
  }),
  z.strictObject({
    kind: z.literal('bars'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema, silent: QueryUseSchema.optional() }),
    options: z
      .strictObject({
        ...named,
        /** How many bars at most, worst first. */
        top: z.int().min(1).max(30).default(8),
        /** Colour by the metric's limits, or one colour. */
        color: z.enum(['limits', 'in', 'out']).default('limits'),
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('map'),
    ...base,
    queries: z.strictObject({
      main: QueryUseSchema,
      silent: QueryUseSchema.optional(),
      links: QueryUseSchema.optional(),
      alerts: QueryUseSchema.optional(),
    }),
    options: z.strictObject({ map: z.string().optional() }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('matrix'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
  }),
  z.strictObject({
    kind: z.literal('target'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject({ ...named, top: z.int().min(1).max(30).default(12) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('league'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z
      .strictObject({
        ...named,
        top: z.int().min(1).max(60).default(20),
        /** What the comparison is with. */
        caption: TextSchema.optional(),
      })
      .prefault({}),
  }),
  z.strictObject({
    kind: z.literal('funnel'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject({ ...named, color: z.enum(['in', 'out']).default('in') }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('calendar'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
  }),
  z.strictObject({
    kind: z.literal('alerts'),
    ...base,
    queries: ListUsesSchema,
    options: z.strictObject({ top: z.int().min(1).max(20).default(5) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('feed'),
    ...base,
    queries: ListUsesSchema,
    options: z.strictObject({ top: z.int().min(1).max(100).default(20) }).prefault({}),
  }),
  z.strictObject({
    kind: z.literal('table'),
    ...base,
    queries: z.strictObject({ main: QueryUseSchema }),
    options: z.strictObject({
      columns: z.array(CellSchema).min(1).max(12),
      /** How many rows at most. */
      top: z.int().min(1).max(100).default(20),
    }),
  }),
]);
export type WrittenPanel = z.input<typeof PanelSchema>;
export type Panel = z.output<typeof PanelSchema>;

/** A board file `boards/<id>.yaml`. The wall scales the grid to the screen; panels may not overlap nor overflow. */
export const BoardSchema = z.strictObject({
  title: TextSchema,
  /** Its place among the boards: they are listed, and shown in turn, by it. */
  order: z.int().min(1).max(999).default(999),
  /** Whether it is drawn on the page of each unit: it is then offered as no wall of its own. */
  of_unit: z.boolean().default(false),
  /** The heading on the wall; the province's own heading when absent. */
  heading: TextSchema.optional(),
  /** What its owner asks at the morning briefing. */
  questions: z.array(TextSchema).min(1),
  grid: z.strictObject({ columns: z.int().min(1).max(96), rows: z.int().min(1).max(96) }),
  /** Shared by its panels: their parameters say `$period`, and their texts `{period}` for the name of what is chosen. */
  variables: VariablesSchema.default({}),
  panels: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), PanelSchema),
});
export type WrittenBoard = z.input<typeof BoardSchema>;
export type Board = z.output<typeof BoardSchema>;
