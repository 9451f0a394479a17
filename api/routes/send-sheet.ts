import type { FastifyReply } from 'fastify';
import { MEDIA_TYPES, writeSheet, type SheetFormat } from './dossiers/sheet.ts';

/** Sends a sheet as a file to keep, as it is written: `name` without ending. */
export function sendSheet(
  reply: FastifyReply,
  format: SheetFormat,
  name: string,
  sheet: Parameters<typeof writeSheet>[0],
): FastifyReply {
  return reply
    .header('content-type', MEDIA_TYPES[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(writeSheet(sheet, format));
}
