import type { FastifyInstance } from 'fastify';
import applicantRoute from './applicant-route.ts';
import detailRoute from './detail-route.ts';
import exportRoutes from './export-routes.ts';
import listRoute from './list-route.ts';
import rulesRoute from './rules-route.ts';
import summaryRoute from './summary-route.ts';

/** Dossiers: the figures, the lists they lead to, the dossiers in them, and both as files. */
export default function dossierRoutes(app: FastifyInstance): void {
  listRoute(app);
  summaryRoute(app);
  rulesRoute(app);
  exportRoutes(app);
  detailRoute(app);
  applicantRoute(app);
}
