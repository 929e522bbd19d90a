/** Git as a transactional database: what a caller needs, in the order in which it is best read. */

export { linkedAbort } from './abort.ts';
export type { Person, Signature } from './codec/commit.ts';
export { type DiskTrouble, diskTroubleIn } from './codec/disk-trouble.ts';
export { type GitObject, makeObject, type ObjectType } from './codec/object.ts';
export type { Oid } from './codec/oid.ts';
export { isRefName } from './codec/ref-name.ts';
export { decodeTag, encodeTag, type TagFields } from './codec/tag.ts';
export type { PackEntry } from './codec/pack-writer.ts';
export { Gate } from './budget/gate.ts';
export { guarded } from './budget/guarded.ts';
export { hostBudget } from './budget/host-budget.ts';
export { PushBudget, type PushUse } from './budget/push-budget.ts';
export { AT_ONCE, RIDES } from './budget/turn.ts';
export { type DownloadOptions, download } from './download.ts';
export { StoreError, type StoreErrorCode } from './errors.ts';
export type { Committed } from './group.ts';
export { type History, type ReadHistory, readHistory } from './history.ts';
export { type LocalObjects, type LocalTold, openLocalObjects } from './local/local-objects.ts';
export type { HistoryCommit } from './past.ts';
export { type Ports, systemPorts } from './ports.ts';
export type { PathChange, Snapshot, TreeEntry } from './snapshot.ts';
export { isSameBut, type Predecessor, type PredecessorOf } from './succession.ts';
export { type Bundled, bundleOf, openBundle, openBundles } from './bundle.ts';
export { openStore, type Store, type StoreCounters, type StoreOptions } from './store.ts';
export type { Compose, Composition } from './transacting.ts';
export type { PerformOptions } from './transactor.ts';
export { type OutsideRequest, requestOutside } from './request-outside.ts';
export { proxyFor } from './transports/access/proxy.ts';
export { openTransport, type TransportOptions } from './transports/list.ts';
export { type MemoryFault, MemoryRemote, type MemoryRemoteOptions, MemoryTransport } from './transports/memory.ts';
export { RemoteClock } from './transports/remote-clock.ts';
export type {
  FetchedRef,
  FetchRequest,
  PushOutcome,
  PushRequest,
  RateLimit,
  RefAnswer,
  RefUpdate,
  Transport,
  TransportAbilities,
} from './transports/transport.ts';
export type { Edit } from './tree-edit.ts';
export { type Files, type OpenFile, systemFiles, writeDurably } from './machine/durable-files.ts';
export { type FileLock, isAlive, takeFileLock } from './machine/file-lock.ts';
export type { TryLock } from './spool/folder-lock.ts';
export type { SpoolMachine } from './spool/spool-folder.ts';
export { type Batch, openSpoolLog, type SpoolLog, type SpoolLogOptions } from './spool/spool-log.ts';
export type { SpoolRecord } from './spool/record.ts';
