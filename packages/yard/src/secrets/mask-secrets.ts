/** A text without what looks like a credential in it, for what a program printed and nobody looked at before it is published. */
import { findSecrets } from './find-secrets.ts';

const MASK = '***REDACTED***';

export async function maskSecrets(text: string, place?: string): Promise<string> {
  if (text.trim() === '') return text;
  const found = [...(await findSecrets(text, place))].sort((a, b) => a.range[0] - b.range[0]);
  let masked = '';
  let at = 0;
  for (const { range } of found) {
    const [from, to] = range;
    if (to <= at) continue;
    masked += `${text.slice(at, Math.max(at, from))}${MASK}`;
    at = to;
  }
  return masked + text.slice(at);
}
