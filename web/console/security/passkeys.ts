/** What browsers do with passkeys. Options and answers go between them and the server as WebAuthn writes them in JSON. */

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/** Whether the browser knows passkeys, and their JSON. */
export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Has a device of the person's choice make a passkey. */
export async function makePasskey(options: CreationOptions): Promise<object> {
  return asJson(await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
}

/** Has a device show a passkey. */
export async function showPasskey(options: RequestOptions): Promise<object> {
  return asJson(await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}

/** Whether the person would rather not, or waited too long; browsers do not say which. */
export function isCancelled(reason: unknown): boolean {
  return reason instanceof DOMException && (reason.name === 'NotAllowedError' || reason.name === 'AbortError');
}

function asJson(credential: Credential | null): object {
  return (credential as PublicKeyCredential).toJSON() as object;
}
