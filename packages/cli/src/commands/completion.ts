/** Completion for a shell: the list of commands, and the flags of each. Made once, so that a key press starts no program. */
import { answer, defineCommand } from '../command.ts';
import { completionFor, SHELLS } from '../completion.ts';
import { choiceArgument } from '../parameters.ts';

export const command = defineCommand({
  name: 'completion',
  summary: 'completion for a shell',
  details: `bash: eval "$(gityard completion bash)"  zsh: the same  fish: gityard completion fish | source`,
  example: 'gityard completion bash > ~/.local/share/bash-completion/completions/gityard',
  parameters: { shell: choiceArgument(SHELLS, 'the shell') },
  run: async (context, { shell }) => {
    const commands = await context.allCommands();
    const script = completionFor(shell, commands);
    return answer({ shell, script }, () =>
      script
        .trimEnd()
        .split('\n')
        .map((it) => [it]),
    );
  },
});
