/** Every route of the API, written by hand: a new one is a file beside this and a line in this list. */
import { events } from './events.ts';
import { health } from './health.ts';
import { jobLog } from './job-log.ts';
import { metrics } from './metrics.ts';
import { pages } from './pages.ts';
import { ready } from './ready.ts';
import type { Route } from './route.ts';
import { snapshot } from './snapshot.ts';

export const ROUTES: readonly Route[] = [snapshot, events, jobLog, health, ready, metrics, pages];
