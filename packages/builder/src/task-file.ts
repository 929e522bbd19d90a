/**
 * The file that a processor is given. The task stands in it twice: as the whole, for scripts that read the file into
 * `$Task` and ask for `$Task.Parameters.url`, and below `Task`, for those that ask the file for `.Task.Parameters.url`.
 */
import type { Task } from '@gityard/domain';
import type { BuildRequest } from './contract.ts';

export function taskFile({ job, attempt, agent }: BuildRequest, task: Task): string {
  const content = {
    Id: job.id,
    Text: task.text,
    Message: task.text,
    Tags: job.labels,
    Parameters: task.parameters,
    Priority: job.priority,
    From: job.submittedBy,
    CreatedAt: job.submittedAt,
    Attempt: attempt,
    Worker: agent,
  };
  return `${JSON.stringify({ ...content, Task: content }, null, 2)}\n`;
}
