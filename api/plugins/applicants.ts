import type { ClickHouseClient } from '@clickhouse/client';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { clickhouseApplicantReader, type ApplicantReader } from '#ingest/clickhouse/applicant/applicants.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Reads who handed dossiers in; undefined where that is not kept. */
    applicants: ApplicantReader | undefined;
  }
}

/** A client of the user `keeper`, ended with the app, and the secret that applicants are sealed with. */
export interface ApplicantsOptions {
  client?: ClickHouseClient;
  key?: string;
}

/** Who handed dossiers in, where an installation keeps that. */
export default fp<ApplicantsOptions>(
  (app: FastifyInstance, { client, key }, done) => {
    app.decorate('applicants', client && key !== undefined ? clickhouseApplicantReader(client, key) : undefined);
    app.addHook('onClose', () => client?.close());
    done();
  },
  { name: 'applicants' },
);
