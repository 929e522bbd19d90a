/**
 * JSON Web Tokens for programs (RFC 7519, RFC 8725): Ed25519 alone, whatever a header says; one issuer, one yard as audience,
 * an end that every token has, an id by which it can be revoked. Knows not where keys and revocations are kept.
 */
import type { KeyObject } from 'node:crypto';
import { isRole, LONGEST_TOKEN_DAYS, type Role } from '@gityard/domain';

const ALGORITHM = 'EdDSA';
const ISSUER = 'gityard';
const CLOCK_SLACK_SECONDS = 60;
const LONGEST_SECONDS = LONGEST_TOKEN_DAYS * 86_400;

export interface TokenKey {
  /** Its fingerprint, which tokens bear as `kid`. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

interface ReadToken {
  readonly id: string;
  readonly subject: string;
  readonly role: Role;
  /** Whose jobs alone it may change; none: everything that its role may. */
  readonly namespaces: readonly string[];
  /** RFC 3339 */
  readonly expiresAt: string;
}

export interface TokenReader {
  /** undefined: it is none of ours, has expired, or was revoked. */
  read(token: string): Promise<ReadToken | undefined>;
}

interface ReadTokens {
  readonly key: TokenKey;
  /** The id of the yard. */
  readonly audience: string;
  /** Whether a token of that id was issued and not revoked. Asked only of what our key has signed. */
  isGood(id: string): Promise<boolean> | boolean;
}

export function tokenReader({ key, audience, isGood }: ReadTokens): TokenReader {
  return {
    read: async (token) => {
      const { jwtVerify } = await import('jose');
      const rules = {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        clockTolerance: CLOCK_SLACK_SECONDS,
        requiredClaims: ['sub', 'jti', 'iat', 'nbf', 'exp'],
      };
      const verified = await jwtVerify(token, key.publicKey, rules).catch(() => undefined);
      if (!verified || verified.protectedHeader.kid !== key.id) return undefined;
      const { sub, jti, iat, exp, role, namespaces = [] } = verified.payload;
      if (sub === undefined || jti === undefined || iat === undefined || exp === undefined || !isRole(role))
        return undefined;
      if (!isNames(namespaces)) return undefined;
      if (exp - iat > LONGEST_SECONDS || !(await isGood(jti))) return undefined;
      return { id: jti, subject: sub, role, namespaces, expiresAt: new Date(exp * 1000).toISOString() };
    },
  };
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((it) => typeof it === 'string');

export interface SignToken {
  readonly id: string;
  readonly subject: string;
  readonly role: Role;
  readonly namespaces?: readonly string[];
  readonly audience: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export async function signToken(
  { id, subject, role, namespaces = [], audience, issuedAt, expiresAt }: SignToken,
  key: { readonly id: string; readonly privateKey: KeyObject },
): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT({ role, ...(namespaces.length > 0 && { namespaces }) })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: key.id })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setJti(id)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key.privateKey);
}
