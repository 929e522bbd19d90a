/**
 * Ends answers of which nobody takes anything: what waits for such a reader costs memory, and its connection a place, as long as it
 * waits. An answer that has nothing to say just now is none of them.
 */
import type { ServerResponse } from 'node:http';

/** Half a megabit a second. */
const SLOWEST_BYTES_PER_MS = 64;

export function endWhenStuck(response: ServerResponse, afterMs: number): void {
  const waiting = (): number => response.socket?.writableLength ?? 0;
  // Told when nothing went either way for so long; and again, once something did in between.
  response.setTimeout(afterMs, () => {
    const before = waiting();
    if (before === 0) return;
    // Of what TLS has taken in one piece Node hears nothing before the last of it is gone.
    const graceMs = response.socket && 'encrypted' in response.socket ? before / SLOWEST_BYTES_PER_MS : 0;
    setTimeout(() => {
      if (waiting() === before) response.destroy();
    }, graceMs).unref();
  });
}
