/**
 * `shared/tokens/<id>.json`: that somebody was given a token for the API, until when, and whether it was taken back. The token
 * itself stands nowhere: it is signed by a key that only the machine of the server has.
 */
import { closed, listOf, name, nullableText, nullableTime, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

/** Each may do what the one before it may, and more (REQUIREMENTS R129). */
export const ROLES = ['Developer', 'BuildMaster', 'Admin'] as const;
export type Role = (typeof ROLES)[number];
export const isRole = (word: unknown): word is Role => ROLES.includes(word as Role);

export const tokenSchema = closed(
  {
    schemaVersion,
    id: { ...name, description: '`jti` of the token' },
    subject: { ...text(100), description: 'in whose name its holder acts' },
    role: { enum: ROLES },
    namespaces: listOf(name, {
      maxItems: 50,
      uniqueItems: true,
      description: 'whose jobs it may change; none: everything that its role may',
    }),
    key: { ...text(100), description: 'fingerprint of the key that signed it' },
    issuedAt: time,
    issuedBy: text(255),
    expiresAt: time,
    revokedAt: nullableTime,
    revokedBy: nullableText(255),
  },
  ['id', 'subject', 'role', 'key', 'issuedAt', 'issuedBy', 'expiresAt'],
);

/** What is known of a token; whoever reads this file has no token by it. */
export type TokenRecord = TypeOf<typeof tokenSchema>;

/** Longer than anybody remembers who has it. */
export const LONGEST_TOKEN_DAYS = 90;
