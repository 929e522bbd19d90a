/** Every check, worst first. To add one: a file beside this, and a line here. */
import { type Check, type Finding, type Look, partsOfKey } from '../finding.ts';
import { agentSilent } from './agent-silent.ts';
import { agentBlind, agentSick, notifyFailing, programReturned } from './agent-troubles.ts';
import { badFile } from './bad-file.ts';
import { buildFailing } from './build-failing.ts';
import { jobRunsLong, queueSlow } from './job-slow.ts';
import { jobStuck } from './job-stuck.ts';
import { lockLeft } from './lock-left.ts';
import { machineStrained } from './machine-strained.ts';
import { monitorLate } from './monitor-late.ts';
import { objectiveBurning } from './objective-burning.ts';
import { upkeepFailing, upkeepLate } from './upkeep.ts';

export const CHECKS: readonly Check[] = [
  agentSilent,
  agentBlind,
  agentSick,
  programReturned,
  machineStrained,
  badFile,
  buildFailing,
  jobStuck,
  jobRunsLong,
  queueSlow,
  objectiveBurning,
  upkeepFailing,
  upkeepLate,
  notifyFailing,
  lockLeft,
  monitorLate,
];

const inForce = ({ state }: Look): readonly Check[] => CHECKS.filter((it) => !state.yard.monitor.off.includes(it.name));

export const findAll = (look: Look): readonly Finding[] => inForce(look).flatMap((it) => it.find(look));

/** null: it cannot be said, or the check is switched off or unknown to this program. */
export function howItEnded(look: Look, key: string): string | null {
  const { check, subject } = partsOfKey(key);
  return (
    inForce(look)
      .find((it) => it.name === check)
      ?.howItEnded(look, subject) ?? null
  );
}
