/** Replays the whole history through the rules, and names the first commit that breaks one. */
import { type AuditReport, auditYard } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import { option } from '../parameters.ts';
import { bundleOption, openBundles } from '../past/bundles.ts';
import { fitTextfile } from '../start/metrics-file.ts';
import { bad, dim, good, type Line, line } from '../text/lines.ts';
import { plural } from '../text/words.ts';

export const command = defineCommand({
  name: 'audit',
  summary: 'replay the history and check every rule',
  details:
    'Exits 1 when a commit breaks one. Where the history was cut it goes on in the part before, and says what it ' +
    'could not find.',
  example: 'gityard audit --json',
  parameters: {
    bundle: bundleOption,
    metricsFile: option(
      'path',
      'put what was found into this file, or one in this folder, for the textfile collector of node_exporter',
    ),
  },
  run: async (context, { bundle, metricsFile }) => {
    const metrics =
      metricsFile === undefined ? undefined : await fitTextfile(metricsFile, { cwd: context.io.cwd, of: 'audit' });
    const report = await auditYard(await context.yard(), { elsewhere: await openBundles(bundle) });
    if (metrics !== undefined) await (await import('../metrics/tell-audit.ts')).tellAudit(metrics, report);
    const { ok, commits, operations, firstViolation } = report;
    const size = `${plural(commits, 'commit')}, ${plural(operations, 'operation')}`;
    return answer(
      report,
      () =>
        firstViolation === null
          ? [line(good('every rule holds'), `: ${size}`), ...missingEpochs(report)]
          : [
              line(bad(`commit ${firstViolation.commit} breaks a rule`), ` after ${size}`),
              [`${firstViolation.rule}: ${firstViolation.text}`],
            ],
      ok ? 0 : 1,
    );
  },
});

const missingEpochs = ({ epochs, from }: AuditReport): Line[] =>
  epochs.missing.map((it) => [dim(`epoch ${it} is not here: what is checked begins with ${from?.slice(0, 10)}`)]);
