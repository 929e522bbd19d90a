/**
 * All that `gityard config lint` says of a yard.json that fits its schema: what the domain knows of its settings, and whether its
 * schedules can be read, which the agent knows.
 */
import { escapedPointer, type SettingFinding, settingFindings, settingWarning, type YardConfig } from '@gityard/domain';

/** `agents`: those of the yard; undefined where no yard is looked at. */
export async function lintSettings(config: YardConfig, agents?: readonly string[]): Promise<readonly SettingFinding[]> {
  return [...(await schedules(config)), ...settingFindings(config, agents)];
}

async function schedules({ upkeep }: YardConfig): Promise<SettingFinding[]> {
  if (Object.keys(upkeep).length === 0) return [];
  const { nextRun, UPKEEP } = await import('@gityard/agent');
  const tasks = UPKEEP.map((it) => it.name);
  return Object.entries(upkeep).flatMap(([task, schedule]): SettingFinding[] => {
    const at = `/upkeep/${escapedPointer(task)}`;
    const unknown = tasks.includes(task)
      ? []
      : [settingWarning(at, `upkeep.${task} is no task of the upkeep`, { word: task, known: tasks })];
    try {
      nextRun(schedule, new Date().toISOString());
      return unknown;
    } catch (error) {
      const [why] = (error as Error).message.split('\n');
      const hint = 'e.g. "*/5 * * * *" in Europe/Berlin; the task is not done until it can be read';
      return [...unknown, { level: 'error', at, text: `upkeep.${task}: ${why}`, hint }];
    }
  });
}
