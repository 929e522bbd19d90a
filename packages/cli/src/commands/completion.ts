/** Completion for a shell: the list of commands, and the flags of each. Made once, so that a key press starts no program. */
import { answer, defineCommand } from '../command.ts';
import { completionFor, SHELLS } from '../completion/list.ts';
import { choiceArgument } from '../parameters.ts';

export const command = defineCommand({
  name: 'completion',
  summary: 'completion for a shell',
  details:
    'bash and zsh: eval "$(gityard completion bash)" in ~/.bashrc, with zsh in ~/.zshrc; fish: gityard completion fish | source; ' +
    'PowerShell: gityard completion powershell | Out-String | Invoke-Expression in $PROFILE.',
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
