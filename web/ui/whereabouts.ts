import type { Draft, Metadata } from '../sdk/index.ts';
import type { Messenger } from './model.ts';
import type { Translated } from './strings/index.ts';
import { laid } from './strings/laid.ts';

/** What is said while somebody's whereabouts are looked for, and why they were not found, in English, under the names of `customText`. */
export const en = {
  shareLocationWaiting: 'Looking for where you are…',
  locationServicesDenied: 'Your browser does not tell us where you are. Allow it in the settings of this page, or write the address.',
  locationNotSupported: 'Your browser cannot tell where you are. Write the address instead.',
  locationSecurityRestriction: 'Your browser does not tell where you are on a page without encryption. Write the address instead.',
  locationSendingFailed: 'Where you are could not be found. Try again, or write the address.',
};

export type PlaceStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function placeStrings(model: Messenger): PlaceStrings {
  return laid(en, model);
}

export type Refusal = Exclude<keyof PlaceStrings, 'shareLocationWaiting'>;

const found = { timeout: 20_000, maximumAge: 60_000 };
const denied = 1;
const digits = 1e6;

/** Asks the browser where the person is, and so the person, whether it may tell. */
export function whereabouts(): Promise<GeolocationCoordinates | Refusal> {
  return new Promise((resolve) => {
    if (!isSecureContext) return resolve('locationSecurityRestriction');
    if (!('geolocation' in navigator)) return resolve('locationNotSupported');
    const refused = ({ code }: GeolocationPositionError) => resolve(code === denied ? 'locationServicesDenied' : 'locationSendingFailed');
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), refused, found);
  });
}

/** The message that says it, as exact as a door of a house. */
export function placed({ latitude, longitude }: GeolocationCoordinates, metadata?: Metadata): Draft {
  const [lat, long] = [latitude, longitude].map((degrees) => Math.round(degrees * digits) / digits) as [number, number];
  return { type: 'location', text: `${lat}, ${long}`, coordinates: { lat, long }, metadata };
}
