/** Notes that a token was given out, or taken back. Those that ended long ago make room: the history remembers them. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { LONGEST_TOKEN_DAYS, type Role, type TokenRecord } from '../../entities/token.ts';
import { namespaceNamed } from '../../namespaces/namespace-of.ts';
import type { Change, State } from '../../state.ts';
import { clipped } from '../../text.ts';
import { DAY_MS, elapsedMs, type Time } from '../../time.ts';
import { validate } from '../../validate.ts';

const FORGOTTEN_AFTER_DAYS = 30;
/** Names stand in lists, in the history and in terminals: nothing in one may end its line, or turn it around. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

export interface IssueToken {
  readonly id: string;
  readonly subject: string;
  readonly role: Role;
  /** Whose jobs alone; none: everything that the role may. */
  readonly namespaces?: readonly string[];
  /** Fingerprint of the key that signs it. */
  readonly key: string;
  readonly expiresAt: Time;
  readonly by: string;
  readonly now: Time;
}

export function issueToken(
  state: State,
  { id, subject, role, namespaces = [], key, expiresAt, by, now }: IssueToken,
): Decision<TokenRecord> {
  const { tokens } = state;
  if (tokens.has(id)) return refuse('DUPLICATE_ID', `token ${id} exists already`, [id]);
  const lastsMs = elapsedMs(now, expiresAt);
  if (!(lastsMs > 0) || lastsMs > LONGEST_TOKEN_DAYS * DAY_MS)
    return refuse(
      'INVALID_DATA',
      `a token lasts from now on for at most ${LONGEST_TOKEN_DAYS} days, and not until ${expiresAt}`,
      [id],
    );
  const unknown = namespaces.find((it) => !namespaceNamed(state.yard, it));
  if (unknown !== undefined) return refuse('NOT_FOUND', `there is no namespace ${unknown}`, [unknown]);
  if (subject.trim() === '') return refuse('INVALID_DATA', 'a token is somebody’s: say whose', [id]);
  if (UNPRINTABLE.test(subject)) return refuse('INVALID_DATA', 'a name is one line, of characters that one sees', [id]);
  const who = { subject, role, namespaces: [...namespaces] };
  const issued = { schemaVersion: 1, id, ...who, key, issuedAt: now, issuedBy: clipped(by, 255), expiresAt };
  const checked = validate('token', issued);
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [id]);
  const token = checked.value;
  const summary = `issue token ${id} for ${subject} as ${role}${namespaces.length === 0 ? '' : ` in ${namespaces.join(', ')}`}`;
  return accept(token, [{ kind: 'token', id, value: token }, ...forgotten(state, now)], summary);
}

export interface RevokeToken {
  readonly id: string;
  readonly by: string;
  readonly reason?: string | null;
  readonly now: Time;
}

export function revokeToken({ tokens }: State, { id, by, reason = null, now }: RevokeToken): Decision<TokenRecord> {
  const token = tokens.get(id);
  if (!token) return refuse('NOT_FOUND', `no token is called ${id}`, [id]);
  if (token.revokedAt !== null) return accept(token, [], `token ${id} is revoked already`);
  const revoked: TokenRecord = { ...token, revokedAt: now, revokedBy: clipped(by, 255) };
  return accept(revoked, [{ kind: 'token', id, value: revoked }], `revoke token ${id} of ${token.subject}`, { reason });
}

const forgotten = ({ tokens }: State, now: Time): Change[] =>
  [...tokens]
    .filter(({ expiresAt }) => elapsedMs(expiresAt, now) > FORGOTTEN_AFTER_DAYS * DAY_MS)
    .map(({ id }) => ({ kind: 'token', id, value: null }));
