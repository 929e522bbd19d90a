/** Why nothing would be built by an agent that is installed here, in the words that its status and the doctor have for it later. */

/** null: something could be, or its policy is not for us to read. */
export async function sandboxNote(home: string): Promise<string | null> {
  const { AgentError, readPolicy, sandboxFor } = await import('@gityard/agent');
  try {
    const choice = await sandboxFor(await readPolicy(home));
    return choice.ok ? null : `nothing will be built: ${choice.brief}; ${choice.hint}`;
  } catch (error) {
    return error instanceof AgentError ? `nothing will be built: ${error.message}` : null;
  }
}
