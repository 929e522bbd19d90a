/** How the editor stands with the server of a yard, and what a person can do about it. Pure. */

/** none: it was never tried. denied: it wants to know who asks. */
type ConnectionKind = 'none' | 'connecting' | 'live' | 'late' | 'offline' | 'denied';

export interface Connection {
  readonly kind: ConnectionKind;
  /** A sentence for people; null: all is well. */
  readonly reason: string | null;
}

export const CONNECTING: Connection = { kind: 'connecting', reason: null };

/** For the status bar and for whoever asks; `server` is the address that is called. */
export function connectionWords({ kind, reason }: Connection, server: string): string {
  const why = reason === null ? '' : `: ${reason}`;
  switch (kind) {
    case 'none':
      return 'no yard is connected; connect to one, or start gityard serve';
    case 'connecting':
      return `connecting to ${server}`;
    case 'live':
      return `connected to ${server}`;
    case 'late':
      return `${server} is connected, and what is shown may be old${why}`;
    case 'offline':
      return `${server} does not answer${why}; it is tried again by itself. Is gityard serve running there?`;
    case 'denied':
      return `${server} wants to know who asks${why}; sign in with a token, or with the address that gityard serve printed`;
  }
}
