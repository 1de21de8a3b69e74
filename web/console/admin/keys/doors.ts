import type { Door, Key } from '../api.ts';
import { doors } from '../api.ts';

/** Which doors the setting leaves open; without a text of its own, all of them. */
export function openDoors(text: string | undefined): Door[] {
  const named = (text ?? '').split(',').map((name) => name.trim());
  return text ? doors.filter((door) => named.includes(door)) : [...doors];
}

/** The text of the setting after one door was opened or closed. */
export function withDoor(text: string | undefined, door: Door, isOpen: boolean): string {
  const open = openDoors(text);
  return doors.filter((one) => (one === door ? isOpen : open.includes(one))).join() || 'none';
}

/** Whether tokens that it signed are taken. */
export function isLive({ status }: Key): boolean {
  return status !== 'ended';
}

/** Whoever comes in needs both: the door on, and a key for it. */
export function stateOf(door: Door, text: string | undefined, keys: Key[]): 'open' | 'off' | 'keyless' {
  if (!openDoors(text).includes(door)) return 'off';
  return keys.some((key) => key.uses.includes(door) && isLive(key)) ? 'open' : 'keyless';
}
