/** For the build: the API reference out of the folder api/, for those who write programs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Contract } from './contract.ts';
import { reference } from './page.ts';
import { forPrograms } from './programs.ts';

/** The files of api/examples, by the schema that each is an example of; the server's tests prove that it is. */
const examples = {
  Message: 'message',
  Conversation: 'conversation',
  User: 'user',
  SignedIn: 'sign-in',
  Problems: 'invalid-auth',
  Welcome: 'frame-welcome',
  Event: 'frame-message',
  Sync: 'frame-sync',
  Failure: 'frame-error',
};

/** What stands inside the body of the page. */
export function referenceOf(api: string): string {
  const read = (name: string) => readFileSync(join(api, name), 'utf8');
  const values = Object.entries(examples).map(([schema, file]) => [schema, JSON.parse(read(`examples/${file}.json`)) as unknown]);
  const { document, examples: samples } = Contract.parse(read('openapi.yaml'), Object.fromEntries(values) as Record<string, unknown>);
  return reference(new Contract(forPrograms(document), samples));
}
