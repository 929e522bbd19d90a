/** The manifests, put together by the real Kustomize of kubectl, judged by schemas and by our own rules. No cluster runs here. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from '@gityard/domain';
import { temporaryFolder } from '@gityard/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { judgeManifest, type Manifest } from './manifest.fixture.ts';
import { callsIn, isKnown, understand } from './words.fixture.ts';

const folder = fileURLToPath(new URL('../../../deploy/kubernetes/', import.meta.url));
const scaling = fileURLToPath(new URL('../../../deploy/prometheus/scaling.yml', import.meta.url));
const COMPONENTS = ['backup', 'hpa', 'keda', 'sandbox', 'service-monitor', 'ssh'];

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly volumeMounts: readonly { readonly name: string }[];
}
interface Probe {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: { readonly path: string };
}
interface Pod {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string }[];
}
interface Workload {
  readonly replicas?: number;
  readonly serviceName?: string;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> }; readonly spec: Pod };
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

const missing = whyNoKustomize();

/** Null where it is there; machines of GitHub have it. */
function whyNoKustomize(): string | null {
  try {
    execFileSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'kubectl is not installed';
  }
}

const built = (path: string): readonly Manifest[] =>
  parseAllDocuments(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8', stdio: 'pipe' })).map(
    (it) => it.toJS() as Manifest,
  );

const judged = (all: readonly Manifest[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    all.map((it) => [`${it.kind} ${it.metadata.name}`, judgeManifest(it)] as const).filter(([, it]) => it.length > 0),
  );

const one = (all: readonly Manifest[], kind: string, name: string | RegExp): Manifest => {
  const found = all.filter((it) => it.kind === kind && it.metadata.name.match(name) !== null);
  expect(found, `${kind} ${name}`).toHaveLength(1);
  return found[0] as Manifest;
};
const workload = (all: readonly Manifest[], kind: string, name: string) => one(all, kind, name).spec as Workload;

const podsOf = (all: readonly Manifest[]): readonly (readonly [string, Pod])[] =>
  all.flatMap(({ kind, metadata: { name }, spec }) => {
    if (kind === 'CronJob')
      return [[name, (spec as { jobTemplate: { spec: Workload } }).jobTemplate.spec.template.spec] as const];
    return kind === 'StatefulSet' || kind === 'Deployment' ? [[name, (spec as Workload).template.spec] as const] : [];
  });

describe.skipIf(missing)(`the manifests${missing ? `: ${missing}` : ''}`, () => {
  let base: readonly Manifest[];
  let example: readonly Manifest[];
  beforeAll(() => {
    base = built(join(folder, 'base'));
    example = built(join(folder, 'example'));
  });

  it('are what Kubernetes, KEDA and the Prometheus operator describe, with no field that they do not know', () => {
    expect(judged(base)).toEqual({});
    expect(judged(example)).toEqual({});
  });

  it('are looked at: slips are found', () => {
    const service = one(base, 'Service', /server/);
    const slips = structuredClone(service) as unknown as {
      spec: { ports: Record<string, unknown>[]; selektor?: object };
    };
    Object.assign(slips.spec, { selektor: {} });
    Object.assign(slips.spec.ports[0] ?? {}, { portt: 1 });

    expect(judgeManifest(slips as unknown as Manifest)).toEqual([
      '/spec/selektor is no field',
      '/spec/ports/0/portt is no field',
    ]);
    Object.assign(slips.spec.ports[0] ?? {}, { port: 'http' });
    expect(judgeManifest(slips as unknown as Manifest)).toEqual(['data/spec/ports/0/port must be integer']);
  });

  it.each(COMPONENTS)('hold with the component %s alone as well', async (name) => {
    const { path, remove } = await temporaryFolder();
    cpSync(folder, path, { recursive: true });
    const wanted = { resources: ['base'], components: [`components/${name}`] };
    writeFileSync(join(path, 'kustomization.yaml'), JSON.stringify(wanted));

    const all = built(path);

    expect(judged(all)).toEqual({});
    expect(JSON.stringify(all)).not.toBe(JSON.stringify(base));
    await remove();
  });

  it('give every pod few rights, bounds, and no key to the cluster', () => {
    expect(podsOf(example).map(([name]) => name)).toEqual(['gityard-server', 'gityard-agent', 'gityard-backup']);
    for (const [, pod] of podsOf(example)) {
      expect(pod).toMatchObject({ serviceAccountName: 'gityard', automountServiceAccountToken: false });
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      for (const container of pod.containers) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toMatchObject({
          requests: { cpu: expect.anything() },
          limits: { memory: expect.anything() },
        });
      }
    }
  });

  it('keep to what the strictest namespaces allow, unless builds are to have a sandbox', () => {
    const ofAgent = (all: readonly Manifest[]) => workload(all, 'StatefulSet', 'gityard-agent').template.spec;

    for (const [, pod] of podsOf(base)) {
      expect(pod.securityContext).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.containers.flatMap((it) => Object.keys(it.securityContext))).not.toContain('procMount');
    }
    expect(ofAgent(example)).toMatchObject({ hostUsers: false });
    expect(ofAgent(example).containers[0]?.securityContext).toMatchObject({
      procMount: 'Unmasked',
      seccompProfile: { type: 'Unconfined' },
    });
  });

  it('name what is there: labels, volumes, claims, accounts', () => {
    for (const all of [base, example]) {
      const text = JSON.stringify(all);
      for (const [kind, name] of [
        ['StatefulSet', 'gityard-agent'],
        ['Deployment', 'gityard-server'],
      ] as const) {
        const { selector, template, volumeClaimTemplates = [] } = workload(all, kind, name);
        expect(template.metadata.labels).toEqual(selector.matchLabels);
        expect((one(all, 'Service', name).spec as { selector: object }).selector).toEqual(selector.matchLabels);
        const volumes = [
          ...template.spec.volumes.map((it) => it.name),
          ...volumeClaimTemplates.map((it) => it.metadata.name),
        ];
        expect(
          template.spec.containers
            .flatMap((it) => it.volumeMounts.map(({ name: of }) => of))
            .filter((it) => !volumes.includes(it)),
        ).toEqual([]);
      }
      const claims = [...text.matchAll(/"claimName":"([^"]+)"/g)].map(([, it = '']) => it);
      for (const it of claims) one(all, 'PersistentVolumeClaim', it);
      const maps = [...text.matchAll(/"(?:configMapRef|configMap)":\{[^}]*"name":"([^"]+)"/g)].map(([, it = '']) => it);
      expect(maps.length).toBeGreaterThan(2);
      for (const it of maps) one(all, 'ConfigMap', it);
    }
  });

  it('start the program with words that it understands', async () => {
    const calls = podsOf(example)
      .filter(([name]) => name !== 'gityard-backup')
      .flatMap(([, pod]) => pod.containers)
      .flatMap(({ command, args }) => (command === undefined ? [args] : callsIn(args.join(' '))));

    expect(await Promise.all(calls.map((it) => understand(it)))).toEqual(['serve', 'agent run']);
  });

  it.runIf(isKnown('backup'))('start a backup with words that the program understands', async () => {
    const [, pod] = podsOf(example).find(([name]) => name === 'gityard-backup') ?? [];

    expect(await understand(pod?.containers[0]?.args ?? [])).toBe('backup');
  });

  it('let builds finish: an agent has the time of the longest that its policy allows', () => {
    for (const all of [base, example]) {
      const text = one(all, 'ConfigMap', /policy/).data?.['policy.json'] ?? '';
      const policy = validate('policy', JSON.parse(text));
      const { terminationGracePeriodSeconds } = workload(all, 'StatefulSet', 'gityard-agent').template.spec;

      if (!policy.ok) throw new Error(policy.reason);
      expect(policy.value.limits.minutes).toBeGreaterThan(0);
      expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(policy.value.limits.minutes * 60 + 300);
    }
  });

  it('probe agents by the file that they write, and the server by what it answers', () => {
    const [agent] = workload(base, 'StatefulSet', 'gityard-agent').template.spec.containers;
    const [server] = workload(base, 'Deployment', 'gityard-server').template.spec.containers;
    const image = readFileSync(join(folder, '../docker/Dockerfile'), 'utf8');

    const [, healthy = ''] = /CMD (\["sh".*gityard\.prom.*\])/.exec(image) ?? [];
    expect(agent?.readinessProbe?.exec?.command).toEqual(JSON.parse(healthy));
    expect(agent?.livenessProbe?.exec?.command).toEqual([
      'sh',
      '-c',
      'test ! -e /tmp/gityard.prom || test -n "$(find /tmp/gityard.prom -mmin -5)"',
    ]);
    expect([server?.livenessProbe, server?.readinessProbe].map((it) => it?.httpGet?.path)).toEqual([
      '/healthz',
      '/readyz',
    ]);
  });
});

describe('5 to 50 agents', () => {
  const read = (path: string) => parse(readFileSync(join(folder, path), 'utf8'));
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

  it('are asked for by the rule that prometheus/scaling.test.yml tries, one for each two of its load', () => {
    const rule = parse(readFileSync(scaling, 'utf8')).groups[0].rules[0] as { record: string; expr: string };
    const keda = read('components/keda/scaled-object.yaml').spec;
    const { rules } = read('components/hpa/adapter-values.yaml');
    const hpa = read('components/hpa/autoscaler.yaml').spec;

    expect(oneLine(keda.triggers[0].metadata.query)).toBe(oneLine(rule.expr));
    expect(keda.triggers[0]).toMatchObject({ metricType: 'AverageValue', metadata: { threshold: '2' } });
    expect(rules.external[0].seriesQuery).toBe(rule.record);
    expect(hpa.metrics[0].external).toEqual({
      metric: { name: rules.external[0].name.as },
      target: { type: 'AverageValue', averageValue: '2' },
    });
  });

  it('are the same bounds and the same pace with and without KEDA, and nobody else counts them', () => {
    const keda = read('components/keda/scaled-object.yaml').spec;
    const hpa = read('components/hpa/autoscaler.yaml').spec;

    expect([keda.minReplicaCount, keda.maxReplicaCount]).toEqual([5, 50]);
    expect([hpa.minReplicas, hpa.maxReplicas]).toEqual([5, 50]);
    expect(keda.advanced.horizontalPodAutoscalerConfig.behavior).toEqual(hpa.behavior);
    expect(keda.scaleTargetRef).toEqual(hpa.scaleTargetRef);
    expect(missing ?? workload(built(join(folder, 'example')), 'StatefulSet', 'gityard-agent').replicas).toBe(
      missing ?? undefined,
    );
  });
});
