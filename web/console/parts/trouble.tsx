import { h } from 'preact';
import type { JSX } from 'preact';
import { asProblem } from '../api/problem.ts';
import type { Problem } from '../api/problem.ts';
import { texts } from '../strings/index.ts';
import type { Texts } from '../strings/index.ts';
import { Icon } from './icon.tsx';
import { sayTrouble } from './toasts.tsx';

/** What went wrong, in the words of the person where we know it, and else in those of the server. */
export function wordsOf({ status, code, message, retryAfter }: Problem, { problems }: Texts): string {
  if (code === 'wrong_password') return problems.wrongPassword;
  if (code === 'wrong_code') return problems.wrongCode;
  if (code === 'wrong_proof') return problems.wrongFactors;
  if (code === 'wrong_passkey') return problems.wrongPasskey;
  if (code === 'no_passkeys_here') return problems.noPasskeysHere;
  if (code.startsWith('sso_')) return problems.signOn[code as keyof typeof problems.signOn] ?? message;
  if (code === 'step_over') return problems.stepOver;
  if (code === 'written_meanwhile') return problems.writtenMeanwhile;
  if (status === 0) return problems.unreachable;
  if (status === 429) return retryAfter ? problems.tooMany(retryAfter) : problems.tooManyForNow;
  if (status === 403) return problems.forbidden;
  if (status === 404) return problems.gone;
  if (status >= 500) return problems.server;
  return message;
}

/** Says it in the corner. Whoever would rather not prove that it is them knows that nothing happened. */
export function sayProblem(reason: unknown): void {
  const problem = asProblem(reason);
  if (problem.code !== 'proof_needed') sayTrouble(wordsOf(problem, texts.value));
}

export function Trouble({ problem, words }: { problem: Problem | undefined; words?: string }): JSX.Element {
  return (
    <div role="alert" class="trouble-place">
      {problem && (
        <p class="trouble">
          <Icon name="alert" />
          <span>{words ?? wordsOf(problem, texts.value)}</span>
        </p>
      )}
    </div>
  );
}
