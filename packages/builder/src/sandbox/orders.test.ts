/** What is ordered from an engine or from the system's manager, word by word: neither runs on most machines of ours. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { plain, quoted, writeEnvironment } from './environment-file.ts';
import type { Order } from './ordered-cell.ts';
import { podmanArguments } from './podman/podman.ts';
import { systemdArguments } from './systemd/systemd-run.ts';

const ORDER: Order = {
  name: 'gityard-7-b1-1-0',
  program: { argv: ['make', '--jobs'], folder: '/a/ws/source', environment: { PATH: '/usr/bin:/home/ada/bin' } },
  environmentFile: '/a/orders/x.env',
  network: false,
  limits: { cores: 1.5, memoryBytes: 1_000_000, processes: 50, diskBytes: 9_000 },
  request: {
    id: 'b1-1',
    limits: { cores: 0, memoryBytes: 0, processes: 0, diskBytes: 0 },
    writable: ['/a/ws', '/a/home'],
    temporary: '/a/ws/tmp',
    readable: [],
    marks: {},
  },
  user: { uid: 65534, gid: 65534 },
};

describe('orders', () => {
  it('ask podman for a container without network, rights and room', () => {
    expect(podmanArguments('podman', 'team/image:1', ORDER).join(' ')).toBe(
      'podman run --name gityard-7-b1-1-0 --pull never --init --entrypoint  --network none --read-only --cap-drop ALL --security-opt no-new-privileges --ipc private --user 65534:65534 --shm-size 64m --pids-limit 50 --memory 1000000 --memory-swap 1000000 --cpus 1.5 --ulimit core=0:0 --ulimit fsize=9000:9000 --volume /a/ws/tmp:/tmp:rw --volume /a/ws:/a/ws:rw --volume /a/home:/a/home:rw --env-file /a/orders/x.env --workdir /a/ws/source team/image:1 make --jobs',
    );
  });

  it('give a container the network while packages are restored, as each engine has it', () => {
    const networkOf = (engine: string) => {
      const words = podmanArguments(engine, 'i', { ...ORDER, network: true });
      return words[words.indexOf('--network') + 1];
    };
    expect([networkOf('podman'), networkOf('docker')]).toEqual(['slirp4netns', 'bridge']);
  });

  it('ask systemd for a service that sees and may do next to nothing', () => {
    const words = systemdArguments(ORDER);

    expect(words.slice(0, 6)).toEqual([
      'systemd-run',
      '--quiet',
      '--pipe',
      '--wait',
      '--service-type=exec',
      '--unit=gityard-7-b1-1-0',
    ]);
    expect(words.slice(-3)).toEqual(['--', 'make', '--jobs']);
    expect(words).toEqual(
      expect.arrayContaining(
        [
          'User=65534',
          'TemporaryFileSystem=/:ro',
          'BindReadOnlyPaths=/usr',
          'BindPaths=/a/ws/tmp:/tmp',
          'BindPaths=/a/ws',
          'BindPaths=/a/home',
          'PrivateNetwork=yes',
          'CapabilityBoundingSet=',
          'NoNewPrivileges=yes',
          'RestrictNamespaces=yes',
          'MemoryMax=1000000',
          'TasksMax=50',
          'CPUQuota=150%',
          'LimitFSIZE=9000',
          'KillMode=control-group',
          'EnvironmentFile=/a/orders/x.env',
        ].map((it) => `--property=${it}`),
      ),
    );
    expect(words.join(' ')).not.toContain('/home/ada');
  });

  it('carry the environment in a file that only we can read, each in the form that its reader knows', async () => {
    const folder = temporaryFolder();
    const environment = { A: 'plain', B: 'two\nlines "and" $more', 'not a name': 'x' };

    const forEngine = await writeEnvironment(folder, environment, plain);
    const forSystemd = await writeEnvironment(folder, environment, quoted);

    expect(readFileSync(forEngine, 'utf8')).toBe('A=plain\nB=two lines "and" $more\n');
    expect(readFileSync(forSystemd, 'utf8')).toBe('A="plain"\nB="two\nlines \\"and\\" \\$more"\n');
  });
});
