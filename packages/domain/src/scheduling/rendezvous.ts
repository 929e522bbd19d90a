/**
 * Agents that see the same new job at once line up instead of colliding: each works out the same order from the job's
 * and the agents' names (highest random weight) and waits its turn. No message is needed.
 */
export function rendezvousRank(jobId: string, agentIds: readonly string[], self: string): number {
  const own = weight(jobId, self);
  return agentIds.filter((id) => id !== self && weight(jobId, id) > own).length;
}

function weight(jobId: string, agentId: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${jobId}\n${agentId}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  // Avalanche: names that differ in their last letter must not differ only in their last bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
