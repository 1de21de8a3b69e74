import { batch, signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { Agent } from '../api/people.ts';
import type { Team } from '../api/teams.ts';

interface ColleaguesOptions {
  api: Api;
  app: string;
  /** They are other ones, or of other teams; a team may be gone. */
  changed(isTeamGone: boolean): void;
}

const askedAfterMs = 300;

/** Who can be asked to answer in an app, and the teams that they are in. */
export class Colleagues {
  /** Empty until they are known. */
  readonly agents = signal<readonly Agent[]>([]);
  /** In their order. */
  readonly teams = signal<readonly Team[]>([]);
  readonly areTeamsKnown = signal(false);
  readonly #options: ColleaguesOptions;
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ColleaguesOptions) {
    this.#options = options;
  }

  async ask(): Promise<void> {
    const { api, app, changed } = this.#options;
    try {
      const [{ agents }, { teams }] = await Promise.all([api.get<{ agents: Agent[] }>(`apps/${app}/agents`), api.get<{ teams: Team[] }>(`apps/${app}/teams`)]);
      const isOneGone = this.teams.value.some(({ id }) => !teams.some((team) => team.id === id));
      batch(() => {
        this.agents.value = agents;
        this.teams.value = teams;
        this.areTeamsKnown.value = true;
      });
      changed(isOneGone);
    } catch {
      // What is known already stays: the next word of it asks again.
    }
  }

  /** Several may come and go at once; they are asked for once. */
  askSoon(): void {
    this.#asking ??= setTimeout(() => {
      this.#asking = undefined;
      void this.ask();
    }, askedAfterMs);
  }

  end(): void {
    clearTimeout(this.#asking);
  }
}
