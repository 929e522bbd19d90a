/** What a person has switched on or off for this browser. */
import { remember, remembered } from '../remembered.ts';

/** Single keys can be switched off, for those who speak to their machine or type by accident. */
export const keysAreOn = (): boolean => remembered('keys') !== 'off';
export const switchKeys = (on: boolean): void => remember('keys', on ? 'on' : 'off');

export const notificationsAreOn = (): boolean =>
  remembered('notifications') === 'on' && 'Notification' in globalThis && Notification.permission === 'granted';

/** Asks the browser, which asks the person. Answers whether they are on now. */
export async function switchNotifications(on: boolean): Promise<boolean> {
  if (on && 'Notification' in globalThis) await Notification.requestPermission();
  remember('notifications', on ? 'on' : 'off');
  return notificationsAreOn();
}
