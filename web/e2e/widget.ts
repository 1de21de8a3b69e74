import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The widget on a page, as whoever is in front of it sees it. */
export class WidgetOnPage {
  readonly chat: FrameLocator;

  constructor(readonly page: Page) {
    this.chat = page.frameLocator('iframe[title="Chat"]');
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: 'Open chat' });
  }

  get log(): Locator {
    return this.chat.getByRole('log');
  }

  get composer(): Locator {
    return this.chat.getByRole('textbox', { name: 'Message' });
  }

  /** The message in the log with exactly this text. */
  said(text: string): Locator {
    return this.log.getByText(text, { exact: true });
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.composer.waitFor();
  }
}
