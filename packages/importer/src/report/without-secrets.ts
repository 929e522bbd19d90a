/** A report is printed, kept and sent on: whatever name or reason in it looks like a credential is masked. */
import { maskSecrets } from '@gityard/yard';
import { secretsIn } from '../planning/secrets.ts';
import type { Report } from './report.ts';

export async function withoutSecretsIn(report: Report): Promise<Report> {
  const { rows, notes, losses } = report;
  const texts = new Set([
    report.source,
    ...rows.flatMap(({ sourceId, reason, path }) => (sourceId === null ? [reason, path] : [sourceId, reason, path])),
    ...notes.map((it) => it.text),
    ...losses.map((it) => it.path),
  ]);
  const clean = await masks([...texts]);
  if (clean.size === 0) return report;
  const say = (text: string) => clean.get(text) ?? text;
  return {
    ...report,
    source: say(report.source),
    rows: rows.map((it) => ({
      ...it,
      sourceId: it.sourceId === null ? null : say(it.sourceId),
      reason: say(it.reason),
      path: say(it.path),
    })),
    notes: notes.map((it) => ({ ...it, text: say(it.text) })),
    losses: losses.map((it) => ({ ...it, path: say(it.path) })),
  };
}

async function masks(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rules = await secretsIn(texts);
  const bad = texts.filter((_, at) => (rules[at] ?? null) !== null);
  return new Map(await Promise.all(bad.map(async (it) => [it, await maskSecrets(it)] as const)));
}
