/** Puts what an audit found where the textfile collector of node_exporter finds it. */
import { METRICS, metricsBy, NO_LABELS, openMeter, writeTextfile } from '@gityard/telemetry';
import type { AuditReport } from '@gityard/yard';

const { auditOk, auditCommits, auditOperations, auditMissing, auditAt } = METRICS.audit;

export async function tellAudit(path: string, { ok, commits, operations, epochs }: AuditReport): Promise<void> {
  const meter = await openMeter({ metrics: metricsBy('audit') });
  meter.set(auditOk, NO_LABELS, ok ? 1 : 0);
  meter.set(auditCommits, NO_LABELS, commits);
  meter.set(auditOperations, NO_LABELS, operations);
  meter.set(auditMissing, NO_LABELS, epochs.missing.length);
  meter.set(auditAt, NO_LABELS, Date.now() / 1000);
  await writeTextfile(path, (await meter.text()).text);
}
