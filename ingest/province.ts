import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { createWorkingTime, type WorkingTime } from './dossier/working-time.ts';
import { CalendarSchema } from './schema/calendar.ts';
import { DeviceValuesSchema, type DeviceValues } from './schema/device-values.ts';
import { FeedSchema, type Feed } from './schema/feed.ts';
import { createDeviceIndex, InventorySchema, type DeviceIndex } from './schema/inventory.ts';
import { createJudge, SeverityMapSchema, type Judge } from './schema/severity-map.ts';
import { ProbeFileSchema, type ProbeFile } from './schema/probe.ts';
import { SourceLimitsSchema, type SourceLimits } from './schema/source-limits.ts';
import { TrapFileSchema, type TrapFile } from './schema/trap-file.ts';
import { UnitTreeSchema } from './schema/unit-tree.ts';
import { createUnitIndex, type UnitIndex } from './schema/unit-index.ts';
import { reasonOf } from './pipeline/reason.ts';

/** Reads the unit tree of the province. Throws an Error that names the file and what is wrong with it. */
export async function readUnits(file: string): Promise<UnitIndex> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`the unit tree ${file} cannot be read`, { cause });
  });
  const tree = UnitTreeSchema.safeParse(parseNamed(text, file));
  if (!tree.success) throw new Error(`the unit tree ${file} is not valid: ${reasonOf(tree.error)}`);
  return createUnitIndex(tree.data);
}

/** Reads the devices of the province; none when there is no such file. Throws an Error that names the file and what is wrong with it. */
export async function readInventory(file: string): Promise<DeviceIndex> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'devices: []';
    throw new Error(`the inventory ${file} cannot be read`, { cause });
  });
  const inventory = InventorySchema.safeParse(parseNamed(text, file));
  if (!inventory.success) throw new Error(`the inventory ${file} is not valid: ${reasonOf(inventory.error)}`);
  return createDeviceIndex(inventory.data);
}

/** Reads the feeds in a folder that are on, by their ids (names of files); none when there is no folder. Throws an Error that names the file and what is wrong with it. */
export async function readFeeds(folder: string): Promise<Map<string, Feed>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  const feeds = await Promise.all(
    names.map(async (name): Promise<[string, Feed]> => {
      const file = join(folder, name);
      const feed = FeedSchema.safeParse(parseNamed(await readFile(file, 'utf8'), file));
      if (!feed.success) throw new Error(`the feed ${name} is not valid: ${reasonOf(feed.error)}`);
      return [name.slice(0, -'.yaml'.length), feed.data];
    }),
  );
  return new Map(feeds.filter(([, { enabled }]) => enabled));
}

/** Reads the probes in a folder that are on, by the names of their files. Throws an Error that names the file and what is wrong with it. */
export async function readProbes(folder: string): Promise<Map<string, ProbeFile>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  const files = await readFiles(folder, ProbeFileSchema);
  return new Map(
    files.flatMap((file, index): [string, ProbeFile][] =>
      file.enabled ? [[(names[index] ?? '').slice(0, -'.yaml'.length), file]] : [],
    ),
  );
}

/** Reads how long sources may be silent; without such a file none has a limit. Throws an Error that names the file and what is wrong with it. */
export async function readSourceLimits(file: string): Promise<SourceLimits> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '{}';
    throw new Error(`the limits of sources ${file} cannot be read`, { cause });
  });
  const limits = SourceLimitsSchema.safeParse(parseNamed(text, file));
  if (!limits.success) throw new Error(`the limits of sources ${file} are not valid: ${reasonOf(limits.error)}`);
  return limits.data;
}

/** Reads the working time of the province: that of the calendar which its unit tree names. Throws what is wrong with either file. */
export async function readWorkingTime(units_file: string, calendar_dir: string): Promise<WorkingTime> {
  const { calendar } = UnitTreeSchema.parse(parse(await readFile(units_file, 'utf8')));
  return createWorkingTime(CalendarSchema.parse(parse(await readFile(join(calendar_dir, `${calendar}.yaml`), 'utf8'))));
}

/** Reads the maps of severities in a folder. Throws an Error that names the file and what is wrong with it. */
export async function readSeverities(folder: string): Promise<Judge> {
  return createJudge(await readFiles(folder, SeverityMapSchema));
}

/** Reads what kinds of device have beside their ports. Throws an Error that names the file and what is wrong with it. */
export async function readDeviceValues(folder: string): Promise<DeviceValues[]> {
  return readFiles(folder, DeviceValuesSchema);
}

/** Reads what notifications of devices mean. Throws an Error that names the file and what is wrong with it. */
export async function readTrapFiles(folder: string): Promise<TrapFile[]> {
  return readFiles(folder, TrapFileSchema);
}

/** The files of a folder, in the order of their names; none where there is no such folder. */
async function readFiles<T>(folder: string, schema: z.ZodType<T>): Promise<T[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const read = schema.safeParse(parseNamed(await readFile(file, 'utf8'), file));
      if (!read.success) throw new Error(`${file} is not valid: ${reasonOf(read.error)}`);
      return read.data;
    }),
  );
}

/** What YAML says. Throws an Error that names the file, and line and column of what is no YAML. */
function parseNamed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [at] = error.linePos ?? [];
    const [what = ''] = error.message.split(' at line ', 1);
    throw new Error(`${file}:${at?.line ?? 1}:${at?.col ?? 1}: ${what}`, { cause: error });
  }
}
