/** The trace that a request is part of (W3C Trace Context): as the caller says, or a new one that begins here. */
import { randomBytes } from 'node:crypto';

/** Of later versions as much as we know of; what breaks the form counts for nothing, as the standard says. */
const FORM = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

export function traceparentOf(header: string | readonly string[] | undefined): string {
  const [, version, trace, parent, flags, more] = (typeof header === 'string' ? FORM.exec(header) : null) ?? [];
  if (trace !== undefined && (version !== '00' || more === undefined)) return `00-${trace}-${parent}-${flags}`;
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
