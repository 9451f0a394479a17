/** What accounts, tokens and screens are for. Each but the administrator sees one subtree, which may be the province. */
export const ROLES = ['leader', 'duty', 'centre', 'viewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that see the whole province; the others are of one unit. */
export const WHOLE_ROLES: readonly Role[] = ['leader', 'duty', 'admin'];

/**
 * What a route asks for: nothing, to look, to act on what is seen (chase, enter, note), to bring files whose rows name any unit, to write boards, to
 * administer.
 */
export type Access = 'public' | 'read' | 'act' | 'import' | 'edit' | 'administer';

const MAY: Record<Role, readonly Access[]> = {
  leader: ['read'],
  duty: ['read', 'act', 'import', 'edit'],
  centre: ['read', 'act'],
  viewer: ['read'],
  admin: ['read', 'act', 'import', 'edit', 'administer'],
};

/** Whether a role may do what a route asks for. */
export function may(role: Role, access: Access): boolean {
  return access === 'public' || MAY[role].includes(access);
}
