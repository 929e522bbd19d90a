/** A real server and a real agent, builds, and a real Prometheus that scrapes both: what it then knows, and what dashboards ask it. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import {
  type NodeProcess,
  type Prometheus,
  promtool,
  startNode,
  startPrometheus,
  waitFor,
  whyNoPrometheus,
} from '@gityard/testing';
import { createYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';

const missing = whyNoPrometheus();
const boards = new URL('../../../deploy/grafana/', import.meta.url);

describe.skipIf(missing)(`a yard, watched by Prometheus${missing ? `: ${missing}` : ''}`, () => {
  let world: World;
  let server: GitServer;
  let files: Server;
  let programs: NodeProcess[];
  let prometheus: Prometheus;
  let page: string;
  let file: string;

  beforeAll(async () => {
    world = await makeWorld();
    server = await startGitServer({ root: `${world.folder}/git` });
    await server.createRepository('team');
    const address = server.urlOf('team');
    const config = { heartbeat: { intervalSeconds: 1 }, lease: { seconds: 60 }, poll: { seconds: 1 } };
    await createYard({ address, actor: 'spec', config: { ...config, push: { perMinute: 600 } } });
    const home = join(world.folder, 'mac');
    const collected = join(world.folder, 'collected');
    file = join(collected, 'gityard-mac.prom');
    await mkdir(collected);
    const env = { HOME: world.folder, GITYARD_YARD: address, GITYARD_HOME: home, GITYARD_AGENT: 'mac' };
    await world.run(['agent', 'allow', address, '--commands', '--unsandboxed'], { env });
    const serve = startNode(PROGRAM, ['serve', '--port', '0'], { cwd: world.folder, env });
    programs = [serve];
    const [, found = ''] = await serve.waitForLine(/^page +(\S+)\/#/);
    page = found;
    // What began before the server looked is none of its business.
    await waitFor(async () => (await scraped()).includes('gityard_looks_total{outcome="seen"} '), {
      what: 'it looked',
    });
    programs.push(
      startNode(PROGRAM, ['agent', 'run'], { cwd: world.folder, env: { ...env, GITYARD_METRICS_FILE: collected } }),
    );
    // As node_exporter hands it on.
    files = createServer((_request, response) => {
      readFile(file).then(
        (text) => response.setHeader('content-type', 'text/plain; version=0.0.4').end(text),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
    const targets = {
      gityard: new URL(page).host,
      'gityard-agents': `127.0.0.1:${(files.address() as AddressInfo).port}`,
    };
    prometheus = await startPrometheus(world.folder, targets);
    await known('up', (samples) => samples.filter((it) => it.value === 1).length === 2);
    for (const word of ['true', 'false'])
      await world.run([
        '--yard',
        address,
        'job',
        'add',
        '--repo',
        address,
        '--branch',
        'yard',
        '--retries',
        '0',
        '--',
        word,
      ]);
    await known('sum(gityard_builds_completed_total)', ([it]) => it?.value === 2);
  });
  afterAll(async () => {
    await prometheus?.close();
    for (const it of programs ?? []) await it.dispose();
    files?.close();
    await server?.close().catch(() => undefined);
    await world?.remove();
  });

  const scraped = async (): Promise<string> => (await fetch(`${page}/metrics`)).text();
  const known = (query: string, fits: (samples: Awaited<ReturnType<Prometheus['query']>>) => boolean) =>
    waitFor(async () => fits(await prometheus.query(query)), { what: `Prometheus knows ${query}` });
  const value = async (query: string) => (await prometheus.query(query)).map((it) => it.value);
  /** Of a program that once took longer than a second to answer Prometheus knows nothing until it has asked again. */
  const values = (query: string) => expect.poll(() => value(query));
  const first = (query: string) => expect.poll(async () => (await value(query))[0]);

  it('knows what became of each build, and how long it took', async () => {
    await values('gityard_builds_started_total{strategy="Incremental"}').toEqual([2]);
    await values('gityard_builds_completed_total{strategy="Incremental", outcome="succeeded"}').toEqual([1]);
    await values('gityard_builds_failed_total{cause="code"}').toEqual([1]);
    await values('gityard_builds_failed_total{cause="lost"}').toEqual([0]);
    await values('sum(gityard_build_duration_seconds_count)').toEqual([2]);
    await values('gityard_queue_wait_seconds_count').toEqual([2]);
    await values('gityard_build_success_ratio{window="24h"}').toEqual([0.5]);
    await values('gityard_project_failures').toEqual([1]);
    await values('sum(gityard_jobs{status=~"queued|claimed|running"})').toEqual([0]);
    // It saw both: the counters grew while it looked.
    await first('sum(increase(gityard_builds_completed_total[10m]))').toBeGreaterThan(1.5);
  });

  it('knows the agents, the repository and the server', async () => {
    await values('sum(gityard_agents{status=~"Idle|Building"})').toEqual([1]);
    await values('gityard_agent_memory_ratio{agent="mac", job="gityard"} > 0 < 1').toHaveLength(1);
    await first('gityard_operations_total').toBeGreaterThan(5);
    await first('gityard_live_ref_size_bytes').toBeGreaterThan(500);
    await first('time() - gityard_remote_contact_timestamp_seconds{job="gityard"}').toBeLessThan(120);
    const routes = () => prometheus.query('http_server_request_duration_seconds_count{http_route="/metrics"}');
    const metric = { http_request_method: 'GET', http_response_status_code: '200' };
    await expect.poll(routes).toMatchObject([{ metric }]);
  });

  it('knows from its file what an agent without a port did', async () => {
    await known('gityard_agent_builds_completed_total{agent="mac"} > 0', (samples) => samples.length === 2);
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    expect(await promtool(['check', 'metrics'], { input: await readFile(file, 'utf8') })).toEqual({
      code: 0,
      text: '',
    });
    await values('gityard_commits_total{job="gityard-agents", ref="state"} > 3').toHaveLength(1);
    await values('gityard_spool_depth{agent="mac"}').toEqual([0]);
  });

  it('has nothing that promtool objects to, and no series for a job', async () => {
    const text = await scraped();
    expect(await promtool(['check', 'metrics'], { input: text })).toEqual({ code: 0, text: '' });
    expect(text).not.toMatch(/\{[^}]*(?:job|branch|commit)=/);
  });

  it.each(readdirSync(boards))('answers every query of %s', async (board) => {
    const { panels } = JSON.parse(readFileSync(new URL(board, boards), 'utf8')) as Board;
    const queries = panels.flatMap((it) => it.targets ?? []).map((it) => withVariables(it.expr));

    const empty = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (const query of queries) if ((await value(query)).length === 0) found.push(query);
      // No build here looks anything up in a cache.
      return found.filter((it) => !it.includes('gityard_cache_hit_ratio'));
    };
    await expect.poll(empty).toEqual([]);
  });

  it('is asked by an autoscaler for what waits and what is built, and nothing is', async () => {
    const { groups } = parse(readFileSync(new URL('../prometheus/scaling.yml', boards), 'utf8')) as Rules;

    await values(groups[0].rules[0].expr).toEqual([0]);
  });

  it('reads what an audit found', async () => {
    const path = join(world.folder, 'collected', 'gityard-audit.prom');

    const words = ['audit', '--yard', server.urlOf('team'), '--metrics-file'];
    expect(await world.run([...words, join(path, '..')])).toMatchObject({ code: 0 });

    const text = await readFile(path, 'utf8');
    expect(await promtool(['check', 'metrics'], { input: text })).toEqual({ code: 0, text: '' });
    expect(text).toContain('gityard_audit_ok 1\n');
    expect(text).toMatch(/^gityard_audit_operations [1-9]/m);
    expect(await world.run([...words, `${path}.txt`])).toMatchObject({ code: 2 });
    expect(await world.run([...words, join(path, 'no', 'gityard.prom')])).toMatchObject({ code: 2 });
  });

  it('finds no file any more once the agent has stopped', async () => {
    const [, agent] = programs;
    agent?.kill('SIGTERM');
    await agent?.exit;

    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await known('up{job="gityard-agents"}', ([it]) => it?.value === 0);
  });

  it('is told when the server sees the repository no more', async () => {
    await server.close();

    await known('gityard_remote_up{job="gityard"}', ([it]) => it?.value === 0);
    await values('gityard_looks_total{outcome="failed"} > 0').toHaveLength(1);
    await values('gityard_builds_completed_total{outcome="succeeded", strategy="Incremental"}').toEqual([1]);
  });
});

interface Rules {
  readonly groups: readonly [{ readonly rules: readonly [{ readonly expr: string }] }];
}

interface Board {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

/** As Grafana puts them in. */
const withVariables = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '5m').replaceAll('$__range', '5m').replaceAll('$agent', '.+');
