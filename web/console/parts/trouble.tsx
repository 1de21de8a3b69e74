import { h } from 'preact';
import type { JSX } from 'preact';
import type { Problem } from '../api/problem.ts';
import { texts } from '../strings/index.ts';
import type { Texts } from '../strings/index.ts';
import { Icon } from './icon.tsx';

/** What went wrong, in the words of the person where we know it, and else in those of the server. */
export function wordsOf({ status, code, message, retryAfter }: Problem, { problems }: Texts): string {
  if (code === 'wrong_password') return problems.wrongPassword;
  if (code === 'written_meanwhile') return problems.writtenMeanwhile;
  if (status === 0) return problems.unreachable;
  if (status === 429) return retryAfter ? problems.tooMany(retryAfter) : problems.tooManyForNow;
  if (status === 403) return problems.forbidden;
  if (status === 404) return problems.gone;
  if (status >= 500) return problems.server;
  return message;
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
