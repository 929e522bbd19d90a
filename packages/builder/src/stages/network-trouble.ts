/**
 * Whether the output of a failed stage says that the network, and not the project, was to blame: such a build is worth
 * another try. Only Restore is expected to talk to the outside; a test that prints "ECONNREFUSED" has simply failed.
 */
import type { StageName } from './stage-book.ts';

// Maven resolves in every phase, and says it in words that nobody else uses.
const MAVEN =
  /Could not (transfer|find) artifact .* (from\/to|in) \S+ \(https?:.*(Unknown host|timed out|refused|reset)/i;
const RESTORE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|NU1301)\b|Name or service not known|Temporary failure in name resolution/;

export function saysNetworkTrouble(stage: StageName, outputTail: string): boolean {
  return MAVEN.test(outputTail) || (stage === 'Restore' && RESTORE.test(outputTail));
}
