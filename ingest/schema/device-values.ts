import { z } from 'zod';

const oid = z.string().regex(/^1(?:\.\d+)+$/, 'is a numeric OID without a leading dot');
const metric = z.string().regex(/^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/, 'is domain.noun, such as device.temperature');

/** What a code of a device means: its value in a reading is its place here, from 0. */
export const DEVICE_STATES = ['ok', 'warning', 'critical'] as const;

/** A value of devices: where it stands, and what it becomes. */
const DeviceValueSchema = z.strictObject({
  metric,
  /** UCUM text: `Cel`, `%`, `V`. */
  unit: z.string().max(32).default('1'),
  /** An object (it ends in `.0`), or a column of a table: a value for each row. */
  oid,
  /** What is measured there, where the device does not say. */
  place: z.string().max(100).optional(),
  /** The column that names the rows. */
  name: oid.optional(),
  /** The value is multiplied by it. */
  scale: z.number().default(1),
  /** The whole: the value becomes its share in percent. */
  of: oid.optional(),
  /** What is left of it: the value becomes its share of both, in percent. */
  free: oid.optional(),
  /** The value says what is left, and 100 % less it is meant. Only beside `of`, or of a value in percent. */
  left: z.boolean().default(false),
  /** Only rows whose other column is one of these. */
  where: z.strictObject({ oid, is: z.array(z.union([z.number(), z.string()])).min(1) }).optional(),
  /** Numbers by which the device says that it has no value. */
  missing: z.array(z.number()).default([]),
  /** Codes of a state by what they mean; others are no value. */
  states: z
    .strictObject({
      ok: z.array(z.int()),
      warning: z.array(z.int()).default([]),
      critical: z.array(z.int()).default([]),
    })
    .optional(),
  /** Columns that hold the limits that the device watches, in the measure of the value. */
  high: oid.optional(),
  low: oid.optional(),
});
export type DeviceValue = z.output<typeof DeviceValueSchema>;

/** `devices/<name>.yaml`: the values that a kind of device has beside its ports. */
export const DeviceValuesSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** `sysObjectID`, or the beginnings of it, of the devices that have them; any device where absent. */
  objects: z.array(oid).min(1).optional(),
  values: z.array(DeviceValueSchema).min(1),
});
export type DeviceValues = z.output<typeof DeviceValuesSchema>;
