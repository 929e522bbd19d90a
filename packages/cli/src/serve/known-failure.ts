/** What the world has in the way of whoever asked, as the API tells it; a fault of this program is no such thing, and is thrown on. */
import { isKnownCode } from '../exit-codes.ts';

export interface KnownFailure {
  readonly state: 'failed';
  readonly code: string;
  readonly reason: string;
}

export function knownFailure(error: unknown): KnownFailure {
  const { code, message } = error as { code?: unknown; message: string };
  if (!isKnownCode(code)) throw error;
  return { state: 'failed', code, reason: message };
}
