/** Parses a report so that neither its size nor its cunning can hold up or fell the agent: the large ones in a thread of their own. */
import { Worker } from 'node:worker_threads';
import { type Parsed, parseReport } from './parse-report.ts';

const AT_ONCE_CHARACTERS = 1_000_000;
const LONGEST_MS = 60_000;
const MEMORY_MB = 1_024;

export async function parseSafely(text: string): Promise<Parsed | null> {
  return text.length <= AT_ONCE_CHARACTERS ? parseReport(text) : inThread(text);
}

function inThread(text: string): Promise<Parsed | null> {
  const worker = new Worker(workerFile(), {
    workerData: text,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`it takes longer than ${LONGEST_MS / 1000} s to read`));
      void worker.terminate();
    }, LONGEST_MS);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('its reader ended without an answer'));
    });
  });
}

/** Run from the sources, as specs do, the thread still needs the built file: a thread cannot be handed a loader. */
function workerFile(): URL {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/reports/parse-worker.js' : './parse-worker.js';
  return new URL(built, import.meta.url);
}
