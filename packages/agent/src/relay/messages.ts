/** What agents of a site ask their relay for, and what it answers. Read as hostile all the same: a key can be stolen. */
import { type Heartbeat, OPERATIONS, validate } from '@gityard/domain';
import type { Asker, Operation, Outcome } from '@gityard/yard';

export type Question =
  | { readonly kind: 'perform'; readonly from: Asker; readonly operations: readonly Operation[] }
  | { readonly kind: 'beat'; readonly heartbeat: Heartbeat };

export type Answer =
  | { readonly kind: 'outcomes'; readonly outcomes: readonly Outcome<unknown>[] }
  | { readonly kind: 'applied-before' }
  | { readonly kind: 'landed' }
  /** It could not be done now; who asked does it by itself. */
  | { readonly kind: 'failed'; readonly reason: string };

export const MOST_OPERATIONS = 100;
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const BOOT = /^[a-z0-9]{1,100}$/;

/** Undefined: nothing that may be asked. */
export function readQuestion(value: unknown): Question | undefined {
  if (!isRecord(value)) return undefined;
  if (value.kind === 'beat') {
    const checked = validate('heartbeat', value.heartbeat);
    return checked.ok ? { kind: 'beat', heartbeat: checked.value } : undefined;
  }
  const { from, operations } = value;
  if (value.kind !== 'perform' || !isAsker(from) || !Array.isArray(operations)) return undefined;
  const isFine = operations.length > 0 && operations.length <= MOST_OPERATIONS;
  return isFine && operations.every((it) => isOperationOf(from, it))
    ? { kind: 'perform', from, operations }
    : undefined;
}

function isAsker(value: unknown): value is Asker {
  if (!isRecord(value)) return false;
  const { actor, boot, request } = value;
  return (
    typeof actor === 'string' &&
    NAME.test(actor) &&
    typeof boot === 'string' &&
    BOOT.test(boot) &&
    Number.isSafeInteger(request) &&
    Number(request) > 0
  );
}

/** An agent and its spool act as that agent and as nobody else. What the rest of the input says, the operation checks. */
function isOperationOf({ actor }: Asker, value: unknown): value is Operation {
  if (!isRecord(value) || typeof value.name !== 'string' || !isRecord(value.input)) return false;
  const { agentId } = value.input;
  return (
    Object.hasOwn(OPERATIONS, value.name) &&
    (agentId === undefined || actor === agentId || actor === `${agentId}.spool`)
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
