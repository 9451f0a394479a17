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
  /**
   * Areas by unit, those `silent` without a value, links between units, marks at the seats of units with open alerts; a point a thing, a ring an event, each where its
   * `latitude` and `longitude` say, or at the seat of its unit. A point is named by its `place`, and has the shape of its `severity`, as a ring its colour; these may be absent.
   */
  map: {
    main: ['unit', 'value'],
    silent: ['unit'],
    links: ['link_id', 'from_unit', 'to_unit', 'up'],
    alerts: ['unit', 'severity'],
    points: ['id', 'unit', 'value'],
    pulses: ['id', 't', 'unit'],
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
  /** One value on a scale from `options.min` to `options.max`, the metric's limits and target upon it. `of` a whole that the scale ends at, may be absent. */
  gauge: { main: ['value'] },
  /** How units reach the data centre: rings behind each other, the links on them, and who is behind those that are down. See `NETWORK_COLUMNS`. */
  topology: { main: ['part', 'id', 'behind', 'unit', 'state', 'cut_off'] },
  /** Words, which ask nothing. */
  text: {},
  /** A picture, which asks nothing. */
  image: {},
} as const;
export type PanelKind = keyof typeof KIND_COLUMNS;
