import { Fragment, h } from 'preact';
import type { ComponentType, JSX } from 'preact';
import type { AppRole } from '../api/people.ts';
import { may } from '../api/people.ts';
import { Empty } from '../parts/empty.tsx';
import { fetched } from '../parts/fetched.tsx';
import type { AdminPage } from '../router.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { texts } from '../strings/index.ts';

export interface AdminProps {
  app: AppRole;
  /** Which one of those that the page lists is open. */
  item?: string;
}

/** One page for each subject, fetched when somebody goes there. */
const pages: Record<AdminPage, ComponentType<AdminProps>> = {
  numbers: fetched(async () => (await import('./numbers/numbers.tsx')).NumbersPage),
  keys: fetched(async () => (await import('./keys/keys.tsx')).Keys),
  doctor: fetched(async () => (await import('./doctor/doctor.tsx')).Doctor),
  settings: fetched(async () => (await import('./settings/settings.tsx')).Settings),
  designer: fetched(async () => (await import('./designer/designer.tsx')).Designer),
  hours: fetched(async () => (await import('./hours/business-hours.tsx')).BusinessHours),
  users: fetched(async () => (await import('./users/users.tsx')).Users),
  conflicts: fetched(async () => (await import('./conflicts/conflicts.tsx')).Conflicts),
  blocks: fetched(async () => (await import('./blocks/blocks.tsx')).Blocks),
  webhooks: fetched(async () => (await import('./webhooks/webhooks.tsx')).Webhooks),
  teams: fetched(async () => (await import('./teams/teams.tsx')).TeamsPage),
  'canned-replies': fetched(async () => (await import('./replies/replies.tsx')).Replies),
  audit: fetched(async () => (await import('./audit/audit.tsx')).Audit),
};

/** What admins see to. The log of all that was done is for owners. */
export function Admin({ page, ...props }: AdminProps & { page: AdminPage }): JSX.Element {
  const { nav, problems } = texts.value;
  const Page = pages[page];
  if (may(props.app.role, page === 'audit' ? 'owner' : 'admin')) return <Page {...props} />;
  return (
    <>
      <PageHeader title={nav.admin[page]} />
      <Empty icon="alert" title={problems.forbidden} />
    </>
  );
}
