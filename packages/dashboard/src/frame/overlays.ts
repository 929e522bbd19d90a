/** What can lie over the page, each loaded when it is first opened; a new one is a file and a line here. One at a time. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { deepFocus } from './deep.ts';
import { DONE } from './overlay-done.ts';

const OVERLAYS = {
  palette: { tag: 'command-palette', load: () => import('./command-palette.ts') },
  connection: { tag: 'connection-popover', load: () => import('./connection-popover.ts') },
  help: { tag: 'help-dialog', load: () => import('./help-dialog.ts') },
  more: { tag: 'more-sheet', load: () => import('./more-sheet.ts') },
  export: { tag: 'export-dialog', load: () => import('./export-dialog.ts') },
  act: { tag: 'action-dialog', load: () => import('../actions/action-dialog.ts') },
} as const;

export type OverlayName = keyof typeof OVERLAYS;

export class Overlays implements ReactiveController {
  /** Drawn by the frame; undefined: the page is free. */
  element: HTMLElement | undefined;
  readonly #host: ReactiveControllerHost;
  #props: () => object = () => ({});
  #focusBefore: HTMLElement | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** `props` are given to it anew with each drawing of the frame. */
  async open(name: OverlayName, props: () => object): Promise<void> {
    if (!this.element) this.#focusBefore = deepFocus();
    const { tag, load } = OVERLAYS[name];
    await load();
    const element = document.createElement(tag);
    element.addEventListener(DONE, () => this.#closed(element));
    this.element = element;
    this.#props = props;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.element) Object.assign(this.element, this.#props());
  }

  #closed(element: HTMLElement): void {
    // Another may have taken its place.
    if (this.element !== element) return;
    this.element = undefined;
    this.#focusBefore?.focus({ preventScroll: true });
    this.#host.requestUpdate();
  }
}
