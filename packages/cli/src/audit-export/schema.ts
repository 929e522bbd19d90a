/** The tables of an exported trail. SQLite keeps the comments: `.schema` prints them. `user_version` is the version of the export. */
export const AUDIT_SCHEMA = `
CREATE TABLE meta (
  -- What the whole is: yard, head (the commit it ends with), exportedAt, since, after (the commit that it goes on from), until,
  -- complete ('false': the history was cut, and what came before is not here).
  key TEXT PRIMARY KEY,
  value TEXT
) WITHOUT ROWID;

CREATE TABLE commits (
  -- Every commit of the state branch, oldest first.
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,          -- RFC 3339, UTC, by the clock of who made it
  author TEXT NOT NULL,
  email TEXT NOT NULL,
  by_hand INTEGER NOT NULL   -- 1: a person's own commit, which says nothing of operations
);
CREATE INDEX commits_at ON commits (at);

CREATE TABLE operations (
  -- What each commit says was done.
  number INTEGER PRIMARY KEY,
  commit_id TEXT NOT NULL REFERENCES commits (id),
  at TEXT NOT NULL,
  operation TEXT NOT NULL,   -- submit, claim, approve, issue-token, set-secret, …
  actor TEXT,                -- whose program wrote it
  agent TEXT,                -- in whose name, or to which agent
  asked_by TEXT,             -- whose word it was: of the API, the page, a comment; null: the actor's own
  job TEXT,
  lock TEXT,
  message TEXT,
  token INTEGER,             -- fencing token of the job or lock
  transaction_id TEXT,       -- unique for ever
  reason TEXT,               -- of a person
  subject TEXT NOT NULL      -- the sentence that people read
);
CREATE INDEX operations_at ON operations (at);
CREATE INDEX operations_operation ON operations (operation, at);
CREATE INDEX operations_job ON operations (job) WHERE job IS NOT NULL;
CREATE INDEX operations_agent ON operations (agent, at);
CREATE INDEX operations_commit ON operations (commit_id);

CREATE TABLE changes (
  -- What each commit did to files, by its trees, whatever it says. Counters of writers are left out.
  commit_id TEXT NOT NULL REFERENCES commits (id),
  path TEXT NOT NULL,
  change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'removed')),
  job TEXT,                  -- of the file of a job
  status_from TEXT,
  status_to TEXT
);
CREATE INDEX changes_commit ON changes (commit_id);
CREATE INDEX changes_job ON changes (job) WHERE job IS NOT NULL;
CREATE INDEX changes_path ON changes (path);

CREATE VIEW status_changes AS
  -- Every change of a job's status, with when and by which commit.
  SELECT commits.at, changes.job, changes.status_from, changes.status_to, changes.commit_id, commits.author
  FROM changes JOIN commits ON commits.id = changes.commit_id
  WHERE changes.job IS NOT NULL AND changes.status_from IS NOT changes.status_to
  ORDER BY commits.number;

CREATE TABLE secret_uses (
  -- Which build was given which secret, or asked for it in vain, as its agent noted it. Never a value.
  at TEXT NOT NULL,
  secret TEXT NOT NULL,
  job TEXT NOT NULL,
  token INTEGER,
  repository TEXT,
  branch TEXT,
  source_commit TEXT,
  source TEXT,               -- what gave it; null: nobody did
  refused TEXT               -- why it was not given; null: it was
);
CREATE INDEX secret_uses_secret ON secret_uses (secret, at);
CREATE INDEX secret_uses_job ON secret_uses (job);
`;
