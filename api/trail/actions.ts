/** Routes whose use is noted, as `METHOD /path`, and what the act is called. A route that writes and is not named here is noted by its path. */
export const ACTIONS = {
  'POST /api/session': 'login',
  'POST /api/session/oidc': 'login',
  'POST /api/session/oidc/begin': 'login.begun',
  'DELETE /api/session': 'logout',
  'POST /api/session/password': 'password.changed',
  'POST /api/setup': 'setup',
  'DELETE /api/sessions/:id': 'session.ended',
  'POST /api/accounts': 'account.made',
  'PATCH /api/accounts/:id': 'account.changed',
  'POST /api/tokens': 'token.issued',
  'DELETE /api/tokens/:id': 'token.revoked',
  'POST /api/alerts/act': 'alert.acted',
  'POST /api/shifts/:step': 'shift.acted',
  'POST /api/chases': 'chase.sent',
  'POST /api/chases/:id/:action': 'chase.acted',
  'POST /api/screens/enrol': 'screen.asked',
  'POST /api/screens/claim': 'screen.claimed',
  'POST /api/screens/own/renew': 'screen.renewed',
  'POST /api/screens': 'screen.confirmed',
  'PATCH /api/screens/:id': 'screen.changed',
  'PUT /api/screens/:id/message': 'screen.told',
  'DELETE /api/screens/:id/message': 'screen.untold',
  'POST /api/screens/:id/reload': 'screen.reloaded',
  'DELETE /api/screens/:id': 'screen.revoked',
  'POST /api/silences': 'silence.set',
  'DELETE /api/silences/:id': 'silence.ended',
  'POST /api/alertmanager/api/v2/silences': 'silence.set',
  'DELETE /api/alertmanager/api/v2/silence/:id': 'silence.ended',
  'POST /api/entries': 'entry.made',
  'POST /api/imports': 'import',
  'POST /api/sources/redrive': 'letters.redriven',
  'POST /api/apologies': 'apology.noted',
  'POST /api/apologies/revoke': 'apology.revoked',
  'GET /api/dossiers/:id': 'dossier.opened',
  'GET /api/dossiers/:id/applicant': 'applicant.seen',
  'GET /api/dossiers/export.:format': 'export.dossiers',
  'GET /api/dossiers/summary.:format': 'export.summary',
} as const;
/** An act that has a name of its own. */
export type TrailAction = (typeof ACTIONS)[keyof typeof ACTIONS];

const named = new Map<string, TrailAction>(Object.entries(ACTIONS));

/** Writes that are no acts of anybody: a monitor pushes once a minute, and what it says is kept as the alerts that it is. */
const UNNOTED: readonly string[] = ['POST /api/alertmanager/api/v2/alerts'];

/** Acts that somebody does who is nobody yet: what they try counts. Of any other route, those who are nobody are turned away unnoted. */
export const AT_THE_DOOR: readonly string[] = ['login', 'setup'];

/** What a request is called in the log of what was done; undefined for one that is not noted: it only looks. */
export function actionOf(method: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const route = `${method} ${path}`;
  const action = named.get(route);
  if (action !== undefined) return action;
  if (UNNOTED.includes(route)) return undefined;
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? undefined : route;
}
