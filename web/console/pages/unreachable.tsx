import { h } from 'preact';
import type { JSX } from 'preact';
import { texts } from '../strings/index.ts';
import { Gate } from './gate.tsx';

/** Where the server does not even say who is signed in. */
export function Unreachable({ tryAgain }: { tryAgain(): void }): JSX.Element {
  const { product, problems, common } = texts.value;
  return (
    <Gate title={product} lead={problems.unreachable}>
      <button type="button" class="button main wide" onClick={tryAgain}>{common.tryAgain}</button>
    </Gate>
  );
}
