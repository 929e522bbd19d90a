/** One run of the health monitor: what fails in the yard becomes issues of a repository, and what is over closes them. */
import { answer, defineCommand } from '../command.ts';
import { exitCodeOf, isKnownCode } from '../exit-codes.ts';
import { LOG_FLAGS } from '../log/settings.ts';
import { issuePlace } from '../monitor/issue-place.ts';
import { answersFile, readAnswers, writeAnswers } from '../monitor/known-answers.ts';
import { doneLines, doneRow, findingRow, plannedLines, plannedRow } from '../monitor/report.ts';
import { flag, option } from '../parameters.ts';

export const command = defineCommand({
  name: 'monitor',
  summary: 'open, update and close issues for what fails',
  details:
    'One issue for each thing that fails, found again by what is hidden in it; a comment only when its state changes; closed when it ' +
    'is over. Made for a schedule: .github/workflows/health-monitor.yml, or cron. Settings: "monitor" of yard.json. The token is ' +
    'GITHUB_TOKEN (issues: write), the host that of GITHUB_API_URL: GitHub, Enterprise, or Gitea. Exits with 0 also when it opened issues. ' +
    'With --comment: whose comments may do what is "chatOps" of yard.json.',
  example: 'gityard monitor --github acme/app --dry-run',
  acts: true,
  parameters: {
    comment: flag('instead: do what the comment asks for (/gityard retry …) that the workflow runs for, and answer it'),
    ...LOG_FLAGS,
    github: option(
      'owner/repo',
      'whose issues; else GITHUB_REPOSITORY, else the repository of the yard, where that lies on the same host',
    ),
  },
  async run(context, { comment, github }) {
    const { address } = await context.yardAddress();
    const place = issuePlace(github, { env: context.io.env, address });
    if (comment) return (await import('../monitor/answer-comment.ts')).answerCommentHere(context, place);
    const state = await context.look();
    const now = new Date(context.now()).toISOString();
    const [{ dialectOf, openClient, planMonitor, RestHost, runMonitor }, { maskSecrets }] = await Promise.all([
      import('@gityard/monitor'),
      import('@gityard/yard'),
    ]);
    const file = answersFile(context.io.env, place);
    const known = await readAnswers(file);
    const client = await openClient({ ...place, known });
    const host = new RestHost({ ...place, client, dialect: dialectOf(place.apiUrl) });
    const run = { state, now, host, mask: maskSecrets };
    const repository = `${place.owner}/${place.repo}`;
    const common = { repository, at: now, dryRun: context.flags.dryRun };
    if (context.flags.dryRun) {
      const { findings, actions } = await planMonitor(run);
      const rows = actions.map(plannedRow);
      const value = { ...common, findings: findings.map(findingRow), actions: rows };
      return answer(value, () => plannedLines(rows, repository));
    }
    const { findings, actions, done } = await runMonitor(run);
    await writeAnswers(file, known);
    const rows = done.flatMap((it, at) => (actions[at] ? [doneRow(actions[at], it)] : []));
    // Where nobody watches, its answer is not what is kept.
    if (context.log.isJson)
      for (const { text, error, ...facts } of rows)
        context.log.tell({
          level: error ? 'error' : 'info',
          text: error?.message ?? text,
          facts: { repository, ...facts },
        });
    const value = { ...common, findings: findings.map(findingRow), actions: rows };
    const refused = done.find((it) => it.refused)?.refused?.code;
    return answer(value, () => doneLines(rows, repository), isKnownCode(refused) ? exitCodeOf(refused) : 0);
  },
});
