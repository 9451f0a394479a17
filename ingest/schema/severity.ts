/**
 * The four severities of security events and alerts, and `unclassified` for a source that gives none.
 * The number is what is stored and sorted by; 0 is its own bucket and never counted as low.
 */
export const SEVERITIES = ['unclassified', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
