import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { createSeal } from './seal.ts';

/** Who handed a dossier in, and how to reach them. What nobody said is empty. Numbers of papers are never kept. */
export const ApplicantSchema = z.object({ name: z.string(), phone: z.string(), email: z.string() });
export type Applicant = z.output<typeof ApplicantSchema>;

/** The dossier that an applicant belongs to. */
export interface ApplicantPlace {
  unit_path: string;
  dossier_id: string;
}

/** Keeps applicants: a client of `writer`. */
export interface ApplicantWriter {
  /** Resolves when all are stored; throws what the store says. */
  keep: (applicants: readonly (ApplicantPlace & Applicant & { received_at: number })[]) => Promise<void>;
}

/** Reads them: a client of `keeper`. */
export interface ApplicantReader {
  /** The applicant of a dossier; undefined when none is kept, or it was sealed with another secret. Throws what the store says. */
  find: (place: ApplicantPlace) => Promise<Applicant | undefined>;
}

const RowsSchema = z.array(z.object({ sealed: z.string() }));

const placeText = ({ unit_path, dossier_id }: ApplicantPlace): string => `${unit_path}\0${dossier_id}`;

/** Keeps applicants sealed with `secret`. */
export function clickhouseApplicantWriter(client: ClickHouseClient, secret: string): ApplicantWriter {
  const { seal } = createSeal(secret);
  return {
    keep: async (applicants) => {
      if (applicants.length === 0) return;
      await client.insert({
        table: 'personal.applicant',
        format: 'JSONEachRow',
        values: applicants.map(({ unit_path, dossier_id, received_at, name, phone, email }) => ({
          ...{ unit_path, dossier_id, received_at: new Date(received_at).toISOString().slice(0, -1) },
          sealed: seal(JSON.stringify({ name, phone, email }), placeText({ unit_path, dossier_id })),
        })),
      });
    },
  };
}

/** Reads what was kept with the same `secret`. */
export function clickhouseApplicantReader(client: ClickHouseClient, secret: string): ApplicantReader {
  const { open } = createSeal(secret);
  return {
    find: async (place) => {
      const reply = await client.query({
        query: `SELECT sealed FROM personal.applicant WHERE unit_path = {unit_path:String} AND dossier_id = {dossier_id:String}
          ORDER BY received_at DESC LIMIT 1`,
        query_params: { ...place },
        format: 'JSONEachRow',
      });
      const [row] = RowsSchema.parse(await reply.json());
      const text = row && open(row.sealed, placeText(place));
      return text === undefined ? undefined : ApplicantSchema.parse(JSON.parse(text));
    },
  };
}
