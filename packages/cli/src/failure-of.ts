/**
 * Whatever is thrown anywhere below a command becomes a failure here, what the system says included; what nobody foresaw
 * is `INTERNAL`, and asks for a report.
 */
import type { Failure } from './errors.ts';
import { isKnownCode } from './exit-codes.ts';
import { hintFor } from './hints.ts';
import { systemFailure } from './system-failure.ts';

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'INTERNAL', message: String(error), hint: hintFor('INTERNAL') };
  const { code, hint, mayHaveLanded, retryAfterMs } = error as Partial<Record<string, unknown>> & Error;
  if (isKnownCode(code)) {
    const details = {
      ...(mayHaveLanded === true && { mayHaveLanded }),
      ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    };
    return {
      code,
      message: error.message,
      hint: typeof hint === 'string' && hint !== '' ? hint : hintFor(code),
      details,
    };
  }
  return systemFailure(error) ?? { code: 'INTERNAL', message: error.message || error.name, hint: hintFor('INTERNAL') };
}
