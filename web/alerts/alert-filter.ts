/** What the inbox can be narrowed by besides its unit, under the names of the API. */
export const ALERT_KEYS = ['state', 'human', 'severity', 'domain', 'rule', 'assignee', 'q'] as const;

/** What alerts are about, as rules say it. */
export const DOMAINS = [
  'dossier',
  'centre',
  'network',
  'datacenter',
  'security',
  'city',
  'source',
  'wall',
  'product',
] as const;

/** The lists of the inbox: what somebody should look at (open, or over before anybody saw it) is the one that is shown unless another is asked for. */
export const LISTS = ['unsettled', 'open', 'pending', 'resolved', 'all'] as const;

/** The list of a filter. */
export function listOf(filter: Readonly<Record<string, string>>): (typeof LISTS)[number] {
  return LISTS.find((known) => known === filter.state) ?? 'unsettled';
}
