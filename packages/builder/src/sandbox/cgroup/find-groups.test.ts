import { describe, expect, it } from 'vitest';
import { parentsIn } from './find-groups.ts';

const mount = (root: string, folder: string, type: string, options: string) =>
  `31 23 0:28 ${root} ${folder} rw,relatime - ${type} ${type} rw,${options}`;

describe('find-groups', () => {
  it('finds the trees of version 1, each where we live in it', () => {
    const own = '8:pids:/\n6:memory:/ci/a1\n2:cpu,cpuacct:/\n0::/\n';
    const mounts = [
      mount('/', '/sys/fs/cgroup/memory', 'cgroup', 'memory'),
      mount('/', '/sys/fs/cgroup/pids', 'cgroup', 'pids'),
      mount('/', '/sys/fs/cgroup/cpu,cpuacct', 'cgroup', 'cpu,cpuacct'),
    ].join('\n');

    expect(parentsIn({ own, mounts })).toEqual([
      {
        version: 1,
        folders: {
          memory: '/sys/fs/cgroup/memory/ci/a1',
          pids: '/sys/fs/cgroup/pids',
          cpu: '/sys/fs/cgroup/cpu,cpuacct',
        },
      },
    ]);
  });

  it('finds the one tree of version 2', () => {
    const own = '0::/system.slice/gityard.service\n';
    const mounts = mount('/', '/sys/fs/cgroup', 'cgroup2', 'nsdelegate');

    expect(parentsIn({ own, mounts })).toEqual([{ version: 2, folder: '/sys/fs/cgroup/system.slice/gityard.service' }]);
  });

  it('begins where the tree of a container begins', () => {
    const own = '4:memory:/docker/f00\n3:pids:/docker/f00\n2:cpu:/docker/f00\n';
    const mounts = ['memory', 'pids', 'cpu'].map((it) => mount('/docker/f00', `/cg/${it}`, 'cgroup', it)).join('\n');

    expect(parentsIn({ own, mounts })).toEqual([
      { version: 1, folders: { memory: '/cg/memory', pids: '/cg/pids', cpu: '/cg/cpu' } },
    ]);
  });

  it('finds nothing where nothing is mounted', () => {
    expect(parentsIn({ own: '', mounts: '' })).toEqual([]);
    expect(parentsIn({ own: '0::/\n', mounts: 'nonsense' })).toEqual([]);
  });
});
