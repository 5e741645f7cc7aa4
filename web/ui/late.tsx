import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

/**
 * A part of a page that is fetched when it is first shown. Where it cannot be fetched (no link) `instead` stands in its place
 * and the rest of the page goes on; reloading tries again.
 */
export const late = <Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  instead: ComponentType,
): LazyExoticComponent<ComponentType<Props>> =>
  lazy(async () => {
    try {
      return await load();
    } catch {
      return { default: instead as ComponentType<Props> };
    }
  });
