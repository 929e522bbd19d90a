/**
 * Who may give commands: whoever had the key, which `gityard` printed, and traded it for a cookie that no script can read.
 * Both live as long as this process.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Each is a browser; the oldest makes room. */
const MOST_SESSIONS = 1_000;

export class Sessions {
  readonly #key: string | undefined;
  readonly #names = new Map<string, string>();

  constructor(key: string | undefined) {
    this.#key = key;
  }

  /** The cookie to set; undefined: that is not the key. */
  open(key: string, { name, request }: { name: string; request: FastifyRequest }): string | undefined {
    if (this.#key === undefined || !isSame(key, this.#key)) return undefined;
    const [oldest] = this.#names.keys();
    if (oldest !== undefined && this.#names.size >= MOST_SESSIONS) this.#names.delete(oldest);
    const session = randomBytes(32).toString('base64url');
    this.#names.set(session, name);
    // Where a proxy encrypts, only the browser's word tells; no page of http can say so of itself.
    const secure = request.headers.origin?.startsWith('https:') ? '; Secure' : '';
    return `${cookieName(request)}=${session}; Path=/api/; HttpOnly; SameSite=Strict${secure}`;
  }

  idOf(request: FastifyRequest): string | undefined {
    const session = cookieIn(request);
    return session !== undefined && this.#names.has(session) ? session : undefined;
  }

  /** Under which the commands of this session stand in the history. */
  nameOf(request: FastifyRequest): string | undefined {
    return this.#names.get(this.idOf(request) ?? '');
  }
}

/** Cookies of one host are shared by all its ports, and there may be a yard on each. */
const cookieName = ({ headers }: FastifyRequest): string => `gityard-${new URL(`http://${headers.host}`).port || '80'}`;

function cookieIn(request: FastifyRequest): string | undefined {
  const name = cookieName(request);
  const pairs = request.headers.cookie?.split(';').map((it) => it.trim().split('=')) ?? [];
  return pairs.find(([key]) => key === name)?.[1];
}

const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
