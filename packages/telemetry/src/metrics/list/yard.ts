/** What only a fleet that meets in a Git repository has: pushes, conflicts, a budget, a history that is cut. */
import { metric } from '../metric.ts';

const ref = ['state', 'live', 'logs'] as const;

export const yard = {
  remoteUp: metric({
    name: 'gityard_remote_up',
    type: 'gauge',
    help: 'Whether the last request to the remote of the yard went well: 1 = yes',
    labels: {},
    by: 'both',
  }),
  remoteContact: metric({
    name: 'gityard_remote_contact_timestamp_seconds',
    type: 'gauge',
    help: 'When the remote last answered: how far behind it this process may be',
    labels: {},
    by: 'both',
  }),
  commits: metric({
    name: 'gityard_commits_total',
    type: 'counter',
    help: 'Commits that this process made in the yard',
    labels: { ref },
    by: 'both',
  }),
  pushes: metric({
    name: 'gityard_pushes_total',
    type: 'counter',
    help: 'Pushes that this process sent; what is more than its commits was tried again',
    labels: { ref },
    by: 'both',
  }),
  conflicts: metric({
    name: 'gityard_push_conflicts_total',
    type: 'counter',
    help: 'Pushes that somebody else was faster than, so that all was decided anew',
    labels: { ref },
    by: 'both',
  }),
  unclear: metric({
    name: 'gityard_pushes_unclear_total',
    type: 'counter',
    help: 'Pushes whose answer was lost, so that the history had to be asked',
    labels: { ref },
    by: 'both',
  }),
  requests: metric({
    name: 'gityard_remote_requests_total',
    type: 'counter',
    help: 'Requests to the remote; divided by the commits, what one of them costs',
    labels: { ref, kind: ['fetch', 'push'] },
    by: 'both',
  }),
  budgetLimit: metric({
    name: 'gityard_push_budget_limit',
    type: 'gauge',
    help: 'Pushes a minute that the remote is asked to take from the whole fleet; absent = pushes are not counted',
    labels: {},
    by: 'both',
  }),
  budgetUsed: metric({
    name: 'gityard_push_budget_used',
    type: 'gauge',
    help: 'Pushes of the last minute: of the whole fleet as a server sees it, of an agent its own',
    labels: {},
    by: 'both',
  }),
  budgetLeft: metric({
    name: 'gityard_push_budget_left',
    type: 'gauge',
    help: 'Pushes of this minute that are left',
    labels: {},
    by: 'both',
  }),
  operations: metric({
    name: 'gityard_operations_total',
    type: 'counter',
    help: 'Operations in the history of the yard, by all who write, since it began',
    labels: {},
    by: 'server',
  }),
  epoch: metric({
    name: 'gityard_history_epoch',
    type: 'gauge',
    help: 'How often the history was cut',
    labels: {},
    by: 'server',
  }),
  sinceCut: metric({
    name: 'gityard_history_operations',
    type: 'gauge',
    help: 'Operations since the history was last cut, or since the yard began',
    labels: {},
    by: 'server',
  }),
  liveRefSize: metric({
    name: 'gityard_live_ref_size_bytes',
    type: 'gauge',
    help: 'All files of the live ref together; it has no history, so it does not grow with age',
    labels: {},
    by: 'server',
  }),
  fileProblems: metric({
    name: 'gityard_file_problems',
    type: 'gauge',
    help: 'Files of the yard that are broken, were restored, or ask for what cannot be done',
    labels: {},
    by: 'server',
  }),
} as const;
