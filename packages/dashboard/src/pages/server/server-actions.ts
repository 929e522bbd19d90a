/** What a person can do to a server now; the frame asks before it is done, and tells what became of it. */
import { html, nothing } from 'lit';
import type { CommandAsked } from '../../actions/wish.ts';
import type { AgentRow } from '../../rows.ts';
import { modeWords } from '../../words-of-server.ts';
import '../../actions/action-button.ts';

export function actionsOn(agent: AgentRow) {
  const { id, mode, status } = agent;
  const isActive = modeWords(agent) === null;
  const isMended = mode === 'maintenance' || status === 'Maintenance';
  return html`
    ${isActive ? button('Drain', { op: 'drain', target: id }) : button('Resume', { op: 'resume', target: id })}
    ${isMended ? nothing : button('Maintenance', { op: 'maintain', target: id })}
  `;
}

const button = (label: string, wish: CommandAsked) =>
  html`<action-button .wish=${wish} label=${label} subject=${wish.target}></action-button>`;
