/** Done when the document is there as a whole. */
export async function parsed(): Promise<void> {
  if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
}
