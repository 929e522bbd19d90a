/** Decides which mode a request meets: the first rule that fits, else the mode that is switched on for all. */
import type { FaultMode } from './fault-modes.ts';

/** What a request is for: listing refs (or capabilities), getting objects, or pushing them. */
export type RequestKind = 'discovery' | 'fetch' | 'push' | 'other';

export interface ProxiedRequest {
  readonly kind: RequestKind;
  readonly method: string;
  readonly path: string;
  /** Counts from 1 for each kind. */
  readonly number: number;
}

export interface FaultRule {
  readonly when: (request: ProxiedRequest) => boolean;
  readonly mode: FaultMode;
  /** After so many requests the rule is used up; without it, it stays until removed. */
  readonly times?: number;
}

interface FaultRules {
  mode: FaultMode;
  add(rule: FaultRule): () => void;
  clear(): void;
  modeFor(request: ProxiedRequest): FaultMode;
}

export function createFaultRules(): FaultRules {
  const rules = new Map<FaultRule, number>();

  function use(rule: FaultRule, left: number): FaultMode {
    if (left > 1) rules.set(rule, left - 1);
    else rules.delete(rule);
    return rule.mode;
  }

  return {
    mode: 'ok',
    add(rule) {
      // A copy, so that one rule can be added twice and each copy be removed by itself.
      const own = { ...rule };
      rules.set(own, rule.times ?? Number.POSITIVE_INFINITY);
      return () => void rules.delete(own);
    },
    clear() {
      rules.clear();
      this.mode = 'ok';
    },
    modeFor(request) {
      for (const [rule, left] of rules) if (rule.when(request)) return use(rule, left);
      return this.mode;
    },
  };
}

export function kindOf(path: string): RequestKind {
  if (path.includes('/info/refs')) return 'discovery';
  if (path.endsWith('/git-upload-pack')) return 'fetch';
  if (path.endsWith('/git-receive-pack')) return 'push';
  return 'other';
}
