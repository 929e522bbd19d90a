/** The second witness: judges a yard from outside and tells people through issues of their host. */
export { type AnswerComment, type Answered, answerComment } from './chat-ops/answer-comment.ts';
export { type Comment, commentIn } from './chat-ops/comment.ts';
export { type AnswerPlan, planAnswer } from './chat-ops/plan-answer.ts';
export { CHECKS } from './checks/list.ts';
export type { Done } from './carry-out.ts';
export type { Check, Finding } from './finding.ts';
export type { IssueHost } from './issues/host.ts';
export { type Action, keyOfAction } from './plan/action.ts';
export { type ClientOptions, type KnownAnswers, openClient } from './rest/client.ts';
export { dialectOf } from './rest/dialect.ts';
export { MonitorError } from './rest/failures.ts';
export { RestCommentHost } from './rest/rest-comment-host.ts';
export { RestHost, type RestHostOptions } from './rest/rest-host.ts';
export { RestStatusHost } from './rest/rest-status-host.ts';
export { sourceOf } from './rest/source-of.ts';
export { type MonitorPlan, planMonitor, type RunMonitor, runMonitor } from './run-monitor.ts';
export type { HostedStatus, Source, StatusHost } from './statuses/host.ts';
export { type SentStatuses, sendStatuses, type ToldStatuses } from './statuses/send-statuses.ts';
