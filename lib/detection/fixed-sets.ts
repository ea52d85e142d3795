/** What findings are called. Apart from the schemas, which screens need not carry. */
export const QUADRANTS = ['distillation', 'reseller_review', 'lone_extraction', 'benign'] as const;
export type Quadrant = (typeof QUADRANTS)[number];

/** `weak`: retention under the configured .3; shown, never proposed by itself. */
export const MEMBER_ROLES = ['core', 'member', 'weak'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
