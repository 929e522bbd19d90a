/** A refusal of data speaks of fields; whoever typed a command line knows them as flags. */
import type { Reply } from '../command.ts';
import { flagOf } from '../parse-arguments.ts';

/** `flags`: the key of the flag for every field that has one. */
export function namingFlags(reply: Reply, flags: Readonly<Record<string, string>>): Reply {
  if (typeof reply === 'number' || !('ok' in reply) || reply.code !== 'INVALID_DATA') return reply;
  // A word of a list is told by its place, which nobody counts.
  const [place = '', field = ''] = /^(\w+)(?:\.\d+)?/.exec(reply.reason) ?? [];
  const key = Object.hasOwn(flags, field) ? flags[field] : undefined;
  return key === undefined ? reply : { ...reply, reason: `${flagOf(key)}${reply.reason.slice(place.length)}` };
}
