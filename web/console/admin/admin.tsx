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
  keys: fetched(async () => (await import('./keys/keys.tsx')).Keys),
  doctor: fetched(async () => (await import('./doctor/doctor.tsx')).Doctor),
  settings: fetched(async () => (await import('./settings/settings.tsx')).Settings),
  users: fetched(async () => (await import('./users/users.tsx')).Users),
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
