/** One question of the doctor, and its answer. */
import type { Context } from '../context.ts';

export interface Finding {
  readonly ok: boolean;
  readonly text: string;
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

export interface Check {
  readonly name: string;
  /** `yard` = it makes no sense while the yard cannot be reached. */
  readonly asks: 'machine' | 'yard';
  readonly run: (context: Context) => Promise<Finding>;
}

export const fine = (text: string): Finding => ({ ok: true, text, remedy: null });
export const wrong = (text: string, remedy: string): Finding => ({ ok: false, text, remedy });
