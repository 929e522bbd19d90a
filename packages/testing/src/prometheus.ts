/** The real Prometheus for specs: its checks of files and of texts, and a server that scrapes every second. From Debian's package. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-ports.ts';
import { waitFor } from './wait-for.ts';

/** Null where it is there. On the build server what is missing is a failure. */
export function whyNoPrometheus(): string | null {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    if (process.env.CI === 'true') throw new Error('prometheus is not installed');
    return 'prometheus not installed';
  }
}

interface Promtold {
  readonly code: number;
  /** Of both streams. */
  readonly text: string;
}

export function promtool(args: readonly string[], { input = '', cwd }: { input?: string; cwd?: string } = {}) {
  return new Promise<Promtold>((resolve) => {
    const child = execFile('promtool', [...args], { cwd }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, text: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}
export interface Prometheus {
  /** Throws what Prometheus says of an expression that it does not understand. */
  query(expression: string): Promise<readonly Sample[]>;
  close(): Promise<void>;
}

/** `targets`: host and port of each, by the name of its job. */
export async function startPrometheus(folder: string, targets: Readonly<Record<string, string>>): Promise<Prometheus> {
  const port = await freePort();
  const jobs = Object.entries(targets).map(
    ([name, target]) => `  - job_name: ${name}\n    static_configs: [{ targets: ['${target}'] }]\n`,
  );
  writeFileSync(join(folder, 'prometheus.yml'), `global: { scrape_interval: 1s }\nscrape_configs:\n${jobs.join('')}`);
  const flags = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ];
  const child = spawn('prometheus', flags, { stdio: ['ignore', 'ignore', 'inherit'] });
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = `http://127.0.0.1:${port}`;
  await waitFor(async () => (await fetch(`${address}/-/ready`)).ok, { what: 'Prometheus is ready' });
  return {
    async query(expression) {
      const response = await fetch(`${address}/api/v1/query?query=${encodeURIComponent(expression)}`);
      const answer = (await response.json()) as Answer;
      if (answer.status !== 'success') throw new Error(`${expression}: ${answer.error}`);
      const { resultType, result } = answer.data;
      if (resultType === 'scalar') return [{ metric: {}, value: Number((result as Scalar)[1]) }];
      return (result as readonly Vector[]).map((it) => ({ metric: it.metric, value: Number(it.value[1]) }));
    },
    async close() {
      child.kill('SIGKILL');
      await over;
    },
  };
}

type Scalar = readonly [number, string];
interface Vector {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: Scalar;
}
interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: { readonly resultType: string; readonly result: Scalar | readonly Vector[] };
}
