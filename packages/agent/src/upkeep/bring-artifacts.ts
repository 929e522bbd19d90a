/** Brings artifacts to their store that stayed on this agent, because it was away when they were made; then says where they are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { storedFolder, storeIn, uploadArtifacts } from '@gityard/builder';
import type { Manifest } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { buildFolder } from '../home/build-folder.ts';

export async function bringArtifacts(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard, self, storage } = context;
  if (!storage.hasArtifactStore) return null;
  const left = [...yard.state.manifests].filter((it) => it.agent === self.id && !it.store && it.artifacts.length > 0);
  const brought: string[] = [];
  for (const manifest of left) {
    signal.throwIfAborted();
    if (await bring(context, manifest, signal)) brought.push(manifest.job);
  }
  return brought.length === 0
    ? null
    : `the artifacts of ${brought.join(', ')} were brought to their store`.slice(0, 300);
}

/** False: they are not here either, all of them. */
async function bring({ yard, self, storage }: AgentContext, manifest: Manifest, signal: AbortSignal): Promise<boolean> {
  const { job, token } = manifest;
  const folder = storedFolder(storeIn(buildFolder(self.home)), job, token);
  const artifacts = manifest.artifacts.map((it) => ({ ...it, file: join(folder, it.path) }));
  if (!artifacts.every(({ file }) => existsSync(file))) return false;
  const place = await uploadArtifacts(await storage.artifacts(), manifest, {
    artifacts,
    temporary: storage.temporary,
    signal,
  });
  const answer = await yard.perform('place-artifacts', { job, token, agentId: self.id, store: place }, { signal });
  return answer.ok;
}
