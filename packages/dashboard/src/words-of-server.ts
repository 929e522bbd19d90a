/** How a server stands and what its machine has, as people read it. Pure. */
import type { Presence, Time } from '@gityard/domain';
import type { AgentRow } from './rows.ts';
import type { Standing } from './words.ts';

const PRESENCES: Readonly<Record<Standing, Presence | null>> = {
  fresh: 'fresh',
  late: 'fresh',
  silent: 'silent',
  stopped: 'stopped',
  unknown: null,
};

/** How the history would note it now. In maintenance is what people say of it, whatever it does itself. */
export function presenceNow(agent: AgentRow, { standing, now }: { readonly standing: Standing; readonly now: Time }) {
  const presence = agent.status === 'Maintenance' ? 'maintenance' : PRESENCES[standing];
  return { presence, since: agent.lastBeatAt ?? now, now };
}

/** `draining: new disk`; null: it is active. */
export function modeWords({ mode, modeReason }: AgentRow): string | null {
  if (mode === undefined || mode === '' || mode === 'active') return null;
  return modeReason === null ? mode : `${mode}: ${modeReason}`;
}

export const percentWords = (percent: number | null): string => (percent === null ? '–' : `${Math.round(percent)} %`);

export function diskWords(freeGB: number): string {
  return freeGB >= 1000
    ? `${(freeGB / 1000).toFixed(1)} TB`
    : `${freeGB >= 10 ? Math.round(freeGB) : freeGB.toFixed(1)} GB`;
}
