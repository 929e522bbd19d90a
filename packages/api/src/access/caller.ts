/** Who calls: a page whose session was opened with the server's key, or a program with a token. */

import type { Role } from '@gityard/domain';
import type { FastifyRequest } from 'fastify';
import type { Sessions } from '../sessions.ts';
import type { TokenReader } from './tokens.ts';

export interface Caller {
  /** Under which their deeds stand in the history. */
  readonly name: string;
  readonly role: Role;
  /** Whose jobs alone they may change; none: everything that the role may. */
  readonly namespaces: readonly string[];
  /** Of this session or token alone: what was asked with one is nobody else's. */
  readonly id: string;
  readonly by: 'session' | 'token';
  /** Asked while an answer goes on. */
  isStillGood(): Promise<boolean>;
}

export interface KnownBy {
  readonly sessions: Sessions;
  readonly tokens: TokenReader | undefined;
}

/** `invalid`: there is a token, and it is none of ours, or it is no longer good. */
export async function callerOf(
  request: FastifyRequest,
  { sessions, tokens }: KnownBy,
): Promise<Caller | 'invalid' | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return (await bearer(authorization, tokens)) ?? 'invalid';
  const id = sessions.idOf(request);
  // Whoever has the key started this server, or was let in by who did.
  if (id === undefined) return null;
  const isStillGood = async (): Promise<boolean> => sessions.idOf(request) === id;
  return { name: sessions.nameOf(request) ?? '', role: 'Admin', namespaces: [], id, by: 'session', isStillGood };
}

async function bearer(authorization: string, tokens: TokenReader | undefined): Promise<Caller | undefined> {
  const [, token] = /^Bearer ([\w.-]{1,4000})$/i.exec(authorization) ?? [];
  if (token === undefined || !tokens) return undefined;
  const read = await tokens.read(token);
  const isStillGood = async (): Promise<boolean> => (await tokens.read(token)) !== undefined;
  return (
    read && { name: read.subject, role: read.role, namespaces: read.namespaces, id: read.id, by: 'token', isStillGood }
  );
}
