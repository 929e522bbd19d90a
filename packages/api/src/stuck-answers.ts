/**
 * Ends answers of which nobody takes anything: what waits for such a reader costs memory, and its connection a place, as long as it
 * waits. An answer that has nothing to say just now is none of them.
 */
import type { ServerResponse } from 'node:http';

export function endWhenStuck(response: ServerResponse, afterMs: number): void {
  // Told when nothing went either way for so long; and again, once something did in between.
  response.setTimeout(afterMs, () => {
    if ((response.socket?.writableLength ?? 0) > 0) response.destroy();
  });
}
