/**
 * How many requests of one connection may be under way. All that came in one piece are begun at once, and what each is answered
 * waits for those before it: a page of short requests would make hundreds of megabytes of answers that nobody has taken yet.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const MOST_AT_ONCE = 10;
const underWay = new WeakMap<Socket, number>();

/** The connection is ended: whoever sends so many waits for no answer, least of all for this one. */
export function isTooMuchAtOnce({ socket }: IncomingMessage, response: ServerResponse): boolean {
  const count = (underWay.get(socket) ?? 0) + 1;
  if (count > MOST_AT_ONCE) {
    socket.destroy();
    return true;
  }
  underWay.set(socket, count);
  response.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
  return false;
}
