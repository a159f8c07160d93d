/** Whether a newer version has been announced. The desk tells of it and installs nothing: that takes an administrator. */
import type { UpdateFeed } from '../../app/ports.ts';
import { fail, type Outcome } from '../../contract/outcome.ts';
import { readFeed, type Release } from './signed-feed.ts';

export interface Updates {
  /**
   * Reads the feed; null when nothing newer is announced. Problems: `forbidden` with `updates-off`, `unavailable` with
   * `feed-not-reached`, and those of `readFeed`.
   */
  look(): Promise<Outcome<Pick<Release, 'version' | 'releasedOn'> | null>>;
}

export function createUpdates(feed: UpdateFeed): Updates {
  return {
    async look() {
      if (feed.isOffByPolicy) return fail('forbidden', 'updates-off');
      const bytes = await feed.read();
      return bytes.ok ? readFeed(bytes.value, feed) : bytes;
    },
  };
}
