/** Every way to keep an agent going. To add one: write its folder, name it in plan.ts, and put it here. */
import { cron } from './cron/cron.ts';
import { launchd } from './launchd/launchd.ts';
import type { Service, ServiceName } from './plan.ts';
import { schtasks } from './schtasks/schtasks.ts';
import { systemd } from './systemd/systemd.ts';

const ALL: Readonly<Record<ServiceName, Service>> = { systemd, cron, launchd, schtasks };

export const serviceOf = (name: ServiceName): Service => ALL[name];
