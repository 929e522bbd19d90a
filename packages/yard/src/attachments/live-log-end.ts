/** The last line of a log that became too long to be published while it grows. Where it stands, the final log goes on. */
export const LIVE_LOG_END = '\n[gityard: too long to be followed further; the rest comes when the build ends]\n';
