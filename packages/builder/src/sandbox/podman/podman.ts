/**
 * A container for each program of a build, by podman or docker, from an image that the owner of the agent names: read-only,
 * without rights, without network, with limits. The workspace has the same path inside, so that logs and reports fit.
 */

import { buildUser } from '../build-user.ts';
import { plain } from '../environment-file.ts';
import { isInstalled } from '../find-program.ts';
import { type Order, openOrderedCell } from '../ordered-cell.ts';
import type { Rung } from '../rung.ts';

const DEFAULT_IMAGE = 'mcr.microsoft.com/dotnet/sdk:10.0';

export const podman: Rung = {
  name: 'podman',
  async make({ image = DEFAULT_IMAGE }) {
    const engine = ['podman', 'docker'].find(isInstalled);
    if (engine === undefined) return 'neither podman nor docker is installed';
    const ordering = {
      user: await buildUser(),
      quoting: plain,
      argv: (order: Order) => podmanArguments(engine, image, order),
      ending: (name: string) => [[engine, 'rm', '--force', name]],
      asking: (name: string) => [engine, 'inspect', '--format', '{{.State.OOMKilled}}', name],
    };
    return { name: 'podman', open: (request) => openOrderedCell(request, ordering) };
  },
};

/** The image must be here already: fetching one belongs to whoever sets a machine up, not to the first build. */
export function podmanArguments(engine: string, image: string, order: Order): string[] {
  const { name, program, environmentFile, network, limits, request, user } = order;
  const { cores, memoryBytes, processes, diskBytes } = limits;
  const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { uid, gid } = user ?? own;
  const { writable, readable, temporary } = request;
  const mounts = [
    `${temporary}:/tmp:rw`,
    ...readable.map((it) => `${it}:${it}:ro`),
    ...writable.map((it) => `${it}:${it}:rw`),
  ];
  return [
    ...[engine, 'run', '--name', name, '--pull', 'never', '--init', '--entrypoint', ''],
    ...['--network', network ? (engine === 'podman' ? 'slirp4netns' : 'bridge') : 'none'],
    ...['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--ipc', 'private'],
    // Without root, podman maps users: ours must be the owner of what is made.
    ...(engine === 'podman' && !user ? ['--userns', 'keep-id'] : []),
    ...['--user', `${uid}:${gid}`, '--shm-size', '64m', '--pids-limit', String(processes)],
    ...['--memory', String(memoryBytes), '--memory-swap', String(memoryBytes)],
    ...(cores > 0 ? ['--cpus', String(cores)] : []),
    ...['--ulimit', 'core=0:0', '--ulimit', `fsize=${diskBytes}:${diskBytes}`],
    ...mounts.flatMap((it) => ['--volume', it]),
    ...['--env-file', environmentFile, '--workdir', program.folder, image, ...program.argv],
  ];
}
