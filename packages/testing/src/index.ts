export {
  libraryPath,
  type SolutionOptions,
  solutionFiles,
  sourcePath,
  testPath,
  writeSolution,
} from './builds/solution.ts';
export { type FaultMode, type FaultName, slow } from './fault-modes.ts';
export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from './fault-proxy.ts';
export type { FaultRule, ProxiedRequest, RequestKind } from './fault-rules.ts';
export { freePort, freePorts } from './free-ports.ts';
export { GitError, type GitOptions, git, gitEnvironment } from './git.ts';
export { type GithubFault, type GithubRequest, type GithubServer, startGithubServer } from './github/github-server.ts';
export { contractProblems, type Exchange } from './github/issues/contract.ts';
export { type PretendedIssues, pretendIssues } from './github/issues/issue-host.ts';
export { STRANGER, type TrackedIssue } from './github/issues/tracker.ts';
export { type HttpBackend, startHttpBackend } from './http-backend.ts';
export { type ReceivedSpan, traceFaults } from './otlp/received-span.ts';
export { receiveTraces, type TracesReceived } from './otlp/receive-traces.ts';
export { type OtlpReceiver, startOtlpReceiver } from './otlp/receiver.ts';
export { type NodeProcess, type ProcessEnd, type StartOptions, startNode } from './processes.ts';
export { type Prometheus, promtool, startPrometheus, whyNoPrometheus } from './prometheus.ts';
export { type TemporaryFolder, temporaryFolder } from './temporary.ts';
export { type Fact, PATIENCE_MS, type WaitForOptions, waitFor } from './wait-for.ts';
export { makePredecessor, type Predecessor, type PredecessorOptions } from './predecessor/predecessor.ts';
