/** Without its settings a yard would go on under others than everybody agreed to. People change them; nobody takes them away. */
import type { YardConfig } from '../entities/yard-config.ts';
import type { Transition } from './rule.ts';

export const settingsStay = ({ before, after }: Transition<YardConfig>): readonly string[] =>
  before && !after ? ['yard.json vanished'] : [];
