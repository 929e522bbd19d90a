/**
 * The artifacts of the whole of a canary: nothing is built for it any more, and this agent was one of those that built the same,
 * so they are what it made itself, checked once more by the manifest of its part.
 */
import { dirname } from 'node:path';
import { currentAttempt } from '@gityard/domain';
import { collect } from '../artifacts/collect.ts';
import { storedFolder } from '../artifacts/store/local-store.ts';
import type { BuildContext } from '../build-context.ts';
import type { Built } from './canary-report.ts';

export async function takeOwnPart(build: BuildContext, parts: readonly Built[]): Promise<void> {
  const { folders, request, found, stop } = build;
  const own = parts.find(({ job, manifest }) => manifest && currentAttempt(job)?.agent === request.agent);
  if (!own?.manifest) return tellWhere(build, parts);
  const { artifacts, job, token } = own.manifest;
  const staging = storedFolder(dirname(dirname(folders.artifacts)), job, token);
  const digests = new Map(artifacts.map((it) => [it.path, it.sha256]));
  const whyNot = (path: string) => (digests.has(path) ? null : 'it is not of the build');
  const check = () => stop.check();
  const taken = await collect({ staging, source: staging, patterns: [], target: folders.artifacts, check, whyNot });
  const isWhole = artifacts.every((it) =>
    taken.artifacts.some((own) => own.path === it.path && own.sha256 === it.sha256),
  );
  if (!isWhole) return tellWhere(build, parts);
  found.artifacts = taken.artifacts;
  await tell(build, `the artifacts are those of job ${job}, which this agent built`);
}

async function tellWhere(build: BuildContext, parts: readonly Built[]): Promise<void> {
  const made = parts.find(({ manifest }) => manifest);
  if (made) await tell(build, `the artifacts are not on this agent: gityard artifact get ${made.job.id}`);
}

async function tell(build: BuildContext, text: string): Promise<void> {
  build.note('info', text);
  await build.write(Buffer.from(`[gityard] ${text}\n`));
}
