/** One run of the monitor: look at the yard, look at the issues, make them agree. Knows no clock, no host and no yard of its own. */
import { after, DAY_MS, needsYou, type State, type Time } from '@gityard/domain';
import { carryOut, type Done } from './carry-out.ts';
import { findAll, howItEnded } from './checks/list.ts';
import type { Finding, Look } from './finding.ts';
import type { IssueHost } from './issues/host.ts';
import type { Action } from './plan/action.ts';
import { plan } from './plan/plan.ts';
import { type Mask, maskedAction, maskedFinding } from './text/masked.ts';

export interface RunMonitor {
  readonly state: State;
  readonly now: Time;
  readonly host: IssueHost;
  /** Takes out what looks like a secret. */
  readonly mask: Mask;
}
export interface MonitorPlan {
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
  readonly newest: number;
}

/** An issue that somebody closed while its thing goes on is remembered for so long. */
const REMEMBERED_MS = 30 * DAY_MS;

/** Changes nothing. */
export async function planMonitor({ state, now, host, mask }: RunMonitor): Promise<MonitorPlan> {
  const lastRunAt = await host.lastRunAt();
  // The same all day, so that a host can say "as before".
  const { issues, newest } = await host.list(`${after(now, -REMEMBERED_MS).slice(0, 10)}T00:00:00.000Z`);
  const look: Look = { state, now, needs: needsYou(state, now), lastRunAt };
  const findings = await Promise.all(findAll(look).map((it) => maskedFinding(it, mask)));
  const { monitor: settings, yardId } = state.yard;
  const planned = plan({ findings, issues, howItEnded: (key) => howItEnded(look, key), settings, yardId, now });
  const actions = await Promise.all(planned.map((it) => maskedAction(it, mask)));
  return { findings, actions, newest };
}

export async function runMonitor(run: RunMonitor): Promise<MonitorPlan & { readonly done: readonly Done[] }> {
  const planned = await planMonitor(run);
  const { host, now, state } = run;
  const done = await carryOut(planned.actions, { host, now, yard: state.yard, newest: planned.newest });
  return { ...planned, done };
}
